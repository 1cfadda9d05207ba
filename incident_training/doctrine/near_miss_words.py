"""A near miss in words: a step of the chain, what followed, and which priority it has and why."""

from incident_training.doctrine.near_miss_facts import (
    OUTCOMES,
    QUESTIONS,
    REMAINING,
    STOP_MEANS,
    STOP_REASONS,
    Classified,
    FactName,
    Facts,
)

_ANSWERS: dict[str, str] = {**STOP_REASONS, **OUTCOMES, **REMAINING}
_YES_NO = {True: "yes", False: "no", None: "not known yet"}
_SAYS = {
    "routine": "Routine: normal and designed for.",
    "hazard": "A hazard: a condition, waiting.",
    "no-harm incident": "A no-harm incident: it got out, and nobody was hurt.",
    "incident": "An incident: it got out, and somebody was hurt.",
}


def step(facts: Facts, name: FactName) -> str:
    """Return a question and its answer: "Did something start? Yes."."""
    value = getattr(facts, name)
    if isinstance(value, str):
        answer = _ANSWERS[value]
    elif name == "started" and value is False:
        answer = "no: a condition, waiting"
    else:
        answer = _YES_NO[value]
    return f"{QUESTIONS[name]} {answer[:1].upper()}{answer[1:]}."


def in_words(found: Classified) -> str:
    """Return what followed, in one or two sentences; a near miss says what it owes to whom."""
    if found.class_ is None:
        return _not_known(found)
    if found.class_ == "near miss":
        means = STOP_MEANS[found.stopped_by] if found.stopped_by else "what stopped it is not known"
        said = f"A near miss. It almost happened: {means}."
    else:
        said = _SAYS[found.class_]
    if found.high_potential:
        said += " High potential: review it like the incident it nearly was."
    return said


def priority_in_words(found: Classified) -> str:
    """Return which priority it has and why; where the rule is ours, that is said."""
    if found.class_ is None or (found.class_ == "hazard" and found.clock is None):
        return _not_known(found)
    if found.class_ == "routine":
        return "No priority: there is nothing to raise."
    if found.class_ == "incident":
        return "The priority of the harm done."
    if found.clock:
        return (
            "The priority of the harm it heads for: somebody is hurt unless one acts before"
            " morning. This rule is ours; in the matrix we follow it would be priority 4."
        )
    if found.class_ == "hazard":
        return "Priority 4: nobody is hurt if it waits until morning, so it wakes nobody."
    return (
        "Priority 4: it is over, so it wakes nobody and is worth a review."
        " What it leaves exposed is a hazard of its own, and may have a clock."
    )


def _not_known(found: Classified) -> str:
    return f"Not known yet. {QUESTIONS[found.next]}" if found.next else "Not known yet."
