"""The hunt on screen: the shift's log, up to three flags, then the facts of each."""

from incident_training import hazard
from incident_training.clock import clock, weekday
from incident_training.kinds.base import Remark
from incident_training.kinds.near_miss import (
    MOST_FLAGS,
    QUESTIONS,
    NearMiss,
    NearMissResponse,
    class_of,
)
from incident_training.kinds.scenario import Observation, ObservedFacts
from incident_training.widgets import blocks, pictures
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.form import Form
from incident_training.widgets.standing import Page

_WHEN = {
    "started": None,
    "reached": {"started": ["yes"]},
    "harm": {"started": ["yes"], "reached": ["yes"]},
    "stopped_by": {"started": ["yes"], "reached": ["no"]},
}


def ask(exercise: NearMiss, response: NearMissResponse) -> Screen:
    """Return the step one is at: raise flags, or give the facts of the next one."""
    stage = exercise.stage(response)
    if stage == "flags":
        return {"main": [_log(exercise)], "says": "The log of the shift. Raise up to three flags."}
    line = exercise.line(stage.removeprefix("facts:"))
    done = sum(flag.facts is not None for flag in response.flags or ())
    legend = f"Flag {done + 1} of {len(response.flags or ())}"
    return {
        "clock": clock(line.at),
        "day": weekday(exercise.scenario.day, line.at),
        "says": f"{legend}. {line.text}",
        "left": [blocks.words(legend, "eyebrow"), blocks.feed([_shown(line)])],
        "right": [
            blocks.form(
                "Save and go on",
                *(
                    blocks.choice(name, question, options, layout=_layout(name), when=_WHEN[name])
                    for name, (question, options) in QUESTIONS.items()
                ),
                hint=True,
            )
        ],
    }


def tell(exercise: NearMiss, response: NearMissResponse, more: bool) -> list[Block]:
    """Return the feedback: what was found, what was passed, and what was left.

    While a draft is still to come the graph is kept back: actions are written before the barriers
    are listed.
    """
    feedback = exercise.assess(response)
    return [
        blocks.words("What you noticed", "eyebrow"),
        blocks.words(feedback.verdict, "verdict"),
        *([blocks.words(feedback.reason)] if feedback.reason else []),
        blocks.remarks(_by_line(exercise, response)),
        *_what_held(exercise, picture=not more),
    ]


def _by_line(exercise: NearMiss, response: NearMissResponse) -> list[Remark]:
    """One remark a line, for the eye: what was made of it, and what it was."""
    flagged = {flag.line: flag.facts for flag in response.flags or ()}
    return [
        _line(exercise, line, line.id in flagged, flagged.get(line.id))
        for line in exercise.part.observations
        if line.facts or line.id in flagged
    ]


def _line(
    exercise: NearMiss, line: Observation, flagged: bool, said: ObservedFacts | None
) -> Remark:
    given = f"flagged: {exercise.in_words(said)}" if said else "passed as routine"
    expected = f"{class_of(line.facts)}"
    if line.facts:
        expected += f": {exercise.in_words(line.facts)}"
    agrees = said is not None and said == line.facts
    return Remark(
        item=f"{clock(line.at)} {line.text}",
        given=given,
        expected=expected,
        score=1.0 if agrees else 0.5 if flagged and line.facts else 0.0,
        because=line.because if said else "",  # of a line one passed it is told above
    )


def _what_held(exercise: NearMiss, *, picture: bool) -> list[Block]:
    if exercise.scenario.hazard is None:
        return []
    graph = exercise.scenario.hazard.graph
    return [
        blocks.words("What held?", "heading"),
        blocks.words(hazard.words(hazard.what_was_left(graph)), "verdict"),
        *([blocks.picture(pictures.hazard_graph(graph))] if picture else []),
    ]


def _log(exercise: NearMiss) -> Block:
    lines = [
        {"value": o.id, "at": clock(o.at), "channel": o.channel, "from": o.sender, "text": o.text}
        for o in exercise.part.observations
    ]
    legend = "The log of the shift. Which lines would you talk about? Raise up to three flags."
    return blocks.form(
        "Raise these flags", blocks.flags("flags", legend, MOST_FLAGS, lines), hint=True
    )


def _shown(line: Observation) -> Block:
    return {
        "id": line.id,
        "at": clock(line.at),
        "channel": line.channel,
        "from": line.sender,
        "text": line.text,
        "picture": None,
        "alt": None,
        "new": True,
        "old": False,
    }


def _layout(name: str) -> str:
    return "list" if name == "stopped_by" else "row"


FORM = Form(
    ask=lambda exercise, response, policy, own: ask(exercise, response),
    tell=lambda exercise, response, policy, more: tell(exercise, response, more),
    page=Page(
        "near_miss",
        "Spot the near miss",
        "A shift's log. Most of it is a day's work; a few lines are worth an hour. Raise up to"
        " three flags and say what stopped it.",
        ("near_miss",),
    ),
    named="The log of your shift",
    go_on="Go on: read the log",
    practised=("Near miss noticed",),
)
