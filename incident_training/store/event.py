"""What is kept of what one person does; and a refusal of what would not come back as given."""

import json
import math
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from incident_training.kinds.base import KindName
from incident_training.store.database import StoreError

EventName = Literal["begin", "step", "hint", "ask", "attempt", "leave", "define", "lesson", "show"]
IN_PLACE = ("hint", "ask")  # they leave one at the same screen, and what was begun there
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Event:
    """One thing one person did. `id` is made by the client: the same id again is the same event."""

    id: str
    at: str  # UTC, ISO 8601
    who: str  # a pseudonym
    scenario: str
    kind: KindName
    edition: str
    name: EventName
    data: dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """What somebody has begun to give on one screen of a page; of two the higher `rev` is newer."""

    who: str  # a pseudonym
    page: str
    screen: str
    rev: int
    given: dict[str, Any]


def row(event: Event) -> tuple[Any, ...]:
    """Return what is inserted, or raise StoreError for what would not come back as given."""
    if event.name not in get_args(EventName):
        raise StoreError(
            f"name: should be one of {', '.join(get_args(EventName))}; got {event.name!r}"
        )
    return _columns(event)


def draft_row(draft: Draft) -> tuple[Any, ...]:
    """Return what is inserted, or raise StoreError for what would not come back as given."""
    return _columns(draft)


def _columns(kept: Event | Draft) -> tuple[Any, ...]:
    """Return the values in order: plain text (or a whole number), the last as JSON."""
    for field in fields(kept)[:-1]:
        value = getattr(kept, field.name)
        if field.type is not int and (not isinstance(value, str) or "\0" in value):
            raise StoreError(f"{field.name}: should be plain text; got {value!r}")
    for field in fields(kept):
        _refuse_bent(getattr(kept, field.name), field.name)
    *columns, last = (getattr(kept, field.name) for field in fields(kept))
    return *columns, json.dumps(last, ensure_ascii=False, allow_nan=False)


def _refuse_bent(value: object, where: str) -> None:
    """Raise StoreError naming the place of a value that would not come back as it was given."""
    match value:
        case None | bool():
            pass
        case str():
            if any("\ud800" <= letter <= "\udfff" for letter in value):
                raise StoreError(f"{where}: holds half a character; please type that place again.")
        case int():
            if not -_LARGEST <= value <= _LARGEST:
                raise StoreError(f"{where}: should be at most {_LARGEST:,} either way; got {value}")
        case float():
            if not math.isfinite(value):
                raise StoreError(f"{where}: should be a finite number; got {value}")
        case list() | tuple():
            for at, part in enumerate(value):
                _refuse_bent(part, f"{where}.{at}")
        case dict():
            for key, part in value.items():
                if not isinstance(key, str):
                    raise StoreError(f"{where}: names should be text; got {key!r}")
                _refuse_bent(key, where)
                _refuse_bent(part, f"{where}.{key}")
        case _:
            raise StoreError(f"{where}: cannot be kept; got {type(value).__name__}")
