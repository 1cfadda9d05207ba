"""The page on which one pastes a postmortem: read in memory, answered, and kept nowhere.

No step of it is an event, nothing is a draft, and the text's own holder shows it to no log. What
one keeps or dismisses is known to the open page alone.
"""

from collections.abc import Mapping
from typing import Any

from incident_training.kinds.base import NotAllowed, plural
from incident_training.language import TooLong, harvest
from incident_training.language.harvest import MOST
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.harvesting.parts import parts
from incident_training.widgets.workbench import Reading, Reply, Workbench

PAGE = "harvest"
TITLE = "Where were we lucky?"
LEAD = (
    "Old postmortems hold near misses that nobody wrote down as such. Paste one: words that mark"
    " luck or a near miss are shown in place, each with a question. You keep it or dismiss it."
)
STAYS = (
    "These are live weaknesses, so nothing of it is kept. What you paste is read in the memory of"
    " the program that serves this page: on this computer, unless you came here by somebody else's"
    " address. It is in no file, no log and no draft, nor in this browser's storage, and no other"
    " computer gets it. Reload the page, and it is gone: copy what you keep."
)
RULES = (
    "The words are found by rules, not understood. Read in public postmortems, about seven marks"
    " of ten were worth their question, and what is told without such words is not found."
)
NONE = (
    "None of these words is in it. That is not to say that nobody was lucky: ask those who were"
    " there what could as well have gone on."
)
SHOWN = 200  # marks; whoever has more has pasted more than one can go through


class Held:
    """A text on its way: whoever prints or logs it sees how long it is, and no word of it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return f"<a text of {len(self.text)} characters>"


class Bench(Workbench):
    """Takes a pasted text off its message before anything else looks at that."""

    def answer(self, message: Mapping[str, Any]) -> Reply:
        """Return the reply to a message; its text may be as long as the harvest reads."""
        text = message.get("text")
        return super().answer({**message, "text": Held(text) if isinstance(text, str) else None})


class Harvest(Reading):
    """One person's page. It holds the last text until another comes, or the page goes."""

    name = PAGE

    def __init__(self, who: str) -> None:
        self.who = who
        self.found: Block | None = None

    def take(self, message: Mapping[str, Any]) -> None:
        """Read a text, or forget it; raise NotAllowed where there is none or too much."""
        match message.get("do"):
            case "harvest":
                self.found = _found(str(message["id"]), message.get("text"))
            case "forget":
                self.found = None
            case _:
                raise NotAllowed("there is nothing else to do here")

    def screen(self) -> Screen:
        """Return the page; its id stays, so that what a browser holds outlives a lost line."""
        return {
            "id": PAGE,
            "stage": "harvest",
            "title": TITLE,
            "home": "index.ipynb",
            "says": self.found["says"] if self.found else "",
            "main": [
                blocks.words(LEAD, "lead"),
                blocks.words(STAYS),
                _asked(self.found),
                blocks.words(RULES, "small"),
                blocks.links(blocks.link("Your team's register", "register.ipynb")),
            ],
        }


def _asked(found: Block | None) -> Block:
    return {
        "is": "marked",
        "legend": "An old postmortem",
        "note": f"Markdown or plain text, at most {MOST // 1000} KB. Code and quotations are passed"
        " over.",
        "button": "Look for luck",
        "most": MOST,
        "found": found,
    }


def _found(id: str, held: object) -> Block:
    """Return the text with its marks, or raise NotAllowed."""
    text = held.text.replace("\r\n", "\n").strip("\n") if isinstance(held, Held) else ""
    if not text.strip():
        raise NotAllowed("paste a text first")
    try:
        marks = harvest(text)
    except TooLong as error:
        raise NotAllowed(str(error)) from None
    shown = marks[:SHOWN]
    return {"id": id, "says": _says(len(marks)), "parts": list(parts(text, shown))}


def _says(count: int) -> str:
    if not count:
        return NONE
    first = f" The first {SHOWN} are shown." if count > SHOWN else ""
    return f"{plural(count, 'place', 'places')} to ask about.{first}"
