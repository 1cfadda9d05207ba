"""The facilitator's notes: what the projector shows, what comes next, what to ask the room now."""

from collections.abc import Mapping
from typing import Any

from incident_training.clock import clock
from incident_training.kinds import Scenario
from incident_training.kinds.base import NotAllowed
from incident_training.store import Store
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Screen
from incident_training.widgets.projecting import noted
from incident_training.widgets.projecting.projector import cards
from incident_training.widgets.projecting.room import Room
from incident_training.widgets.projecting.stood import begun, newest, played, standing
from incident_training.widgets.workbench import Reading

Message = Mapping[str, Any]
PAGE = "notes"
NOTHING = "Open the projector page and choose a shift."
FOLLOW = blocks.link("What is on the projector", {"do": "follow"}, primary=True)
CRIBS = blocks.link("All cribs", {"do": "cribs"})


class Notes(Reading):
    """One facilitator's notes; they follow the projector, or show one shift's crib to read."""

    name = PAGE

    def __init__(self, scenarios: Mapping[str, Scenario], store: Store, who: str) -> None:
        self.scenarios = played(scenarios)
        self.store = store
        self.who = who
        self.reading: str | None = None  # the shift whose crib one reads; "" for all of them
        self._look()

    def take(self, message: Message) -> None:
        """Read the crib of a shift, or follow the projector again; nothing is kept."""
        name = str(message.get("name"))
        match message.get("do"):
            case "crib" if name in self.scenarios:
                self.reading = name
            case "cribs":
                self.reading = ""
            case "follow":
                self.reading = None
            case _:
                raise NotAllowed("that cannot be done here")

    def changed(self) -> bool:
        """Whether the projector has moved on."""
        if newest(self.store, self.who) == self.newest:
            return False
        self._look()
        return True

    def screen(self) -> Screen:
        """Return the notes to what is on the projector, a crib to read, or where to begin."""
        if self.reading:
            shown = self._crib(self.scenarios[self.reading])
        elif self.reading is None and self.room:
            shown = self._following(self.room)
        else:
            shown = self._index()
        view = "follow" if self.reading is None else self.reading or "all"
        id = f"{PAGE}/{self.newest or 'new'}/{view}"
        return {"id": id, "stage": "notes", "eyebrow": "Notes", "home": "index.ipynb", **shown}

    def _look(self) -> None:
        self.newest = newest(self.store, self.who)
        events = self.store.events(who=self.who, name="show")
        self.room = standing(events, self.scenarios).room

    def _index(self) -> Screen:
        projector = blocks.link("The projector page", "demonstrate.ipynb", primary=True)
        return {
            "title": "Your notes",
            "says": NOTHING if self.room is None else "Choose a crib.",
            "main": [
                *([] if self.room else [blocks.words(NOTHING), blocks.links(projector)]),
                *([blocks.links(FOLLOW)] if self.room else []),
                blocks.words("Or read a crib beforehand: it tells the whole shift", "heading"),
                cards(self.scenarios, "crib"),
            ],
        }

    def _crib(self, scenario: Scenario) -> Screen:
        room = begun(scenario)
        return {
            "title": scenario.title,
            "says": f"The crib of {scenario.title}.",
            "left": [
                *noted.story(scenario),
                noted.coming(scenario),
                blocks.links(FOLLOW, CRIBS),
            ],
            "right": [*noted.questions(scenario), *noted.arguments(scenario), *noted.reasons(room)],
        }

    def _following(self, room: Room) -> Screen:
        ask = noted.prompt(room)
        return {
            "title": room.scenario.title,
            "clock": clock(room.run.clock),
            "day": "on the projector",
            "says": ask,
            "left": [
                blocks.words("Ask the room", "eyebrow"),
                blocks.words(ask, "verdict"),
                *noted.on_screen(room),
                *noted.ahead(room),
                *noted.arguments(room.scenario),
                *noted.unopened(room),
                *noted.folded(room.scenario),
                noted.foot(),
                blocks.links(CRIBS),
            ],
            "right": [*noted.rules(room), *noted.questions(room.scenario), *noted.votes(room)],
        }
