"""The hunt on screen: the shift's log, up to three flags, then the facts of each.

The questions of a flag come on one screen, each when the one before is answered: an answer may be
taken back while its consequence is in sight, and nothing above a new question moves.
"""

from collections.abc import Iterator

from incident_training import hazard
from incident_training.clock import clock, weekday
from incident_training.kinds.base import Remark
from incident_training.kinds.hunting import QUESTIONS, WHEN, agrees, in_words
from incident_training.kinds.log import Observation, ObservedFacts
from incident_training.kinds.near_miss import MOST_FLAGS, NearMiss, NearMissResponse
from incident_training.kinds.potential import class_of, told, urgency
from incident_training.widgets import blocks, pictures, priorities
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.form import Form
from incident_training.widgets.standing import Page

DRAFT_FIRST = (
    "This shift has a postmortem to draft as well, and what you would change is worth writing down"
    " before you see what was there."
)


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
        "says": " ".join(filter(None, (f"{legend}. {line.text}", line.alt))),
        "left": [blocks.words(legend, "eyebrow"), blocks.feed([_shown(line)])],
        "right": [blocks.form("Save and go on", *map(_question, QUESTIONS), hint=True)],
    }


def tell(exercise: NearMiss, response: NearMissResponse, more: bool) -> list[Block]:
    """Return the feedback: what was found, line by line what almost happened, and what was left.

    Actions are written before the barriers are listed: while a draft is still to come the graph is
    kept back, and where one could come it is folded.
    """
    feedback = exercise.assess(response)
    return [
        blocks.words("What you noticed", "eyebrow"),
        blocks.words(feedback.verdict, "verdict"),
        *([blocks.words(feedback.reason)] if feedback.reason else []),
        blocks.remarks(_by_line(exercise, response)),
        *_what_held(exercise),
        *([] if more else _drawn(exercise)),
    ]


def _question(name: str) -> Block:
    question, options = QUESTIONS[name]
    many = len(options) > 2
    layout = "list" if many else "row"
    return blocks.choice(name, question, options, layout=layout, when=WHEN[name] or None, keys=many)


def _by_line(exercise: NearMiss, response: NearMissResponse) -> Iterator[Remark]:
    """Yield what each line that matters, and each flag on a routine one, has to tell."""
    flagged = {flag.line: flag.facts for flag in response.flags or ()}
    for line in exercise.part.observations:
        if line.facts:
            yield _matters(line, flagged.get(line.id))
        elif line.id in flagged:
            yield _routine(line, flagged[line.id])


def _matters(line: Observation, said: ObservedFacts | None) -> Remark:
    """What almost happened first; then, apart, the story without the luck, and what was left."""
    tells, (table, _) = told(line), priorities.in_force()
    weighed = " ".join(filter(None, (tells.left, urgency(line, table))))
    facts = f": {in_words(line.facts)}" if line.facts else ""
    return Remark(
        item=f"{clock(line.at)} {line.text}",
        given=f"flagged: {in_words(said)}" if said else "passed as routine",
        expected=f"{class_of(line.facts)}{facts}",
        score=1.0 if agrees(line, said) else 0.5 if said else 0.0,
        because="\n\n".join(filter(None, (tells.why, tells.played_on, weighed))),
    )


def _routine(line: Observation, said: ObservedFacts | None) -> Remark:
    return Remark(
        item=f"{clock(line.at)} {line.text}",
        given=f"flagged: {in_words(said)}" if said else "flagged",
        expected="routine",
        score=0.0,
        because=f"A look costs little; this line is routine. {line.because}",
    )


def _what_held(exercise: NearMiss) -> list[Block]:
    if exercise.scenario.hazard is None:
        return []
    graph = exercise.scenario.hazard.graph
    return [
        blocks.words("What held?", "heading"),
        blocks.words(hazard.words(hazard.what_was_left(graph)), "verdict"),
    ]


def _drawn(exercise: NearMiss) -> list[Block]:
    if exercise.scenario.hazard is None:
        return []
    drawn = pictures.hazard_graph(exercise.scenario.hazard.graph)
    if exercise.scenario.asks("postmortem") is None:
        return [blocks.picture(drawn)]
    return [
        blocks.words(DRAFT_FIRST, "soft"),
        blocks.picture(drawn, folded="What stood in the way, drawn"),
    ]


def _log(exercise: NearMiss) -> Block:
    lines = [
        {
            "value": line.id,
            "at": clock(line.at),
            "channel": line.channel,
            "from": line.sender,
            "text": line.text,
            "picture": _strip(line),
            "alt": line.alt,
        }
        for line in exercise.part.observations
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
        "picture": _strip(line),
        "alt": line.alt,
        "new": True,
        "old": False,
    }


def _strip(line: Observation) -> str | None:
    return pictures.spark(line.series, line.alt or "") if line.series else None


FORM = Form(
    ask=lambda exercise, response, policy, own: ask(exercise, response),
    tell=lambda exercise, response, policy, more: tell(exercise, response, more),
    page=Page(
        "near_miss",
        "Spot the near miss",
        "A shift's log. Most of it is a day's work; a few lines are worth an hour. Raise up to"
        " three flags and say what stopped it.",
        ("near_miss",),
        more=(
            ("What stood in the way", "hazard.ipynb"),
            ("Harvest an old postmortem", "harvest.ipynb"),
            ("Your team's register", "register.ipynb"),
            ("Raise one in a sentence", "raising.ipynb"),
        ),
    ),
    named="The log of your shift",
    go_on="Go on: read the log",
    practised=("Near miss noticed",),
)
