"""Where somebody stands in the exercise: never stored, always the fold of what was kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from incident_training.doctrine.raising import Moment
from incident_training.store import Event

At = Literal["list", "write", "read"]


@dataclass(frozen=True)
class Where:
    """A place, at one moment or at none; `sentences` are the latest somebody wrote, by moment."""

    at: At = "list"
    moment: str = ""
    sentences: Mapping[str, str] = field(default_factory=dict)
    steps: int = 0


def stand(here: Where, event: Event, moments: Mapping[str, Moment]) -> Where:
    """Return where one stands after an event of this page."""
    went, name = replace(here, steps=here.steps + 1), event.scenario
    if name not in moments:
        return replace(went, at="list", moment="")
    match event.data.get("do"):
        case "open":
            return replace(went, at="read" if name in here.sentences else "write", moment=name)
        case "again":
            return replace(went, at="write", moment=name)
        case "answer" if event.edition == moments[name].edition:
            written = {**here.sentences, name: event.data["sentence"]}
            return replace(went, at="read", moment=name, sentences=written)
    return replace(went, at="list", moment="")  # written to a text that has changed since
