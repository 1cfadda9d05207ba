"""Routine, hazard, near miss, no-harm incident or incident: decided from facts anyone can see.

The questions are AHRQ's (did it reach the patient? what stopped it?), put in one chain; the chain
is ours. Source: AHRQ Common Formats; J. Reason's latent conditions for "hazard".
"""

from dataclasses import dataclass
from typing import Literal

Class = Literal["routine", "hazard", "near miss", "no-harm incident", "incident"]
StopReason = Literal["engineered", "procedure", "catch", "luck", "nothing"]

Worst = Literal["minor", "major", "catastrophic"]
Remaining = Literal["effective", "limited", "none"]

STOP_REASONS: dict[str, str] = {
    "engineered": "something built to stop it",
    "procedure": "a step people follow",
    "catch": "somebody happened to notice",
    "luck": "luck: timing, load, coincidence",
    "nothing": "nothing stopped it",
}


@dataclass(frozen=True)
class Observed:
    """What one line of a log shows. `started` is None for what is normal and designed for."""

    started: bool | None = None
    reached: bool | None = None
    harm: bool | None = None
    stopped_by: StopReason | None = None


def classify(observed: Observed) -> Class:
    """Return the class that follows from the facts."""
    return chain(observed)[0]


def chain(observed: Observed) -> tuple[Class, tuple[str, ...]]:
    """Return the class and the short chain of questions and answers that led there."""
    if observed.started is None:
        return "routine", ("Normal and designed for? Yes.",)
    if not observed.started:
        return "hazard", ("Did something start? No: a condition, waiting.",)
    steps: tuple[str, ...] = ("Did something start? Yes.",)
    if not observed.reached:
        stop = STOP_REASONS[observed.stopped_by or "nothing"]
        return "near miss", (
            *steps,
            "Did it get out? No.",
            f"What stopped it? {stop.capitalize()}.",
        )
    steps = (*steps, "Did it get out? Yes.")
    if not observed.harm:
        return "no-harm incident", (*steps, "Was anyone hurt? No.")
    return "incident", (*steps, "Was anyone hurt? Yes.")
