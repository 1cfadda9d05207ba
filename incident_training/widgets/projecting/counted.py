"""The counts a facilitator gives, typed or pasted, checked: what is wrong, where, what is right."""

from collections.abc import Mapping
from typing import Any

from incident_training.kinds.base import NotAllowed, plural, written
from incident_training.kinds.vocabulary import CHOICES
from incident_training.measures.hands import CALLS, Counts, Hands, read

MOST = 500
SHORT: dict[str, str] = {name: label.partition(":")[0] for name, label in CHOICES.items()}
HEADS = [f"{n} {name}" for n, name in enumerate(("Declare", "Triage", "Watch", "Not", "Join"), 1)]
LONGEST = 40_000  # characters of a chat


def given(values: Mapping[str, Any]) -> Hands:
    """Return the hands of a form: five counts, or a chat's lines; raises NotAllowed."""
    chat = written(values, "chat", LONGEST)
    typed = [_text(values.get(name)) for name in CALLS]
    if not chat:
        return Hands(counted([_count(name, text) for name, text in zip(CALLS, typed, strict=True)]))
    if any(typed):
        raise NotAllowed("there are counts and a chat: clear one of them, so that one is counted")
    found = read(chat)
    if not found.n:
        lines = plural(len(found.unread), "line", "lines")
        raise NotAllowed(
            f"the chat: no number from 1 to 5 was found in {lines}; it should be like “Anna: 3”"
        )
    return Hands(counted(list(found.counts)), found.unread)


def counted(counts: object) -> Counts:
    """Return five counts of hands, checked, or raise NotAllowed."""
    if not isinstance(counts, list | tuple) or len(counts) != len(CALLS):
        raise NotAllowed(f"hands: there should be {len(CALLS)} counts, one for each call")
    for name, count in zip(CALLS, counts, strict=True):
        if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST:
            raise NotAllowed(_wrong(name, count))
    if not sum(counts):
        raise NotAllowed("hands: nobody is counted yet; type how many were for at least one call")
    return tuple(counts)


def _count(name: str, text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise NotAllowed(_wrong(name, text))
    return int(text or 0)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _wrong(name: str, got: object) -> str:
    shown = str(got)[:20]
    number = CALLS.index(name) + 1
    return f"{number}, {SHORT[name]}: should be a whole number from 0 to {MOST}; got “{shown}”"
