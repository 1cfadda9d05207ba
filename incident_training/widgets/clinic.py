"""The clinic on screen: a draft to mark, a question for each mark, then what it comes to."""

from collections.abc import Iterator

from incident_training.kinds.clinic import MEND, Clinic, ClinicResponse
from incident_training.kinds.planted import FAULTS, Passage, legend
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.consulted import absences, consulted, places, to_compare
from incident_training.widgets.form import Form
from incident_training.widgets.standing import Page

READ = "A colleague's first draft. Where would you ask its writer something?"
WAY = (
    "Ours is one way of several. Only where you asked is counted; what you asked and wrote is for"
    " people to judge."
)


def ask(exercise: Clinic, response: ClinicResponse) -> Screen:
    """Return the step one is at: mark the draft, or ask about the next passage marked."""
    stage = exercise.stage(response)
    if stage == "marks":
        return {
            "main": [_draft(exercise)],
            "says": f"A draft to read. Mark up to {exercise.most} passages.",
        }
    passage = exercise.passage(stage.removeprefix("passage:"))
    done = sum(mark.asks is not None for mark in response.marks or ())
    marked = f"Mark {done + 1} of {len(response.marks or ())}"
    place = f"Passage {exercise.number(passage.id)} · {legend(passage.section)}"
    return {
        "says": f"{marked}. {place}: {passage.text}",
        "left": [
            blocks.words(marked, "eyebrow"),
            blocks.words(place, "soft"),
            blocks.words(f"“{passage.text}”", "verdict"),
            *_around(exercise, passage),
        ],
        "right": [blocks.form("Save and go on", *_consulting(passage), hint=True)],
    }


def tell(exercise: Clinic, response: ClinicResponse) -> list[Block]:
    """Return the feedback: the verdict, each place with its question, what is not there at all."""
    feedback = exercise.assess(response)
    missing = absences(exercise)
    gone = [blocks.words("What is not in it at all", "heading"), consulted(missing)]
    return [
        blocks.words("The draft, read again", "eyebrow"),
        blocks.words(feedback.verdict, "verdict"),
        *([blocks.words(feedback.reason)] if feedback.reason else []),
        consulted(places(exercise, response)),
        *(gone if missing else []),
        blocks.ending(*to_compare(exercise)),
        blocks.words(WAY, "small"),
    ]


def sheet(exercise: Clinic) -> Iterator[Block]:
    """Yield the draft as its author wrote it, faults and all: for a preview."""
    heads = ["Passage", "It says", "It is", "One asks, or why it is fine", "Mended"]
    rows = [_row(exercise, passage) for passage in exercise.part.draft]
    yield blocks.table("The weak draft, with what is planted in it", heads, rows)
    absent = [[legend(one.section), one.asks, one.because] for one in exercise.part.missing]
    if absent:
        yield blocks.table("What is not in it at all", ["Section", "One asks", "Because"], absent)


def _row(exercise: Clinic, passage: Passage) -> list[str]:
    name = f"{exercise.number(passage.id)} · {legend(passage.section)}"
    fault = passage.fault
    if fault is None:
        return [name, passage.text, "fine", passage.because or "", ""]
    asked = f"{fault.asks}\n{fault.because}"
    return [name, passage.text, FAULTS[fault.kind], asked, fault.mended]


def _draft(exercise: Clinic) -> Block:
    before = [None, *(one.section for one in exercise.part.draft)]
    passages = [
        {
            "value": one.id,
            "number": str(exercise.number(one.id)),
            "section": legend(one.section),
            "opens": one.section != last,
            "text": one.text,
        }
        for one, last in zip(exercise.part.draft, before, strict=False)
    ]
    field = {
        "is": "passages",
        "name": "marks",
        "legend": READ,
        "note": f"Mark up to {exercise.most} passages. Much of it is fine as it is.",
        "most": exercise.most,
        "passages": passages,
        "optional": False,
    }
    return blocks.form("Ask about these", field, hint=True)


def _around(exercise: Clinic, passage: Passage) -> list[Block]:
    """The rest of its section, where there is any: one question may be answered next door."""
    beside = [one for one in exercise.part.draft if one.section == passage.section]
    if len(beside) < 2:
        return []
    told = " ".join("[…]" if one.id == passage.id else one.text for one in beside)
    return [blocks.words(f"In its section: {told}", "soft")]


def _consulting(passage: Passage) -> tuple[Block, ...]:
    return (
        blocks.text(
            "asks",
            "What would you ask the writer?",
            note="One line, as you would say it to them.",
            rows=1,
        ),
        blocks.choice("mend", "And the passage itself?", MEND, layout="row"),
        blocks.text(
            "mended", "Your passage", rows=5, value=passage.text, when={"mend": ["mended"]}
        ),
    )


FORM = Form(
    ask=lambda exercise, response, policy, own: ask(exercise, response),
    tell=lambda exercise, response, policy, more: tell(exercise, response),
    page=Page(
        "clinic",
        "Postmortem clinic",
        "A draft of a shift you were on, by somebody in a hurry. Mark where you would ask its"
        " writer something, say what, and mend it if you like. About ten minutes.",
        ("clinic",),
        after="declaration",
        first="A clinic is held on the draft of a shift you were on.",
        none="None of the shifts you were on so far has a clinic. Take another.",
    ),
    named="A draft to read",
    go_on="Go on: read a draft",
    practised=("Postmortem",),
    in_shift=False,
)
