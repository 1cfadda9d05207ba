"""The declaration drill on screen: evidence left, your call right, the clock on top."""

from incident_training.clock import clock, weekday
from incident_training.doctrine.policy import among
from incident_training.doctrine.policy import policy as policy_named
from incident_training.kinds.declaration import Declaration, DeclarationResponse
from incident_training.kinds.run import Call, Run
from incident_training.lifecycle import process
from incident_training.lifecycle.draw import walked
from incident_training.widgets import arrived, blocks, calling, pictures, priorities
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.form import Form
from incident_training.widgets.standing import Page


def ask(exercise: Declaration, response: DeclarationResponse, policy: str) -> Screen:
    """Return the step one is at: what has arrived, what one may open, the call to make."""
    here = exercise.run(response)
    before = exercise.run(DeclarationResponse(acts=response.acts[:-1])) if response.acts else None
    items = arrived.items(here, before, exercise.scenario.images)
    day = weekday(exercise.scenario.day, here.clock)
    closed = [(e.id, e.label, e.minutes) for e in here.closed]
    return {
        "clock": clock(here.clock),
        "day": f"{day}, simulated",
        "says": arrived.says(here, items),
        "left": [
            *arrived.opening(exercise, here, items, policy),
            *([blocks.looks(closed)] if closed else []),
        ],
        "right": calling.asked(exercise.stage(response), here),
    }


def tell(exercise: Declaration, response: DeclarationResponse, policy: str) -> list[Block]:
    """Return the feedback: the verdict, the reason, then the pictures and each remark."""
    feedback = exercise.assess(response, policy)
    marks = exercise.marks(response, policy)
    way = exercise.walk(response).steps
    drawn = walked(process("overlay"), [state for state, _ in way], [clock(at) for _, at in way])
    return [
        blocks.words("What you did, on what was known", "eyebrow"),
        blocks.words(feedback.verdict, "verdict"),
        blocks.words(feedback.reason),
        blocks.picture(pictures.run(marks, policy_named(policy))),
        *_rules(policy),
        blocks.remarks(feedback.remarks[1:]),  # when to declare: the verdict has said it
        *_priority(exercise.run(response).counts),
        *_stated(exercise.run(response)),
        *_sentence(exercise.run(response)),
        blocks.picture(drawn, "Your way through the lifecycle"),
    ]


def _rules(policy: str) -> list[Block]:
    rule = policy_named(policy)
    others = [
        blocks.link(f"Judge it by: {other.title}", {"do": "policy", "name": name})
        for name, other in among(policy).items()
        if name != policy
    ]
    said = f"Judged by “{rule.title}”: {rule.question} Another rule, the same run:"
    return [blocks.words(said, "soft"), blocks.links(*others)]


def _priority(call: Call | None) -> list[Block]:
    if call is None or call.severity is None or call.impact is None:
        return []
    return [blocks.words(priorities.told(call.severity, call.impact), "soft")]


def _stated(here: Run) -> list[Block]:
    """Each chance one stated, beside when the first was hurt."""
    said = [act for act in here.acts if isinstance(act, Call) and act.chance is not None]
    if not said:
        return []
    stated = " and ".join(f"{one.chance} % at {clock(one.at)}" for one in said)
    told = f"How likely it is that somebody is hurt within the hour: you said {stated}"
    return [blocks.words(f"{told}; {_came(here)}.", "soft")]


def _came(here: Run) -> str:
    hurt = here.scenario.hurt_from
    if hurt is None:
        return "nobody was"
    begun = hurt <= here.scenario.injects[0].at
    return "some were already" if begun else f"the first was at {clock(hurt)}"


def _sentence(here: Run) -> list[Block]:
    """The sentence again, with what it should say: for one's own eyes, never scored."""
    if here.sentence is None:
        return []
    return [
        blocks.words("Your sentence", "heading"),
        blocks.words(f"“{here.sentence}”"),
        blocks.words(f"Does it say all of this? {calling.SAYS}", "soft"),
    ]


FORM = Form(
    ask=lambda exercise, response, policy, own: ask(exercise, response, policy),
    tell=lambda exercise, response, policy, more: tell(exercise, response, policy),
    page=Page(
        "declare",
        "When to declare",
        "Evidence arrives a piece at a time, and looking closer costs minutes. Say when you would"
        " declare, and who needs to know.",
        ("declaration",),
    ),
    named="Your shift",
    go_on="Go on: the first call",
    practised=("Detected", "Triage", "Declared", "Mitigation in place", "Resolved"),
)
