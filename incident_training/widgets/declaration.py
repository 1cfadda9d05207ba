"""The declaration drill on screen: evidence left, your call right, the clock on top."""

from incident_training.clock import clock
from incident_training.doctrine.policy import policies
from incident_training.doctrine.policy import policy as policy_named
from incident_training.doctrine.priority import LEVELS, priority
from incident_training.kinds.declaration import (
    CHOICES,
    WHO,
    Call,
    Declaration,
    DeclarationResponse,
    Desk,
)
from incident_training.kinds.scenario import Evidence, Inject
from incident_training.lifecycle import process
from incident_training.lifecycle.draw import walked
from incident_training.widgets import blocks, pictures
from incident_training.widgets.blocks import Block, Screen

UNFOLDED = 3  # as many items as stay open; older ones fold to a line
_LEVELS = {level: level for level in LEVELS}


def ask(exercise: Declaration, response: DeclarationResponse) -> Screen:
    """Return the step one is at: what has arrived, what one may open, the call to make."""
    desk = exercise.desk(response)
    before = exercise.desk(DeclarationResponse(acts=response.acts[:-1])) if response.acts else None
    items = _items(desk, before)
    intro = [] if response.acts else [blocks.words(exercise.scenario.briefing, "lead")]
    closed = [(e.id, e.label, e.minutes) for e in exercise.closed(desk)]
    return {
        "clock": clock(desk.clock),
        "day": f"{exercise.scenario.day}, simulated",
        "says": _says(desk, items),
        "left": [*intro, blocks.feed(items), *([blocks.looks(closed)] if closed else [])],
        "right": [_afterwards(exercise, response) if desk.called == "declare" else _call()],
    }


def tell(exercise: Declaration, response: DeclarationResponse, policy: str) -> list[Block]:
    """Return the feedback: the verdict, the reason, then the pictures and each remark."""
    feedback = exercise.assess(response, policy)
    marks = exercise.marks(response, tuple(policies()))
    way = exercise.walk(response)
    drawn = walked(process("overlay"), [state for state, _ in way], [clock(at) for _, at in way])
    return [
        blocks.words("What you did, on what was known", "eyebrow"),
        blocks.words(feedback.verdict, "verdict"),
        blocks.words(feedback.reason),
        blocks.picture(pictures.run(marks, policies(), policy)),
        _other_rules(policy),
        blocks.remarks(feedback.remarks),
        *_priority(exercise.declared(response)),
        blocks.picture(drawn, "Your way through the lifecycle"),
    ]


def _call() -> Block:
    needs = {"choice": ["declare", "triage"]}
    only = {"choice": ["declare"]}
    return blocks.form(
        "Save and go on",
        blocks.choice("choice", "Your call, on what you know now", CHOICES, keys=True),
        blocks.choice("who", "Who needs to know now?", WHO, layout="row", when=needs),
        blocks.choice("severity", "Severity: how bad is it?", _LEVELS, layout="row", when=only),
        blocks.choice("impact", "Impact: how many feel it?", _LEVELS, layout="row", when=only),
        hint=True,
    )


def _afterwards(exercise: Declaration, response: DeclarationResponse) -> Block:
    call = exercise.declared(response)
    assert call is not None  # one is here because one declared
    same = f"You declared at {clock(call.at)}. Anything to raise, lower or widen?"
    return blocks.form(
        "Go on",
        blocks.choice("severity", f"{same} Severity", _LEVELS, layout="row", optional=True),
        blocks.choice("impact", "Impact", _LEVELS, layout="row", optional=True),
        blocks.choice("who", "Who needs to know now?", WHO, layout="row", optional=True),
    )


def _items(desk: Desk, before: Desk | None) -> list[Block]:
    arrived = [(inject.at, inject.channel, inject) for inject in desk.shown]
    arrived += [(at, evidence.label, evidence) for at, evidence in desk.opened]  # type: ignore[misc]  # both are shown
    arrived.sort(key=lambda item: item[0])
    known = {i.id for i in before.shown} | {e.id for _, e in before.opened} if before else set()
    newest = len(arrived) - UNFOLDED
    return [
        _item(at, channel, shown, shown.id not in known, number < newest and shown.id in known)
        for number, (at, channel, shown) in enumerate(arrived)
    ]


def _item(at: int, channel: str, shown: Inject | Evidence, new: bool, old: bool) -> Block:
    return {
        "id": shown.id,
        "at": clock(at),
        "channel": channel,
        "from": shown.sender,
        "text": shown.text,
        "picture": pictures.spark(shown.series, shown.alt or "") if shown.series else None,
        "alt": shown.alt,
        "new": new,
        "old": old,
    }


def _says(desk: Desk, items: list[Block]) -> str:
    new = [
        f"{i['channel']}{', ' + i['from'] if i['from'] else ''}: {i['text']}"
        for i in items
        if i["new"]
    ]
    return f"{clock(desk.clock)}. {' '.join(new)}"


def _other_rules(policy: str) -> Block:
    return blocks.links(
        *(
            blocks.link(f"Judge the same run by: {other.title}", {"do": "policy", "name": name})
            for name, other in policies().items()
            if name != policy
        )
    )


def _priority(call: Call | None) -> list[Block]:
    if call is None or call.severity is None or call.impact is None:
        return []
    number = priority(call.severity, call.impact)
    wakes = {
        1: "wake anyone who can help",
        2: "page in waking hours",
        3: "office hours will do",
        4: "it wakes nobody",
    }
    made = f"Severity {call.severity} and impact {call.impact} make it priority {number}"
    return [blocks.words(f"{made}: {wakes[number]}.", "soft")]


def question(policy: str) -> str:
    """The rule in force, as the question one asks oneself."""
    return policy_named(policy).question
