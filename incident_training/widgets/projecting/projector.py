"""The projector: a facilitator plays a shift with a room by show of hands; every step is kept.

What is kept are steps and counts. What people wrote in a chat is read and forgotten.
"""

from collections.abc import Callable, Mapping
from typing import Any

from incident_training.kinds import Scenario
from incident_training.kinds.base import Given, NotAllowed
from incident_training.store import Event, Store
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Screen
from incident_training.widgets.keeper import Keeper
from incident_training.widgets.projecting import counted
from incident_training.widgets.projecting.shown import shown
from incident_training.widgets.projecting.stood import PAGE, begun, newest, played, standing
from incident_training.widgets.workbench import Reading

Message = Mapping[str, Any]
TITLE = "Play a shift with a room"
LEAD = (
    "For a projector: the room calls by show of hands, you count. Nobody needs a device, and no"
    " count says who. Open the notes on a screen of your own, and read a shift's crib beforehand."
)


class Demonstrate(Keeper, Reading):
    """One facilitator's projector. Windows with the same link are in step: each looks again."""

    name = PAGE

    def __init__(
        self, scenarios: Mapping[str, Scenario], store: Store, who: str, now: Callable[[], str]
    ) -> None:
        self.scenarios = played(scenarios)
        self.store = store
        self.who = who
        self.now = now
        self.unread: tuple[str, ...] = ()
        self._refold()

    def take(self, message: Message) -> None:
        """Do what the facilitator asks, kept before it shows; raise NotAllowed if it cannot be."""
        do, room = str(message.get("do")), self.standing.room
        match do:
            case "choose":
                self._begin(message, str(message.get("name")))
            case "again" if room:
                self._begin(message, room.scenario.id)
            case "leave" if room:
                self._keep(message, room.scenario.id, "leave", {})
            case "answer" if room:
                self._answer(message, room.scenario.id, message.get("values") or {})
            case _ if room:
                given = {"at": message.get("at")} if do == "look" else {}
                self._step(message, room.scenario.id, do, given)
            case _:
                raise NotAllowed("choose a shift first")

    def changed(self) -> bool:
        """Whether another window of this facilitator went on."""
        if newest(self.store, self.who) == self.newest:
            return False
        self._refold()
        return True

    def screen(self) -> Screen:
        """Return what the room sees, or the choice of shifts."""
        room = self.standing.room
        id = f"{PAGE}/{self.newest or 'new'}"
        return {"id": id, **(shown(room, self.unread) if room else self._choosing())}

    def _choosing(self) -> Screen:
        sorry = "This shift has changed since; please begin it anew. "
        said = sorry if self.standing.changed else ""
        return {
            "stage": "choose",
            "title": TITLE,
            "home": "index.ipynb",
            "says": f"{said}Choose a shift.",
            "main": [
                *([blocks.words(said, "soft")] if said else []),
                blocks.words(LEAD),
                blocks.links(blocks.link("Your notes", "notes.ipynb")),
                blocks.words("Which shift?", "heading"),
                cards(self.scenarios),
            ],
        }

    def _begin(self, message: Message, name: str) -> None:
        if name not in self.scenarios:
            raise NotAllowed("there is no such shift here; choose one of those shown")
        begun(self.scenarios[name])
        self._keep(message, name, "begin", {})

    def _answer(self, message: Message, shift: str, values: Message) -> None:
        found = counted.given(values)
        given = {"counts": [*found.counts]}
        if not found.unread:
            self._step(message, shift, "vote", given)
            return
        self._step(message, shift, "read", {**given, "unread": len(found.unread)})
        self.unread = found.unread

    def _step(self, message: Message, shift: str, do: str, given: Given) -> None:
        if self.standing.room is None:
            raise NotAllowed("choose a shift first")
        self.standing.room.take(do, given)
        self._keep(message, shift, do, given)

    def _keep(self, message: Message, shift: str, do: str, given: Given) -> None:
        """Commit a step under the id its sender gave it; of a scenario played it says nothing."""
        data = {"shift": shift, "do": do, "given": dict(given)}
        edition = self.scenarios[shift].edition
        self._commit(message["id"], "show", data, kind="declaration", edition=edition)

    def _fold(self, past: list[Event]) -> None:
        super()._fold(past)
        self.unread = ()
        self.standing = standing(past, self.scenarios)


def cards(scenarios: Mapping[str, Scenario], do: str = "choose") -> blocks.Block:
    """Return the shifts to choose from; titles and fields give nothing away."""
    return blocks.cards(
        {"label": one.title, "note": one.domain, "been": None, "do": {"do": do, "name": name}}
        for name, one in scenarios.items()
    )
