"""Where a facilitator's room stands: never stored, always the fold of the steps that were kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from incident_training.kinds import Declaration, Scenario, exercises
from incident_training.kinds.base import NotAllowed
from incident_training.store import Event, Store
from incident_training.widgets.projecting.room import Room

PAGE = "demonstrate"


@dataclass(frozen=True)
class Standing:
    """The room one plays a shift with, or none; `changed`: its shift is not what it was."""

    room: Room | None = None
    changed: bool = False


def begun(scenario: Scenario) -> Room:
    """Return a room before the first inject; raises NotAllowed for a shift nobody can declare."""
    drill = exercises(scenario).get("declaration")
    if not isinstance(drill, Declaration):
        raise NotAllowed("there is no such shift here; choose one of those shown")
    return Room(drill)


def standing(events: Iterable[Event], scenarios: Mapping[str, Scenario]) -> Standing:
    """Return where a facilitator stands, from what was kept on the page."""
    here = Standing()
    for event in events:
        if event.name == "show" and event.data.get("page") == PAGE:
            here = _stand(here, event, scenarios)
    return here


def _stand(here: Standing, event: Event, scenarios: Mapping[str, Scenario]) -> Standing:
    do, given = str(event.data.get("do")), event.data.get("given") or {}
    scenario = scenarios.get(str(event.data.get("shift")))
    if do == "leave":
        return Standing()
    if scenario is None or scenario.edition != event.edition:
        return Standing(changed=True)
    try:
        if do == "begin":
            return Standing(begun(scenario))
        return Standing(here.room.take(do, given)) if here.room else here
    except NotAllowed:  # kept by another version, in which it was allowed
        return Standing(changed=True)


def played(scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """Return the shifts a room can play: those with something to declare."""
    return {n: one for n, one in scenarios.items() if one.asks("declaration") is not None}


def newest(store: Store, who: str) -> str | None:
    """Return the id of a facilitator's last step on the projector."""
    shows = [e.id for e in store.events(who=who, name="show") if e.data.get("page") == PAGE]
    return shows[-1] if shows else None
