"""What near_miss decides from, and what it returns: the facts, their words, the classes."""

from dataclasses import dataclass
from typing import Literal

Class = Literal["routine", "hazard", "near miss", "no-harm incident", "incident"]
StopReason = Literal["engineered", "procedure", "catch", "luck", "nothing"]
Worst = Literal["minor", "major", "catastrophic"]
Remaining = Literal["effective", "limited", "none"]
FactName = Literal["normal", "started", "reached", "harm", "stopped_by", "worst", "left", "clock"]

BARRIERS: tuple[StopReason, ...] = ("engineered", "procedure", "catch")  # as in the hazard graph
QUESTIONS: dict[FactName, str] = {
    "normal": "Normal and designed for?",
    "started": "Did something start?",
    "reached": "Did it get out?",
    "harm": "Was anyone hurt?",
    "stopped_by": "What stopped it?",
    "worst": "Had it gone on, how bad could it credibly have been?",
    "left": "What was left against that?",
    "clock": "If nobody acts before morning, is somebody hurt?",
}
STOP_REASONS: dict[str, str] = {
    "engineered": "something built to stop it",
    "procedure": "a step people follow",
    "catch": "somebody happened to notice",
    "luck": "luck: timing, load, coincidence",
    "nothing": "nothing stopped it",
}
STOP_MEANS: dict[StopReason, str] = {
    "engineered": "something built held",
    "procedure": "a step held because people followed it",
    "catch": "nothing built stopped it, and somebody happened to notice",
    "luck": "nothing stood in the way, and luck closed the gap",
    "nothing": "nobody can say what stopped it, so count it as luck",
}
OUTCOMES: dict[str, str] = {
    "minor": "minor: a nuisance, soon put right",
    "major": "major: people hurt in what they count on",
    "catastrophic": "catastrophic: no way to make it good",
}
REMAINING: dict[str, str] = {
    "effective": "enough: what stood behind would have held",
    "limited": "little: it might have held",
    "none": "nothing that counts",
}


@dataclass(frozen=True)
class Facts:
    """What anyone can see of one line or event; None is not known.

    `reached`: a customer, their data, or the outside. `worst` is the worst credible outcome and
    `left` what was left against it, without the barriers that failed. `clock` is of what has hurt
    nobody yet.
    """

    normal: bool | None = None
    started: bool | None = None
    reached: bool | None = None
    harm: bool | None = None
    stopped_by: StopReason | None = None
    worst: Worst | None = None
    left: Remaining | None = None
    clock: bool | None = None


@dataclass(frozen=True)
class Classified:
    """What follows from the facts; None where something that is not known could still decide.

    `stopped_by` is None of all but a near miss. `next` is the question to ask now, if any is left.
    `chain` has the questions asked so far with their answers, as sentences.
    """

    class_: Class | None
    stopped_by: StopReason | None
    high_potential: bool | None
    clock: bool | None
    next: FactName | None
    chain: tuple[str, ...]
