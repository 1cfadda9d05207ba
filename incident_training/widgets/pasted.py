"""A text that is pasted, read in memory and kept nowhere: what every page with one shares.

No step of such a page is an event, nothing is a draft, and the text's own holder shows it to no
log. What one keeps or dismisses is known to the open page alone.
"""

from collections.abc import Mapping
from typing import Any

from incident_training.kinds.base import NotAllowed
from incident_training.language import TooLong
from incident_training.widgets.blocks import Block
from incident_training.widgets.workbench import Reading, Reply, Workbench


class Held:
    """A text on its way: whoever prints or logs it sees how long it is, and no word of it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return f"<a text of {len(self.text)} characters>"


class Bench(Workbench):
    """Takes a pasted text off its message before anything else looks at that."""

    def answer(self, message: Mapping[str, Any]) -> Reply:
        """Return the reply to a message; its text may be as long as a page reads."""
        text = message.get("text")
        return super().answer({**message, "text": Held(text) if isinstance(text, str) else None})


class Pasting(Reading):
    """One person's page. It holds what was found until another text comes, or the page goes.

    A message that does what the page is named after brings a text; `read` says what is in it.
    """

    name: str

    def __init__(self, who: str) -> None:
        self.who = who
        self.found: Block | None = None

    def read(self, text: str) -> Block:
        """Return what was found, {says, parts}, or raise TooLong."""
        raise NotImplementedError

    def take(self, message: Mapping[str, Any]) -> None:
        """Read a text, or forget it; raise NotAllowed where there is none or too much."""
        do = message.get("do")
        if do not in (self.name, "forget"):
            raise NotAllowed("there is nothing else to do here")
        self.found = None if do == "forget" else self._found(message)

    def _found(self, message: Mapping[str, Any]) -> Block:
        held = message.get("text")
        text = held.text.replace("\r\n", "\n").strip("\n") if isinstance(held, Held) else ""
        if not text.strip():
            raise NotAllowed("paste a text first")
        try:
            return {"id": str(message["id"]), **self.read(text)}
        except TooLong as error:
            raise NotAllowed(str(error)) from None
