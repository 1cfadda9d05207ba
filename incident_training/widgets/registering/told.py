"""What stands on the pages of raising: the list, the moment, and what is told after one wrote."""

from collections.abc import Iterator, Mapping

from incident_training.doctrine.lessons import Study
from incident_training.doctrine.raising import Moment, questions
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block

TITLE = "Raise it in a sentence"
LEAD = (
    "Four near misses that nobody has raised yet. For each you write the sentence with which you"
    " raise it: log only, nobody is woken. Then you read another one beside yours, and why this one"
    " is hard to say. Five minutes each; one is enough."
)
KEPT = (
    "What you write here is kept in the course's file on this computer, under your made-up name, so"
    " that it is there when you come back. Nobody marks it, and no machine does. Write only of the"
    " moments here; near misses of your own team belong into the register, which stays in your"
    " browser."
)
SHORT = (
    "What you write is kept on this computer, under your made-up name, and marked by nobody. It is"
    " no place for near misses of your own team."
)
ASKS = "With which sentence do you raise it?"
NOTE = "What almost happened, what stopped it, what is still open. Two or three sentences are fine."
FOURTH = "It names nobody, and ends on what is open."
BETTER = "Yours may be the better one: you know your people. Read it by these four."
WEAKEST = "This exercise is training, the weakest kind of action. So, one thing to build:"
LONGEST = 600  # characters


def listed(moments: Mapping[str, Moment], sentences: Mapping[str, str]) -> Iterator[Block]:
    """The moments one can take; what tempts one to keep quiet is told afterwards."""
    yield blocks.words(LEAD, "lead")
    yield blocks.words(KEPT, "hint")
    yield blocks.cards(
        {
            "label": one.title,
            "note": one.trade,
            "been": f"Raised: {one.tempts.lower()}" if name in sentences else None,
            "do": {"do": "open", "name": name},
        }
        for name, one in moments.items()
    )
    yield blocks.links(blocks.link("Your own team's register", "register.ipynb"))


def scene(moment: Moment) -> list[Block]:
    """What somebody reads before writing."""
    return [blocks.words(moment.scene, "lead"), blocks.words(SHORT, "small")]


def asked(begun: str) -> Block:
    """Ask for the sentence; `begun` is the one written before."""
    field = blocks.text("sentence", ASKS, rows=5, note=NOTE, value=begun)
    return blocks.form("Save, and read another beside it", field)


def read(moment: Moment, sentence: str) -> Iterator[Block]:
    """Both sentences, four questions, why it is hard, what studies found, and what to build."""
    rows = [["Yours", sentence], ["Another", moment.exemplar]]
    yield blocks.table("Two ways to raise it", ["Whose", "Sentence"], rows)
    yield blocks.words(BETTER)
    parts = (moment.almost, moment.stopped, moment.open, FOURTH)
    pairs = [list(pair) for pair in zip(questions(), parts, strict=True)]
    yield blocks.table("Four questions", ["Ask yours", "In the other one"], pairs)
    yield blocks.words("Why it feels hard", "heading")
    yield blocks.words(f"{moment.tempts}. {moment.why}")
    yield blocks.words("What studies found", "heading")
    for study in moment.studies:
        yield blocks.words(_found(study))
    yield blocks.words("What helps", "heading")
    yield blocks.words(WEAKEST, "soft")
    yield blocks.words(moment.build)
    yield blocks.words("Where to read on", "heading")
    yield blocks.links(*(blocks.link(f"{s.who}, {s.year}", s.url) for s in moment.studies))


def _found(study: Study) -> str:
    return f"{study.who}, {study.year}: {study.finding} (We read {study.seen}.)"
