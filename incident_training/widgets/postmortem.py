"""The draft on screen: write, say what each action does, and see the story played again."""

from collections.abc import Iterable
from textwrap import shorten

from incident_training.clock import clock
from incident_training.kinds.postmortem import (
    DOES,
    MOST_CANDIDATES,
    Candidate,
    Postmortem,
    PostmortemResponse,
    action_of,
    candidate,
)
from incident_training.widgets import blocks, pictures
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.form import Form, OwnRun
from incident_training.widgets.standing import Page

Timeline = Iterable[tuple[int, str]]


def ask(exercise: Postmortem, response: PostmortemResponse, policy: str, own: OwnRun) -> Screen:
    """Return the step one is at; `own` gives the trainee's run, for the timeline."""
    stage = exercise.stage(response)
    if stage == "draft":
        return {"main": [_draft(exercise, own())], "says": "The postmortem, to be drafted."}
    number = int(stage.removeprefix("effect:"))
    said = response.candidates[number]
    legend = f"Action candidate {number + 1} of {len(response.candidates)}"
    assert exercise.scenario.hazard is not None  # no effects are asked for without it
    return {
        "says": f"{legend}: {said.text}. What does it do?",
        "main": [
            blocks.words(legend, "eyebrow"),
            blocks.words(f"“{said.text}”", "verdict"),
            blocks.picture(pictures.hazard_graph(exercise.scenario.hazard.graph)),
            _effect(exercise),
        ],
    }


def tell(exercise: Postmortem, response: PostmortemResponse) -> list[Block]:
    """Return the feedback: each action played again, then the draft beside an exemplar."""
    feedback = exercise.assess(response)
    return [
        blocks.words("Your draft, and the story played again", "eyebrow"),
        blocks.words(feedback.verdict, "verdict"),
        *(block for said in response.candidates for block in _played(exercise, said)),
        blocks.remarks(feedback.remarks),
        blocks.ending("Another draft, to compare with yours", _exemplar(exercise)),
        blocks.ending("Other actions, played again", _authored(exercise)),
        blocks.ending("Your draft", _written(response)),
        blocks.words(
            "These are candidates: planning weighs them against everything else.", "small"
        ),
    ]


def _draft(exercise: Postmortem, own: Timeline) -> Block:
    story = sorted([*exercise.part.before, *own], key=lambda line: line[0])
    return blocks.form(
        "Hand in the draft",
        blocks.text(
            "impact",
            "Impact",
            note="Who was hurt, how many, for how long? Nobody is an answer too.",
            rows=2,
        ),
        blocks.text(
            "timeline",
            "Timeline",
            note="From your own shift. Facts only; mend it where it is thin.",
            rows=14,
            value="\n".join(f"{clock(at)} {_first(line)}" for at, line in story),
            optional=True,
        ),
        blocks.text(
            "factors",
            "Contributing factors",
            note="One on each line. What made it possible, and how did it make sense then?",
            rows=4,
        ),
        blocks.text(
            "luck",
            "Where we got lucky",
            note="What went well that nobody had planned? “Nothing” is an answer too.",
            rows=2,
        ),
        blocks.rows(
            "candidates",
            "Action item candidates",
            MOST_CANDIDATES,
            note="What would have changed the story? One on each line.",
            optional=False,
        ),
        hint=True,
    )


def _first(line: str) -> str:
    """As much as fits a line or two: a timeline is read at a glance."""
    return shorten(line, 130, placeholder=" …")


def _effect(exercise: Postmortem) -> Block:
    aims = {"strengthens": "Which one?", "adds": "Where?", "seen_at": "At which moment?"}
    targets = [
        blocks.choice(f"target-{does}", aim, exercise.targets(does), when={"does": [does]})
        for does, aim in aims.items()
    ]
    return blocks.form(
        "Save and go on",
        blocks.choice("does", "What does it do?", DOES, keys=True),
        *targets,
        hint=True,
    )


def _played(exercise: Postmortem, said: Candidate) -> list[Block]:
    replay = exercise.replay(said)
    if replay is None or exercise.scenario.hazard is None:
        return []
    graph = exercise.scenario.hazard.graph
    drawn = pictures.hazard_graph(graph, replay, action_of(said))
    shown = [blocks.picture(drawn)] if said.does in ("strengthens", "adds") else []
    return [blocks.words(replay.words, "lead"), *shown]


def _exemplar(exercise: Postmortem) -> str:
    draft = exercise.part.exemplar
    factors = "\n".join(f"– {factor}" for factor in draft.factors)
    return "\n\n".join(
        [
            f"Impact. {draft.impact}",
            f"Contributing factors.\n{factors}",
            f"Where we got lucky. {draft.luck}",
        ]
    )


_VERDICTS = {True: "Changes the story.", False: "Changes nothing here.", None: ""}


def _authored(exercise: Postmortem) -> str:
    told = []
    for action in exercise.part.actions:
        said = candidate(action)
        replay = exercise.replay(said)
        if replay is not None:
            verdict = _VERDICTS[exercise.changes(said)]
            told.append(" ".join(filter(None, (replay.words, verdict, action.because))))
    return "\n\n".join(told)


def _written(response: PostmortemResponse) -> str:
    actions = "\n".join(f"– {said.text}" for said in response.candidates) or "none yet"
    return "\n\n".join(
        [
            f"Impact. {response.impact}",
            f"Timeline.\n{response.timeline}",
            f"Contributing factors.\n{response.factors}",
            f"Where we got lucky. {response.luck or 'not said'}",
            f"Action item candidates.\n{actions}",
        ]
    )


FORM = Form(
    ask=ask,
    tell=lambda exercise, response, policy, more: tell(exercise, response),
    page=Page(
        "postmortem",
        "Draft the postmortem",
        "Write down what happened and what would have changed it. Then the story is played again"
        " with your actions in it.",
        ("postmortem",),
        after="declaration",
    ),
    named="Your draft",
    go_on="Go on: draft the postmortem",
    practised=("Postmortem", "Corrective/Preventive actions"),
)
