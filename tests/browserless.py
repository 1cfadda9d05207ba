"""A browser's half of a page, without the browser: it sends the messages one would send."""

from typing import Any
from uuid import uuid4

from incident_training.widgets.workbench import Workbench

TOKEN = "0123456789abcdef0123456789abcdef"


class Visitor:
    """Somebody with a page open; `reply` is the last thing it was told."""

    def __init__(self, page: Workbench, token: str = TOKEN) -> None:
        self.page = page
        self.page.send = self._hear
        self.reply: dict[str, Any] = {}
        self.hello(token)

    def _hear(self, reply: dict[str, Any]) -> None:
        self.reply = reply

    def hello(self, token: str = TOKEN) -> dict[str, Any]:
        """Say who one is, as a page does when it opens and after a broken connection."""
        return self.post({"do": "hello", "token": token})

    def post(self, message: Any) -> dict[str, Any]:
        """Send a custom message over the widget's comm, as it is; return what answers it."""
        data = {"method": "custom", "content": message}
        self.page._handle_msg({"content": {"data": data}, "buffers": []})
        return self.reply

    def send(self, message: dict[str, Any]) -> dict[str, Any]:
        """Ask for something from the screen one sees; return the screen it leads to."""
        self.post({"id": uuid4().hex, "screen": self.screen["id"], **message})
        return self.screen

    def answer(self, **values: Any) -> dict[str, Any]:
        """Submit the form that is on the screen."""
        return self.send({"do": "answer", "values": values})

    @property
    def screen(self) -> dict[str, Any]:
        return self.reply["screen"]

    def blocks(self, kind: str) -> list[dict[str, Any]]:
        """Return the blocks of one kind on the screen."""
        everything = [b for place in ("main", "left", "right") for b in self.screen.get(place, [])]
        return [block for block in everything if block["is"] == kind]

    def fields(self) -> dict[str, dict[str, Any]]:
        """Return the fields of the form on the screen, by name."""
        return {field["name"]: field for form in self.blocks("form") for field in form["fields"]}


def exemplar_step(visitor: Visitor, session: Any) -> dict[str, Any]:
    """Take the next step towards the exemplar, as a trainee would by the form on the screen."""
    exercise, response = session.exercise, session.exercise.untouched
    for step in exercise.steps:
        if response == session.response:
            visitor.answer(**step)
            assert not visitor.screen["problem"], visitor.screen["problem"]
            return visitor.screen
        response = exercise.take(response, step)
    raise AssertionError("the exemplar has no step from here")
