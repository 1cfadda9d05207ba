"""The draft's form: a prompt for each section, the timeline there; questions in place."""

from collections.abc import Iterable, Iterator
from textwrap import shorten

from incident_training.clock import clock
from incident_training.kinds.asking import ACTIONS, LEFT, Question
from incident_training.kinds.base import plural
from incident_training.kinds.candidates import ACTION_KINDS, MOST_CANDIDATES, TIERS
from incident_training.kinds.postmortem import Postmortem, PostmortemResponse
from incident_training.kinds.workbook import SECTIONS, STATUS, sections
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block

Timeline = Iterable[tuple[int, str]]


def form(exercise: Postmortem, response: PostmortemResponse, own: Timeline) -> Block:
    """Return the draft's form; `own` is the trainee's run, for the timeline."""
    return blocks.form(
        "Hand in the draft",
        *_fields(exercise, response, own),
        hint=True,
        also={"button": "Ask me", "do": "ask"},
    )


def says(response: PostmortemResponse) -> str:
    """Say what came of asking; "" where nothing was asked for yet."""
    if response.first is None:
        return ""
    if not response.asked:
        return (
            "No question left to ask. The rules find words, not sense: a colleague who was not"
            " there would still ask you something."
        )
    asked = plural(len(response.asked), "question", "questions")
    first = f"{legend(response.asked[0].field)}: {response.asked[0].question}"
    return f"{asked}, each beside or below what it is about. {first}"


def _fields(exercise: Postmortem, response: PostmortemResponse, own: Timeline) -> Iterator[Block]:
    for name in sections(exercise.near_miss):
        yield _status() if name == "status" else _section(name, exercise, own)
        yield from _asked(name, response)
    yield blocks.candidates(
        ACTIONS,
        "Action item candidates",
        MOST_CANDIDATES,
        ACTION_KINDS,
        TIERS,
        note="What would have changed the story? They are candidates: planning decides.",
    )
    yield from _asked(ACTIONS, response)


def _section(name: str, exercise: Postmortem, own: Timeline) -> Block:
    section = SECTIONS[name]
    return blocks.text(
        name,
        section.legend,
        note=section.prompt,
        rows=section.rows,
        value=_timeline(exercise, own) if name == "timeline" else "",
        optional=not section.needed,
    )


def _status() -> Block:
    return blocks.choice("status", SECTIONS["status"].legend, STATUS, layout="row", optional=True)


def _timeline(exercise: Postmortem, own: Timeline) -> str:
    """The run as lines with times, in order: as much of each as is read at a glance."""
    story = sorted([*exercise.part.before, *own], key=lambda line: line[0])
    return "\n".join(f"{clock(at)} {shorten(line, 130, placeholder=' …')}" for at, line in story)


def _asked(name: str, response: PostmortemResponse) -> Iterator[Block]:
    if found := [_question(one) for one in response.asked if one.field == name]:
        yield blocks.questions(f"{LEFT}{name}", found)


def _question(one: Question) -> Block:
    return one.model_dump(exclude={"rule"})


def legend(field: str) -> str:
    """Return what a section, or the candidates, are headed."""
    return SECTIONS[field].legend if field in SECTIONS else "Action item candidates"
