"""The widget on every page: takes messages from a browser, answers with a screen.

One widget a page, so that a step changes the page at once and nothing jumps. What a browser may
read of it is its code and its style: screens are sent, not synced, and hold what is to be seen now;
what comes later, and what is expected, stays in Python. What a browser says of our state is not
heard. Messages, and what answers them:

hello  {token}                    the screen one is at, and what was begun on it
beat   {}                         a sign of life; the screen, if there is something else to read
draft  {screen, rev, values}      the revision that is kept; the screen, if another window went on
else   {id, do, screen, …}        `answers` that id, with the screen it leads to
"""

import json
import logging
import re
from collections.abc import Callable
from typing import Any, Protocol

import anywidget

from incident_training import front
from incident_training.kinds.base import NotAllowed
from incident_training.store import StoreError, pseudonym
from incident_training.widgets.blocks import Screen, link, links

_log = logging.getLogger(__name__)
_ID = re.compile(r"[\w-]{8,64}")
MOST = 60_000  # characters of a message; the longest draft we ask for is a fraction of it
MOVED_ON = "you went on in another window; this is where you stand now"
SAYS_SAVED = ("answer", "look")
HEARD = ("custom", "request_state")  # of what the widgets' protocol lets a browser say

NOT_YET: Screen = {
    "id": "waiting",
    "stage": "problem",
    "title": "This page could not open your work",
    "says": "",
    "main": [links(link("Go to the home page", "index.ipynb", primary=True))],
}

Message = dict[str, Any]
Reply = dict[str, Any]


class Activity(Protocol):
    """What a page does for one trainee; `name` is the page's in the log."""

    name: str

    def take(self, message: Message) -> None:
        """Do what is asked, or raise NotAllowed; what it leads to is kept under `message["id"]`."""

    def knows(self, id: str) -> bool:
        """Whether what was asked under that id is kept."""

    def screen(self) -> Screen:
        """Return what the trainee sees."""

    def begun(self, screen: str) -> Reply | None:
        """Return {rev, values} of what was begun on the screen of that id."""

    def keep_begun(self, screen: str, rev: int, values: dict[str, Any]) -> None:
        """Keep what was begun on the screen one is at, or raise NotAllowed."""


class Reading:
    """An activity in which nothing is given: all of one but its name and its screen."""

    def take(self, message: Message) -> None:
        raise NotAllowed("there is nothing to do here but read")

    def knows(self, id: str) -> bool:
        return False

    def changed(self) -> bool:
        """Whether there is something else to read now."""
        return False

    def begun(self, screen: str) -> Reply | None:
        return None

    def keep_begun(self, screen: str, rev: int, values: dict[str, Any]) -> None:
        raise NotAllowed("there is nothing to write here")


class Workbench(anywidget.AnyWidget):
    """Answers with screens; `open_for` returns the activity of a pseudonym at its first message."""

    _esm = front.module("widget")
    _css = front.style()

    def __init__(self, open_for: Callable[[str], Activity]) -> None:
        super().__init__()
        self._open_for = open_for
        self._activity: Activity | None = None
        self.screen: Screen = NOT_YET
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"Workbench({self.screen['id']})"

    def _handle_msg(self, msg: dict[str, Any]) -> None:
        data = msg["content"].get("data")
        if isinstance(data, dict) and data.get("method") in HEARD:
            super()._handle_msg(msg)

    def _receive(self, _: Any, message: Any, buffers: Any) -> None:
        self.send(self.answer(message if isinstance(message, dict) else {}))

    def answer(self, message: Message) -> Reply:
        """Return the reply; whatever goes wrong is said in it, and never a traceback."""
        do = message.get("do")
        try:
            _refuse_huge(message)
            match do:
                case "beat":
                    return self._beat()
                case "hello":
                    return self._hello(message)
                case "draft":
                    return self._draft(message)
            return self._step(message)
        except NotAllowed as refusal:
            return self._refuse(message, _sentence(refusal))
        except StoreError as error:
            failed = "Your work cannot be read" if do == "hello" else "That was not saved"
            return self._refuse(message, f"{failed}. {error}")
        except Exception:
            _log.exception("a message could not be answered")
            self._activity = None  # what was kept is safe; only a new page knows where it stands
            sentence = "That did not work. Reload the page; what was saved is kept."
            return self._refuse(message, sentence)

    def _beat(self) -> Reply:
        if not (isinstance(self._activity, Reading) and self._activity.changed()):
            return {"beat": True}
        self._look()
        return {"beat": True, **self._show(None)}

    def _hello(self, message: Message) -> Reply:
        self._activity = self._open_for(pseudonym(_token(message)))
        self._look()
        return {**self._show(None), "draft": self._activity.begun(self.screen["id"])}

    def _step(self, message: Message) -> Reply:
        here, asked = self._here(), {**message, "id": _id(message)}
        if not here.knows(asked["id"]):
            if message.get("screen") != self.screen["id"]:
                raise NotAllowed(MOVED_ON)
            try:
                here.take(asked)
            finally:
                self._look()
        told = message.get("do") in SAYS_SAVED and here.knows(asked["id"])
        return self._show(asked["id"], saved="Saved." if told else None)

    def _draft(self, message: Message) -> Reply:
        rev, values = message.get("rev"), message.get("values")
        if not isinstance(rev, int) or not isinstance(values, dict):
            raise NotAllowed("a draft needs its revision and its values")
        here, screen = self._here(), self.screen["id"]
        if message.get("screen") != screen:
            return {"kept": None}  # late: what it was for is given
        try:
            here.keep_begun(screen, rev, values)
        except NotAllowed:
            self._look()
            if self.screen["id"] == screen:
                raise
            return {**self._show(None), "kept": None}  # another window went on
        return {"kept": rev}

    def _here(self) -> Activity:
        if self._activity is None:
            raise NotAllowed("this page is not ready; reload it")
        return self._activity

    def _look(self) -> None:
        here = self._here()
        self.screen = {**here.screen(), "page": here.name}

    def _refuse(self, message: Message, sentence: str) -> Reply:
        """Say what went wrong, on the screen one is at."""
        if message.get("do") == "draft":
            return {"problem": sentence}
        return self._show(message.get("id"), problem=sentence)

    def _show(self, answers: Any, saved: str | None = None, problem: str | None = None) -> Reply:
        return {"answers": answers, "screen": {**self.screen, "saved": saved, "problem": problem}}


def _refuse_huge(message: Message) -> None:
    if len(json.dumps(message, default=str, ensure_ascii=False)) > MOST:
        raise NotAllowed(f"that is too long to keep; at most {MOST:,} characters go at once")


def _token(message: Message) -> str:
    token = message.get("token")
    if not isinstance(token, str) or not 16 <= len(token) <= 200:
        raise NotAllowed("its link is damaged; begin from the home page")
    return token


def _id(message: Message) -> str:
    """Return the id its sender made: the same again is the same thing done, not another."""
    id = message.get("id")
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise NotAllowed("what is asked needs an id")
    return id


def _sentence(refusal: NotAllowed) -> str:
    said = str(refusal)
    return f"{said[:1].upper()}{said[1:].rstrip('.')}."
