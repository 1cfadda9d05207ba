"""Trying things on the hazard graph of a shift one has lived through; nothing of it is kept."""

from collections.abc import Callable, Iterable, Mapping

from incident_training.hazard import Change
from incident_training.kinds import Scenario
from incident_training.kinds.base import NotAllowed
from incident_training.store import Event, Store
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Screen
from incident_training.widgets.choosing import choices
from incident_training.widgets.fencing import told
from incident_training.widgets.standing import WHOLE, Page
from incident_training.widgets.workbench import Message, Reading

PAGE = Page(
    "hazard",
    "What stood in the way",
    "See what held in a shift you were on, what did not, and what was luck. Then take something"
    " away, or make it hold, and read how the story goes on.",
    ("near_miss",),
    after="near_miss",
)


class Fence(Reading):
    """One person at the graphs. What one tries is undone one by one, and a reload begins afresh."""

    name = PAGE.name

    def __init__(
        self,
        scenarios: Mapping[str, Scenario],
        store: Store,
        who: str,
        now: Callable[[], str],
    ) -> None:
        self.scenarios = scenarios
        self.store = store
        self.who = who
        self.now = now  # nothing is kept, so nothing is dated; every page is opened alike
        self.shift: str | None = None
        self.tried: tuple[Change, ...] = ()
        self.done: set[str] = set()  # ids: what comes twice after a broken line is done once
        self.steps = 0

    def take(self, message: Message) -> None:
        """Choose a shift, try something on it, or undo that; raise NotAllowed if it cannot be."""
        match message.get("do"), str(message.get("name", "")):
            case "choose", name if name in self._lived():
                self.shift, self.tried = name, ()
            case "leave", _ if self.shift:
                self.shift, self.tried = None, ()
            case "undo", _ if self.tried:
                self.tried = self.tried[:-1]
            case "reset", _ if self.tried:
                self.tried = ()
            case "remove" | "strengthen" | "luck" as do, name if self._may(Change(do, name)):
                self.tried += (Change(do, name),)
            case _:
                raise NotAllowed("that cannot be done here")
        self.done.add(message["id"])
        self.steps += 1

    def knows(self, id: str) -> bool:
        """Whether what was asked under that id is done."""
        return id in self.done

    def screen(self) -> Screen:
        """Return the shifts to choose from, or the graph of one with what is tried on it."""
        lived = self._lived()
        if self.shift is None or self.shift not in lived:
            return choices(PAGE, lived, (), changed=False) if lived else _live_first()
        scenario = lived[self.shift]
        assert scenario.hazard is not None  # none is offered without
        shown = told.shown(scenario.hazard.graph, self.tried)
        return {
            "id": f"{PAGE.name}/{self.shift}/{self.steps}",
            "stage": "report",
            "title": scenario.title,
            "eyebrow": PAGE.title,
            "home": "index.ipynb",
            **shown,
        }

    def _may(self, change: Change) -> bool:
        scenario = self._lived().get(self.shift or "")
        if scenario is None or scenario.hazard is None:
            return False
        return change in told.to_try(scenario.hazard.graph, self.tried)

    def _lived(self) -> dict[str, Scenario]:
        """The shifts whose graph gives nothing away any more."""
        past = self.store.events(who=self.who, name="attempt")
        return {
            name: scenario
            for name, scenario in self.scenarios.items()
            if scenario.hazard and _over(scenario, (e for e in past if e.scenario == name))
        }


def _over(scenario: Scenario, past: Iterable[Event]) -> bool:
    """Whether its hunt was played; within a whole shift, the draft that follows it as well.

    A draft is written before the barriers are listed.
    """
    drafts = scenario.asks("postmortem") is not None
    return any(
        event.kind == "postmortem"
        or (event.kind == "near_miss" and not (drafts and event.data.get("page") == WHOLE))
        for event in past
    )


def _live_first() -> Screen:
    why = (
        "This shows what stood between a shift and its harm, so it would give the shift away."
        " Read a shift's log, or play a whole one to its end, and it is here."
    )
    return {
        "id": f"{PAGE.name}/live-first",
        "stage": "choose",
        "title": PAGE.title,
        "home": "index.ipynb",
        "says": f"Live through a shift first. {why}",
        "main": [
            blocks.words("Live through a shift first.", "heading"),
            blocks.words(why),
            blocks.links(
                blocks.link("Spot the near miss", "near_miss.ipynb", primary=True),
                blocks.link("A whole shift", "shift.ipynb"),
            ),
        ],
    }
