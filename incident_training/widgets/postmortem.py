"""The draft on screen: write, be asked, plan, say what each action does, see it played again."""

from incident_training.kinds.candidates import DOES, targets
from incident_training.kinds.postmortem import Postmortem, PostmortemResponse
from incident_training.widgets import blocks, pictures
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.drafting import planned, writing
from incident_training.widgets.drafting.told import tell
from incident_training.widgets.form import Form, OwnRun
from incident_training.widgets.standing import Page


def ask(exercise: Postmortem, response: PostmortemResponse, policy: str, own: OwnRun) -> Screen:
    """Return the step one is at; `own` gives the trainee's run, for the timeline."""
    stage = exercise.stage(response)
    match stage.partition(":"):
        case "draft", _, _:
            said = writing.says(response) or "The postmortem, to be drafted."
            return {"main": [writing.form(exercise, response, own())], "says": said}
        case "plan", _, _:
            return planned.plan(exercise, response)
        case "declined", _, _:
            return planned.declined(exercise, response)
        case "commitment", _, _:
            return _commitment()
        case _, _, number:
            return _effect(exercise, response, int(number))
    raise AssertionError(stage)


def _effect(exercise: Postmortem, response: PostmortemResponse, number: int) -> Screen:
    said = response.candidates[number]
    legend = f"Action candidate {number + 1} of {len(response.candidates)}"
    assert exercise.scenario.hazard is not None  # no effects are asked for without it
    return {
        "says": f"{legend}: {said.text}. What does it do?",
        "main": [
            blocks.words(legend, "eyebrow"),
            blocks.words(f"“{said.text}”", "verdict"),
            blocks.picture(pictures.hazard_graph(exercise.scenario.hazard.graph)),
            _effects(exercise),
        ],
    }


def _effects(exercise: Postmortem) -> Block:
    aims = {"strengthens": "Which one?", "adds": "Where?", "seen_at": "At which moment?"}
    asked = [
        blocks.choice(
            f"target-{does}", aim, targets(exercise.scenario, does), when={"does": [does]}
        )
        for does, aim in aims.items()
    ]
    return blocks.form(
        "Save and go on",
        blocks.choice("does", "What does it do?", DOES, keys=True),
        *asked,
        hint=True,
    )


def _commitment() -> Screen:
    return {
        "says": "One thing to take along. When …, I will …",
        "main": [
            blocks.words("One thing to take along", "eyebrow"),
            blocks.words("When …, I will …", "verdict"),
            blocks.words(
                "A moment you will meet at work, and what you will do in it. Small and soon is"
                " best. It is yours: no report shows it."
            ),
            blocks.form(
                "Finish",
                blocks.text("when", "When", rows=1, optional=True),
                blocks.text("will", "I will", rows=1, optional=True),
            ),
        ],
    }


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
        more=(
            ("The clinic: a weak draft", "clinic.ipynb"),
            ("A draft of your own, asked about", "review.ipynb"),
        ),
    ),
    named="Your draft",
    go_on="Go on: draft the postmortem",
    practised=("Postmortem", "Corrective/Preventive actions"),
)
