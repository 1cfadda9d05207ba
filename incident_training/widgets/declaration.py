"""The declaration drill on screen: evidence left, your call right, the clock on top."""

from collections.abc import Mapping

from incident_training.clock import clock, weekday
from incident_training.doctrine.policy import among
from incident_training.doctrine.policy import policy as policy_named
from incident_training.doctrine.priority import LEVELS, matrix, priority
from incident_training.kinds.declaration import Declaration, DeclarationResponse
from incident_training.kinds.run import Call, Run
from incident_training.kinds.scenario import Evidence, Inject
from incident_training.kinds.vocabulary import CHOICES, WHO
from incident_training.lifecycle import process
from incident_training.lifecycle.draw import walked
from incident_training.widgets import blocks, pictures
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.form import Form
from incident_training.widgets.standing import Page

UNFOLDED, CROWDED = 3, 5  # items that stay open, fewer in a crowd; older ones fold to a line
HARM = "How likely is harm within the hour?"
SENTENCE = "Say it in one sentence"
SAYS = (
    "What is seen. Who is hurt, or that nobody knows. Who holds it. When the next word comes."
    " No cause."
)
_LEVELS: dict[str, str] = {level: level for level in LEVELS}


def ask(exercise: Declaration, response: DeclarationResponse, policy: str) -> Screen:
    """Return the step one is at: what has arrived, what one may open, the call to make."""
    here = exercise.run(response)
    before = exercise.run(DeclarationResponse(acts=response.acts[:-1])) if response.acts else None
    items = _items(here, before, exercise.scenario.images)
    day = weekday(exercise.scenario.day, here.clock)
    closed = [(e.id, e.label, e.minutes) for e in here.closed]
    return {
        "clock": clock(here.clock),
        "day": f"{day}, simulated",
        "says": _says(here, items),
        "left": [
            *_opening(exercise, here, items, policy),
            *([blocks.looks(closed)] if closed else []),
        ],
        "right": _afterwards(here, here.counts) if here.declared and here.counts else [_call(here)],
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
        blocks.picture(pictures.run(marks, among(policy), policy)),
        *_rules(policy),
        blocks.remarks(feedback.remarks[1:]),  # when to declare: the verdict has said it
        *_priority(exercise.run(response).counts),
        *_stated(exercise.run(response).counts),
        *_sentence(exercise.run(response)),
        blocks.picture(drawn, "Your way through the lifecycle"),
    ]


def _call(here: Run) -> Block:
    """The call. How likely harm is is asked twice: at the first call, and when one declares."""
    first = not any(isinstance(act, Call) for act in here.acts)
    needs = {"choice": ["declare", "triage"]}
    only = {"choice": ["declare"]}
    return blocks.form(
        "Save and go on",
        blocks.choice("choice", "Your call, on what you know now", CHOICES, keys=True),
        blocks.choice("who", "Who needs to know now?", WHO, layout="row", when=needs),
        blocks.confidence("chance", HARM, when=None if first else only, optional=True),
        blocks.choice("severity", "Severity: how bad?", _LEVELS, layout="half", when=only),
        blocks.choice("impact", "Impact: how many?", _LEVELS, layout="half", when=only),
        hint=True,
    )


def _afterwards(here: Run, call: Call) -> list[Block]:
    """After a declaration: the sentence once, then what is to be raised, lowered or stood down."""
    down = here.down
    ended = f" You stood down at {clock(down.at)}." if down else ""
    levels = [
        blocks.choice("severity", "Severity", _LEVELS, layout="half", optional=True),
        blocks.choice("impact", "Impact", _LEVELS, layout="half", optional=True),
    ]
    who = blocks.choice("who", "Who needs to know now?", WHO, layout="row", optional=True)
    return [
        blocks.words(f"You declared at {clock(call.at)}.{ended}", "heading"),
        blocks.words("The shift goes on. Anything to raise, to lower, or to tell?", "soft"),
        blocks.form(
            "Go on",
            *(
                []
                if here.sentence
                else [blocks.text("sentence", SENTENCE, note=SAYS, rows=2, optional=True)]
            ),
            *([] if down else levels),
            who,
            *([] if down else _standing_down()),
        ),
    ]


def _standing_down() -> list[Block]:
    course = {"on": "it goes on", "down": "stand it down"}
    why = blocks.text("down", "Why, in a line", rows=1, when={"course": ["down"]})
    return [blocks.choice("course", "The incident", course, layout="row", optional=True), why]


def _opening(exercise: Declaration, here: Run, items: list[Block], policy: str) -> list[Block]:
    """The briefing, and the rule one is judged by; after the first act they fold into the feed."""
    rule = policy_named(policy)
    brief, asked = exercise.scenario.briefing, f"Your rule: {rule.question}"
    if not here.acts:
        return [blocks.words(brief, "lead"), blocks.words(asked, "soft"), blocks.feed(items)]
    folded = {"id": "briefing", "at": "", "channel": "your shift", "from": None}
    told = {"text": f"{brief} {asked}", "picture": None, "image": None, "alt": None}
    return [blocks.feed([{**folded, **told, "new": False, "old": True}, *items])]


def _items(here: Run, before: Run | None, images: Mapping[str, bytes]) -> list[Block]:
    arrived = [(inject.at, inject.sender, inject) for inject in here.shown]
    arrived += [(at, evidence.label, evidence) for at, evidence in here.opened]  # type: ignore[misc]  # both are shown
    arrived.sort(key=lambda item: item[0])
    known = {i.id for i in before.shown} | {e.id for _, e in before.opened} if before else set()
    newest = len(arrived) - (UNFOLDED if len(arrived) <= CROWDED else 2)
    return [
        {
            **_item(at, source, shown, images),
            "new": shown.id not in known,
            "old": number < newest and shown.id in known,
        }
        for number, (at, source, shown) in enumerate(arrived)
    ]


def _item(
    at: int, source: str | None, shown: Inject | Evidence, images: Mapping[str, bytes]
) -> Block:
    name, alt = shown.image, shown.alt or ""
    return {
        "id": shown.id,
        "at": clock(at),
        "channel": shown.channel,
        "from": source,
        "text": shown.text,
        "picture": pictures.spark(shown.series, alt) if shown.series else None,
        "image": blocks.image(name, images[name], alt) if name else None,
        "alt": shown.alt,
    }


def _says(here: Run, items: list[Block]) -> str:
    new = [
        f"{', '.join(filter(None, (i['channel'], i['from'])))}: {i['text']} {i['alt'] or ''}"
        for i in items
        if i["new"]
    ]
    return f"{clock(here.clock)}. {' '.join(new)}"


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
    number = priority(call.severity, call.impact)
    made = f"Severity {call.severity} and impact {call.impact} make it priority {number}"
    return [blocks.words(f"{made}: {matrix().priorities[number].says}.", "soft")]


def _stated(call: Call | None) -> list[Block]:
    if call is None or call.chance is None:
        return []
    did = "declared" if call.choice == "declare" else "joined"
    said = f"You {did} when you thought it {call.chance} % likely that somebody is hurt"
    return [blocks.words(f"{said} within the hour.", "soft")]


def _sentence(here: Run) -> list[Block]:
    """The sentence again, with what it should say: for one's own eyes, never scored."""
    if here.sentence is None:
        return []
    return [
        blocks.words("Your sentence", "heading"),
        blocks.words(f"“{here.sentence}”"),
        blocks.words(f"Does it say all of this? {SAYS}", "soft"),
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
    practised=("Detected", "Triage", "Declared"),
)
