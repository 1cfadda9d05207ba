"""Where somebody stands among the lessons: never stored, always the fold of what was kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from incident_training.doctrine.lessons import Lesson, VersionName
from incident_training.store import Event

At = Literal["list", "ask", "told", "rooms", "brief", "a", "over", "b", "both", "behind"]
NEXT: Mapping[At, At] = {"brief": "a", "over": "b", "both": "behind"}
BACK: Mapping[At, At] = {"over": "a", "both": "b", "behind": "both"}
COUNTED: Mapping[At, At] = {"a": "over", "b": "both"}


@dataclass(frozen=True)
class Answer:
    """What somebody answered, and to which version."""

    version: VersionName
    given: str


@dataclass(frozen=True)
class Where:
    """A place, in one lesson or in none; `counts` are the hands of a room, by version."""

    at: At = "list"
    lesson: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)  # the latest to each lesson
    counts: Mapping[VersionName, Mapping[str, int]] = field(default_factory=dict)
    steps: int = 0


def stand(here: Where, event: Event, lessons: Mapping[str, Lesson]) -> Where:
    """Return where one stands after an event of this page."""
    went = replace(here, steps=here.steps + 1)
    do, data, name = event.data.get("do"), event.data, event.scenario
    if do in ("list", "rooms"):
        return replace(went, at=do, lesson="", counts={})
    if name not in lessons:
        return replace(went, at="list", lesson="", counts={})
    match do:
        case "open":
            return replace(went, at="told" if name in here.answers else "ask", lesson=name)
        case "again":
            return replace(went, at="ask", lesson=name)
        case "room":
            return replace(went, at="brief", lesson=name, counts={})
        case "next":
            return replace(went, at=NEXT.get(here.at, here.at))
        case "back":
            return replace(went, at=BACK.get(here.at, here.at))
        case "counts" if event.edition == lessons[name].edition:
            counted = {**here.counts, data["version"]: data["counts"]}
            return replace(went, at=COUNTED.get(here.at, here.at), counts=counted)
        case "answer":
            return _answered(went, event, lessons[name])
    return replace(went, at="list", lesson="", counts={})  # counted for a text that has changed


def answer(event: Event, lesson: Lesson) -> Answer | None:
    """Return what an event holds as an answer to the lesson as it stands now."""
    data: dict[str, Any] = event.data
    if data.get("do") != "answer" or event.edition != lesson.edition:
        return None
    return Answer(data["version"], data["given"])


def _answered(went: Where, event: Event, lesson: Lesson) -> Where:
    given = answer(event, lesson)
    if given is None:  # to a text that has changed since
        return replace(went, at="list", lesson="")
    return replace(went, at="told", answers={**went.answers, lesson.name: given})
