"""A lesson with a room: two halves, a show of hands each, both side by side; and what was kept."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from incident_training.doctrine.lessons import Lesson, VersionName
from incident_training.kinds.base import NotAllowed
from incident_training.measures import halves
from incident_training.measures.few import TooFew
from incident_training.measures.halves import Half
from incident_training.store import Event
from incident_training.widgets import blocks
from incident_training.widgets.bending.where import Answer, answer
from incident_training.widgets.blocks import Block
from incident_training.widgets.pictures.halves import halves as drawn

MOST = 999  # hands; more is a slip of the key
BRIEF = (
    "Two halves: left and right of the room, or two breakout rooms. Both read the same moment, with"
    " one thing changed."
)
SAYS = {
    "brief": "The left half reads, in silence; the right half shuts its eyes. Then a show of hands,"
    " and you type how many for each answer. Nobody says why yet.",
    "over": "The left half shuts its eyes now. The right half opens them and reads, in silence."
    " Then hands again.",
}
STOP = blocks.link("Stop here", {"do": "rooms"})
TALK = (
    "What did you look at, when you answered? And if the halves agree: what kept the one thing from"
    " mattering?"
)


def choosing(lessons: Mapping[str, Lesson]) -> Iterator[Block]:
    """The lessons, for whoever leads; nothing of them is kept as an answer of theirs."""
    yield blocks.words(BRIEF, "lead")
    yield blocks.cards(
        {
            "label": one.title,
            "note": one.trade,
            "been": None,
            "do": {"do": "room", "name": name},
        }
        for name, one in lessons.items()
    )
    yield blocks.links(blocks.link("All lessons", {"do": "list"}))


def before(at: str) -> Iterator[Block]:
    """What is to happen before a version is shown: nothing of either is on this screen."""
    first = at == "brief"
    yield blocks.words(SAYS[at], "verdict")
    show = "Show it to the left half" if first else "Show it to the right half"
    yield blocks.links(
        blocks.link(show, {"do": "next"}, primary=True),
        STOP if first else blocks.link("Change the counts", {"do": "back"}),
    )


def hands(lesson: Lesson, counts: Mapping[str, int] | None) -> list[Block]:
    """Ask how many hands each answer has; left empty it is none."""
    fields = [
        blocks.text(name, label, rows=1, value=str(counts[name]) if counts else "", optional=True)
        for name, label in lesson.question.options.items()
    ]
    return [
        blocks.words(lesson.question.asks, "heading"),
        blocks.form("Save the hands", *fields),
        blocks.links(STOP),
    ]


def counted(lesson: Lesson, values: Mapping[str, Any]) -> dict[str, int]:
    """Return the hands for each answer, or raise NotAllowed for what is no count."""
    found = {name: _number(values.get(name)) for name in lesson.question.options}
    if not any(found.values()):
        raise NotAllowed("type how many hands each answer had; one at least")
    return found


def pair(lesson: Lesson, counts: Mapping[VersionName, Mapping[str, int]]) -> tuple[Half, Half]:
    """Return both halves of a room."""
    one, other = (Half(v.read, counts[name]) for name, v in lesson.versions.items())
    return one, other


def sentence(lesson: Lesson, one: Half, other: Half) -> str:
    """Return both halves in a sentence."""
    return halves.side_by_side(one, other, lesson.question.counted, lesson.question.told)


def both(lesson: Lesson, counts: Mapping[VersionName, Mapping[str, int]]) -> Iterator[Block]:
    """The two halves beside one another, in words and marks."""
    one, other = pair(lesson, counts)
    yield from _beside(lesson, one, other)
    yield blocks.words(TALK)
    yield blocks.links(
        blocks.link("Show what is behind it", {"do": "next"}, primary=True),
        blocks.link("Change the counts", {"do": "back"}),
    )


def kept(lesson: Lesson, events: Iterable[Event]) -> Iterator[Block]:
    """What was answered here, each person's first answer; hidden where a half is small."""
    answers = _unknowing(lesson, events)
    one, other = (_half(lesson, name, answers) for name in lesson.versions)
    yield blocks.words("What was answered here", "heading")
    try:
        halves.shown(one, other)
    except TooFew as hidden:
        yield blocks.words(str(hidden), "soft")
    else:
        yield from _beside(lesson, one, other, style="body")


def _unknowing(lesson: Lesson, events: Iterable[Event]) -> list[Answer]:
    """Return first answers, but for those of people who had shown both versions to a room."""
    first: dict[str, Answer | None] = {}
    for event in events:
        given = answer(event, lesson)
        if given or event.data.get("do") == "room":
            first.setdefault(event.who, given)
    return [given for given in first.values() if given]


def _half(lesson: Lesson, name: VersionName, answers: Iterable[Answer]) -> Half:
    given = [one.given for one in answers if one.version == name]
    return halves.half(lesson.versions[name].read, lesson.question.options, given)


def _beside(lesson: Lesson, one: Half, other: Half, style: str = "verdict") -> Iterator[Block]:
    asked = lesson.question
    yield blocks.words(sentence(lesson, one, other), style)
    yield blocks.words(halves.caution(one, other), "soft")
    yield blocks.picture(
        drawn(one, other, asked.options, asked.counted),
        f"{asked.asks} In bold: what the sentence counts.",
    )


def _number(given: Any) -> int:
    text = str(given or "0").strip()
    if not (text.isascii() and text.isdigit()) or int(text) > MOST:
        raise NotAllowed(f"write a whole number from 0 to {MOST}; got {text!r}")
    return int(text)
