"""The widget on every page: takes messages from a browser, answers with a screen.

One widget a page, so that a step changes the page at once and nothing jumps. It holds the present
screen only; what comes later, and what is expected, stays in Python.
"""

import logging
from collections.abc import Callable
from typing import Any, Protocol

import anywidget
import traitlets

from incident_training import front
from incident_training.kinds.base import NotAllowed
from incident_training.store import StoreError, pseudonym
from incident_training.widgets.blocks import Screen, link, links

_log = logging.getLogger(__name__)

NOT_YET: Screen = {
    "id": "not-yet",
    "stage": "problem",
    "title": "This page could not open your work",
    "says": "",
    "main": [links(link("Go to the home page", "index.ipynb", primary=True))],
}


class Activity(Protocol):
    """What a page does for one trainee."""

    def take(self, message: Any) -> None: ...

    def screen(self) -> Screen: ...


class Workbench(anywidget.AnyWidget):
    """Shows `screen`; `open_for` returns the activity of a pseudonym at its first message."""

    _esm = front.module()
    _css = front.style()
    screen = traitlets.Dict().tag(sync=True)

    def __init__(self, open_for: Callable[[str], Activity]) -> None:
        super().__init__()
        self._open_for = open_for
        self._activity: Activity | None = None
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"Workbench({self.screen.get('id', 'waiting')})"

    def _receive(self, _: Any, message: Any, buffers: Any) -> None:
        """Answer one message; whatever goes wrong is said on the page, never a traceback."""
        asked = message if isinstance(message, dict) else {}
        try:
            self._answer(asked)
        except NotAllowed as refusal:
            self._refuse(_sentence(refusal))
        except StoreError as error:
            read = asked.get("do") == "hello"
            self._refuse(f"{'Your work cannot be read' if read else 'That was not saved'}. {error}")
        except Exception:
            _log.exception("a message could not be answered")
            self._activity = None  # what was kept is safe; only a new page knows where it stands
            self._refuse("That did not work. Reload the page; what was saved is kept.")

    def _answer(self, message: dict[str, Any]) -> None:
        do, saved, problem = message.get("do"), None, None
        if do == "hello":
            self._activity = self._open_for(pseudonym(_token(message)))
        elif self._activity is None:
            raise NotAllowed("this page is not ready; reload it")
        elif message.get("screen") in (None, self.screen.get("id")):
            try:
                self._activity.take(message)
                saved = "Saved." if do in ("answer", "look") else None
            except NotAllowed as refusal:
                problem = _sentence(refusal)
        self._show(self._activity.screen(), saved, problem)  # an old page asked twice sees it anew

    def _refuse(self, sentence: str) -> None:
        """Say what went wrong on the screen one is at."""
        self._show(self.screen or NOT_YET, problem=sentence)

    def _show(self, screen: Screen, saved: str | None = None, problem: str | None = None) -> None:
        """Set the screen; `turn` makes each a new one, since an equal one would not be sent."""
        turn = self.screen.get("turn", 0) + 1
        self.screen = {**screen, "saved": saved, "problem": problem, "turn": turn}


def _token(message: dict[str, Any]) -> str:
    token = message.get("token")
    if not isinstance(token, str) or not 16 <= len(token) <= 200:
        raise NotAllowed("its link is damaged; begin from the home page")
    return token


def _sentence(refusal: NotAllowed) -> str:
    said = str(refusal)
    return f"{said[:1].upper()}{said[1:].rstrip('.')}."
