"""Routine, hazard, near miss, no-harm incident or incident: decided from facts anyone can see.

Whether it reached somebody and what stopped it are AHRQ's questions (Common Formats); how bad it
could credibly have been and what was left, not counting what failed, are those of ARMS event risk
classification; "hazard" is J. Reason's latent condition. The chain, high potential as a yes or no,
and the clock are ours.

    found = classify(Facts(normal=False, started=True, reached=False, stopped_by="luck"))
    found.class_, found.next        # "near miss", "worst"
"""

from incident_training.doctrine.near_miss_facts import (
    BARRIERS,
    OUTCOMES,
    QUESTIONS,
    REMAINING,
    STOP_MEANS,
    STOP_REASONS,
    Class,
    Classified,
    FactName,
    Facts,
    Remaining,
    StopReason,
    Worst,
)
from incident_training.doctrine.near_miss_rule import asked, class_of, clock, high_potential
from incident_training.doctrine.near_miss_words import in_words, priority_in_words, step
from incident_training.doctrine.priority import Level, Matrix, matrix

__all__ = [
    "BARRIERS",
    "OUTCOMES",
    "QUESTIONS",
    "REMAINING",
    "STOP_MEANS",
    "STOP_REASONS",
    "Class",
    "Classified",
    "FactName",
    "Facts",
    "Remaining",
    "StopReason",
    "Worst",
    "chain",
    "class_of",
    "classify",
    "in_words",
    "priority_in_words",
    "priority_of",
]


def classify(facts: Facts) -> Classified:
    """Return what follows from the facts."""
    questions = tuple(asked(facts))
    class_ = class_of(facts)
    return Classified(
        class_,
        facts.stopped_by if class_ == "near miss" else None,
        high_potential(facts),
        clock(facts),
        next((name for name in questions if getattr(facts, name) is None), None),
        tuple(step(facts, name) for name in questions),
    )


def chain(facts: Facts) -> tuple[str, ...]:
    """Return only those questions, with their answers, that lead to the class."""
    told = ("normal",) if facts.normal else ("started", "reached", "harm", "stopped_by")
    return tuple(step(facts, name) for name in asked(facts) if name in told)


def priority_of(
    found: Classified, severity: Level, impact: Level, table: Matrix | None = None
) -> int | None:
    """Return the priority; the levels are those of the harm done, or of the harm it heads for.

    None for what is routine, and while it is not known. That a clock has the priority of its harm
    is our rule, see Matrix.of_hazard; what has hurt nobody and is over is 4.
    """
    table = table or matrix()
    if found.class_ in (None, "routine") or (found.class_ == "hazard" and found.clock is None):
        return None
    if found.class_ == "incident":
        return table.priority(severity, impact)
    return table.of_hazard(severity, impact, clock=bool(found.clock))
