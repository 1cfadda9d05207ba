"""A lesson by oneself: the list, the question on one version, and what is told after it."""

from collections.abc import Iterator, Mapping

from incident_training.doctrine.lessons import Entry, Lesson, Study, VersionName
from incident_training.widgets import blocks
from incident_training.widgets.bending.where import Answer
from incident_training.widgets.blocks import Block

TITLE = "What bends a judgement"
LEAD = (
    "One moment, one question, two minutes. Others read the same moment with one thing changed."
    " When you have answered you see both, what studies found, and what helps. Nobody is marked."
)
ROOM = (
    "With others: half of the room reads one version and half the other, you count hands, and both"
    " stand side by side. No phones needed; five in each half are enough to talk about."
)
WEAKEST = "This lesson is training, the weakest kind of action. So, one thing to build:"


def listed(lessons: Mapping[str, Lesson], answers: Mapping[str, Answer]) -> Iterator[Block]:
    """The lessons one can take; of those taken, what differed."""
    yield blocks.words(LEAD, "lead")
    yield blocks.cards(
        {
            "label": one.title,
            "note": one.trade,
            "been": f"Read: {one.what.lower()}" if name in answers else None,
            "do": {"do": "open", "name": name},
        }
        for name, one in lessons.items()
    )
    yield blocks.words(ROOM)
    yield blocks.links(blocks.link("Take one with a room", {"do": "rooms"}))


def moment(lesson: Lesson, version: VersionName) -> list[Block]:
    """What one half reads; nothing tells which entry is another for the others."""
    items = [_item(at, entry) for at, entry in enumerate(lesson.entries(version))]
    return [blocks.words(lesson.scene, "lead"), blocks.feed(items)]


def question(lesson: Lesson) -> Block:
    """Ask for one answer."""
    asked = lesson.question
    return blocks.form("Save", blocks.choice("given", asked.asks, asked.options, keys=True))


def told(lesson: Lesson, own: Answer | None = None) -> Iterator[Block]:
    """Both versions beside one another, what studies found, why it is so, and what helps."""
    yield blocks.words(lesson.means, "verdict")
    yield blocks.table(f"The one difference: {lesson.what.lower()}", *_versions(lesson, own))
    if own:
        yield blocks.words(f"You answered: {lesson.question.options[own.given].lower()}.", "soft")
    yield blocks.ending("What both read", _both_read(lesson))
    yield blocks.words("What studies found", "heading")
    for study in lesson.studies:
        yield blocks.words(_found(study))
    yield blocks.words("Why", "heading")
    yield blocks.words(lesson.why)
    yield blocks.words("What helps", "heading")
    yield blocks.words(WEAKEST, "soft")
    yield blocks.words(lesson.helps)
    yield blocks.words("Where to read on", "heading")
    yield blocks.links(*(blocks.link(f"{s.who}, {s.year}", s.url) for s in lesson.studies))


def _versions(lesson: Lesson, own: Answer | None) -> tuple[list[str], list[list[str]]]:
    heads = {
        name: f"{name.upper()}, which you read" if own and own.version == name else name.upper()
        for name in lesson.versions
    }
    turn = lesson.turn
    where = " · ".join(part for part in (turn.at, turn.channel, turn.source) if part)
    return ["When and where", *heads.values()], [
        [where, *(v.text for v in lesson.versions.values())]
    ]


def _both_read(lesson: Lesson) -> str:
    return "\n\n".join([lesson.scene, *(_line(cue) for cue in lesson.cues)])


def _line(entry: Entry) -> str:
    source = " · ".join(part for part in (entry.channel, entry.source) if part)
    return f"{entry.at}, {source}: {entry.text}"


def _found(study: Study) -> str:
    return f"{study.who}, {study.year}: {study.finding} (We read {study.seen}.)"


def _item(at: int, entry: Entry) -> Block:
    return {
        "id": f"entry-{at}",
        "at": entry.at,
        "channel": entry.channel,
        "from": entry.source,
        "text": entry.text,
    }
