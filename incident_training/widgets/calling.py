"""What a drill asks at each step: the call, a triage that rings, the time after, is it over?"""

from incident_training.clock import clock
from incident_training.doctrine.priority import LEVELS
from incident_training.kinds.calls import calls
from incident_training.kinds.run import Call, Run
from incident_training.kinds.vocabulary import DEADLINES, OTHERS, OVER, OWNERS, WHO
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block

HARM = "How likely is harm within the hour?"
SENTENCE = "Say it in one sentence"
SAYS = (
    "What is seen. Who is hurt, or that nobody knows. Who holds it. When the next word comes."
    " No cause."
)
WOULD = "What would make you declare?"
SEEN = "Something you could see, with a number in it if you can."
LAST = "That is the last that reached you."
_LEVELS: dict[str, str] = {level: level for level in LEVELS}


def asked(stage: str, here: Run) -> list[Block]:
    """What is to be given now."""
    match stage:
        case "over":
            over = blocks.choice("over", "Is it over?", OVER, keys=True)
            return [blocks.words(LAST, "soft"), blocks.form("Save", over)]
        case "declared" | "joined" if here.counts:
            return _afterwards(here, here.counts)
    return [*_triage(here), _call(here)]


def _call(here: Run) -> Block:
    """The call. How likely harm is is asked twice: at the first call, and when one declares.

    A triage has terms enough to give: the chance is asked at the call after it.
    """
    first = not any(isinstance(act, Call) and act.choice != "triage" for act in here.acts)
    early = {"choice": [call for call in calls(here) if call not in ("triage", "hand")]}
    needs = {"choice": ["declare", "triage"]}
    only, terms, on = {"choice": ["declare"]}, {"choice": ["triage"]}, {"choice": ["hand"]}
    return blocks.form(
        "Save and go on",
        blocks.choice("choice", "Your call, on what you know now", calls(here), keys=True),
        blocks.choice("who", "Who needs to know now?", WHO, layout="row", when=needs),
        blocks.choice("to", "Who holds it from now on?", OTHERS, layout="row", when=on),
        blocks.choice("owner", "Who holds it?", OWNERS, layout="half", when=terms),
        blocks.choice("minutes", "When does it ring?", DEADLINES, layout="half", when=terms),
        blocks.text("would", WOULD, note=SEEN, rows=1, when=terms),
        blocks.confidence("chance", HARM, when=early if first else only, optional=True),
        blocks.choice("severity", "Severity: how bad?", _LEVELS, layout="half", when=only),
        blocks.choice("impact", "Impact: how many?", _LEVELS, layout="half", when=only),
        hint=True,
    )


def _triage(here: Run) -> list[Block]:
    """The triage that runs or rings, with one's own words for what would make one declare."""
    it = here.triage
    if it is None or it.rings is None:
        return []
    would = f"You would declare if: “{(it.would or '').rstrip('.')}.”"
    if here.rung:
        return [
            blocks.words(f"Your triage rings: it was to end at {clock(it.rings)}.", "heading"),
            blocks.words(f"{would} Has it come to that?"),
        ]
    holds = OWNERS[it.owner or "me"].lower()
    return [blocks.words(f"Triage until {clock(it.rings)}, held by: {holds}. {would}", "soft")]


def _afterwards(here: Run, call: Call) -> list[Block]:
    """After a declaration: the sentence once, then what is to be raised, lowered or stood down."""
    who = blocks.choice("who", "Who needs to know now?", WHO, layout="row", optional=True)
    if not here.declared:
        joined = f"You joined the one declared, at {clock(call.at)}."
        return [blocks.words(joined, "heading"), blocks.form("Go on", who)]
    down = here.down
    ended = f" You stood down at {clock(down.at)}." if down else ""
    levels = [
        blocks.choice("severity", "Severity", _LEVELS, layout="half", optional=True),
        blocks.choice("impact", "Impact", _LEVELS, layout="half", optional=True),
    ]
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
