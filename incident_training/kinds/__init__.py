"""What each kind of exercise asks, and how it is assessed. KINDS is the table of kinds."""

from typing import TYPE_CHECKING, Any

from pydantic import create_model

from incident_training.kinds.base import AnyExercise, KindName
from incident_training.kinds.clinic import Clinic
from incident_training.kinds.declaration import Declaration
from incident_training.kinds.near_miss import NearMiss
from incident_training.kinds.postmortem import Postmortem
from incident_training.kinds.scenario import Scenario

KINDS: dict[KindName, Any] = {
    "declaration": Declaration,
    "near_miss": NearMiss,
    "postmortem": Postmortem,
    "clinic": Clinic,
}

__all__ = [
    "KINDS",
    "AnyExercise",
    "Authored",
    "Clinic",
    "Declaration",
    "NearMiss",
    "Postmortem",
    "Scenario",
    "exercises",
]

if TYPE_CHECKING:
    Authored = Scenario
else:
    _FIELDS = {kind: (model.part_type | None, None) for kind, model in KINDS.items()}
    Authored = create_model("Authored", __base__=Scenario, **_FIELDS)


def exercises(scenario: Scenario) -> dict[KindName, AnyExercise]:
    """Return the exercises a scenario can be played as, in the order of a whole shift."""
    return {
        kind: model(scenario=scenario)
        for kind, model in KINDS.items()
        if scenario.asks(kind) is not None
    }
