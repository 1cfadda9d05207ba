"""The page of lessons: each step is kept, and where one stands is read from what was kept."""

from collections.abc import Callable, Mapping
from typing import Any

from incident_training.doctrine.lessons import Lesson, VersionName, dealt, lessons
from incident_training.kinds.base import NotAllowed
from incident_training.store import Event, Store
from incident_training.widgets import blocks
from incident_training.widgets.bending import alone, room
from incident_training.widgets.bending.where import BACK, NEXT, Where, stand
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.keeper import Keeper

Message = Mapping[str, Any]
PAGE = "lessons"
_ALL = blocks.link("All lessons", {"do": "list"})
_STAGES = {"ask": "play", "a": "play", "b": "play", "told": "lesson", "behind": "lesson"}


class Lessons(Keeper):
    """One person at the lessons, or somebody who leads a room through one."""

    name = PAGE

    def __init__(self, store: Store, who: str, now: Callable[[], str]) -> None:
        self.store = store
        self.who = who
        self.now = now
        self.where = Where()
        self._refold()

    def take(self, message: Message) -> None:
        """Go somewhere, answer, or keep the hands; raise NotAllowed if it cannot be done here."""
        at, do, name = self.where.at, message.get("do"), str(message.get("name", ""))
        match do:
            case "open" | "room" if name in lessons():
                self._keep(message, name, do=do)
            case "list" | "rooms":
                self._keep(message, "", do=do)
            case "again" if at == "told":
                self._keep(message, self.where.lesson, do=do)
            case "next" if at in NEXT:
                self._keep(message, self.where.lesson, do=do)
            case "back" if at in BACK:
                self._keep(message, self.where.lesson, do=do)
            case "answer" if at == "ask":
                self._answer(message, message.get("values") or {})
            case "answer" if at in ("a", "b"):
                counts = room.counted(self._lesson, message.get("values") or {})
                self._keep(message, self.where.lesson, do="counts", version=at, counts=counts)
            case _:
                raise NotAllowed("that cannot be done here")

    def screen(self) -> Screen:
        """Return what is to be seen where one stands."""
        here = self.where
        title = self._lesson.title if here.lesson else alone.TITLE
        screen: Screen = {
            "id": f"{PAGE}/{here.at}/{here.lesson}/{here.steps}",
            "stage": _STAGES.get(here.at, "report"),
            "title": title,
            "eyebrow": alone.TITLE if here.lesson else "Two versions of one moment",
            "home": "index.ipynb",
            "says": f"{title}. {self._says()}".strip(),
        }
        return screen | self._blocks()

    @property
    def _lesson(self) -> Lesson:
        return lessons()[self.where.lesson]

    def _blocks(self) -> dict[str, list[Block]]:
        here = self.where
        match here.at:
            case "list":
                return {"main": [*alone.listed(lessons(), here.answers)]}
            case "rooms":
                return {"main": [*room.choosing(lessons())]}
            case "ask":
                lesson = self._lesson
                left = alone.moment(lesson, dealt(self.who, lesson.name))
                return {"left": left, "right": [alone.question(lesson), blocks.links(_ALL)]}
            case "a" | "b" as version:
                left = alone.moment(self._lesson, version)
                return {"left": left, "right": room.hands(self._lesson, here.counts.get(version))}
            case "brief" | "over":
                return {"main": [*room.before(here.at)]}
            case "both":
                return {"main": [*room.both(self._lesson, here.counts)]}
            case "behind":
                another = blocks.link("Another one", {"do": "rooms"}, primary=True)
                back = blocks.link("Back to the hands", {"do": "back"})
                return {"main": [*alone.told(self._lesson), blocks.links(another, back)]}
        return {"main": self._told()}

    def _says(self) -> str:
        """What is read out when the screen changes, beside its title."""
        match self.where.at:
            case "ask":
                return self._lesson.question.asks
            case "told" | "behind":
                return self._lesson.means
            case "both":
                return room.sentence(self._lesson, *room.pair(self._lesson, self.where.counts))
            case "brief" | "over":
                return room.SAYS[self.where.at]
        return ""

    def _told(self) -> list[Block]:
        lesson = self._lesson
        others = self.store.events(scenario=lesson.name, name="lesson")
        again = blocks.link("Answer again", {"do": "again"})
        return [
            *alone.told(lesson, self.where.answers[lesson.name]),
            *room.kept(lesson, others),
            blocks.links({**_ALL, "primary": True}, again),
        ]

    def _answer(self, message: Message, values: Mapping[str, Any]) -> None:
        lesson, given = self._lesson, values.get("given")
        if not isinstance(given, str) or given not in lesson.question.options:
            raise NotAllowed("choose from what is shown")
        version: VersionName = dealt(self.who, lesson.name)
        self._keep(message, lesson.name, do="answer", version=version, given=given)

    def _keep(self, message: Message, name: str, **data: Any) -> None:
        """Commit a step, under the id its sender gave it."""
        edition = lessons()[name].edition if name else ""
        self._commit(message["id"], "lesson", data, name, "declaration", edition)

    def _fold(self, past: list[Event]) -> None:
        super()._fold(past)
        self.where = Where()
        for event in past:
            if event.name == "lesson" and event.data.get("page") == PAGE:
                self.where = stand(self.where, event, lessons())
