"""The home page: the lifecycle is the course map; where one has been is marked."""

from collections.abc import Iterable, Mapping

from incident_training.kinds import Scenario
from incident_training.lifecycle import process
from incident_training.lifecycle.draw import course_map
from incident_training.store import Event
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.forms import FORMS, SHIFT
from incident_training.widgets.standing import unfinished

EMPTY = (
    "No shift can be played here: every scenario has errors. “incident-training check” says which,"
    " and how to mend them."
)


def screen(events: Iterable[Event], scenarios: Mapping[str, Scenario], who: str) -> Screen:
    """Return the home page for somebody with this past; `who` is a pseudonym."""
    events = list(events)
    been = {s for e in events if e.name == "attempt" for s in FORMS[e.kind].practised}
    return {
        "id": "home",
        "stage": "home",
        "title": "Practise the moment before the incident has a name.",
        "eyebrow": "Incident training",
        "says": "Home." if scenarios else f"Home. {EMPTY}",
        "main": [
            blocks.words(
                "Three judgements: when to declare, what nearly happened, what to write down and"
                " change. Nothing leaves this computer.",
                "soft",
            ),
            *([] if scenarios else [blocks.words(EMPTY, "verdict")]),
            blocks.links(*_ways(unfinished(events, scenarios, SHIFT), scenarios)),
            blocks.picture(
                course_map(process("overlay"), been=been),
                "The life of an incident. A state with a time opens what is practised there.",
            ),
            blocks.who(who),
        ],
    }


def _ways(going: Event | None, scenarios: Mapping[str, Scenario]) -> Iterable[Block]:
    if going is not None:
        title, page = scenarios[going.scenario].title, str(going.data.get("page"))
        yield blocks.link(f"Continue: {title}", f"{page}.ipynb", primary=True)
    yield blocks.link("Start here, 30 minutes", "shift.ipynb", primary=going is None)
    yield blocks.link("What is an incident?", "definitions.ipynb")
    yield blocks.link("Short shifts", "deck.ipynb")
    yield blocks.link("What bends a call", "lessons.ipynb")
    yield blocks.link("With a room", "demonstrate.ipynb")
    yield blocks.link("Your practice", "report.ipynb")
