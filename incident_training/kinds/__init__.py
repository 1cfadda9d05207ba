"""What each kind of exercise asks, and how it is assessed. KINDS is the table of kinds."""

from incident_training.kinds.base import KindName, Response
from incident_training.kinds.declaration import Declaration, DeclarationResponse
from incident_training.kinds.near_miss import NearMiss, NearMissResponse
from incident_training.kinds.postmortem import Postmortem, PostmortemResponse
from incident_training.kinds.scenario import Scenario

AnyExercise = Declaration | NearMiss | Postmortem

KINDS: dict[KindName, type[AnyExercise]] = {
    "declaration": Declaration,
    "near_miss": NearMiss,
    "postmortem": Postmortem,
}
RESPONSES: dict[KindName, type[Response]] = {
    "declaration": DeclarationResponse,
    "near_miss": NearMissResponse,
    "postmortem": PostmortemResponse,
}


__all__ = [
    "KINDS",
    "RESPONSES",
    "AnyExercise",
    "Declaration",
    "NearMiss",
    "Postmortem",
    "Scenario",
    "exercises",
]


def exercises(scenario: Scenario) -> dict[KindName, AnyExercise]:
    """Return the exercises a scenario can be played as, in the order of a whole shift."""
    return {
        kind: model(scenario=scenario)
        for kind, model in KINDS.items()
        if getattr(scenario, kind) is not None
    }
