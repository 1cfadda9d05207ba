"""The rule of near_miss: which class, high potential or not, a clock or not, and what to ask next.

Each is None only where two ways of filling in what is not known would come out differently.
"""

from collections.abc import Iterator

from incident_training.doctrine.near_miss_facts import Class, FactName, Facts


def asked(facts: Facts) -> Iterator[FactName]:
    """Yield the questions in order: those that no earlier answer settles, until one is waited for.

    What stopped it is not waited for: it decides nothing further.
    """
    yield "normal"
    if facts.normal is not False:
        return
    yield "started"
    if facts.started is False:
        yield "clock"
    if not facts.started:
        return
    yield "reached"
    if facts.reached is None:
        return
    yield "harm" if facts.reached else "stopped_by"
    if not facts.reached or facts.harm is False:
        yield from _of_potential(facts)


def _of_potential(facts: Facts) -> Iterator[FactName]:
    """Yield the worst outcome first; one mild answer settles both."""
    if facts.worst is None and facts.left == "effective":
        yield "left"
        return
    yield "worst"
    if facts.worst in ("major", "catastrophic"):
        yield "left"


def class_of(facts: Facts) -> Class | None:
    """Return the class; the first of these facts that decides, in this order, settles it."""
    by: tuple[tuple[bool | None, bool, Class], ...] = (
        (facts.normal, True, "routine"),
        (facts.started, False, "hazard"),
        (facts.reached, False, "near miss"),
        (facts.harm, False, "no-harm incident"),
    )
    for fact, decides, class_ in by:
        if fact is None:
            return None
        if fact is decides:
            return class_
    return "incident"


def high_potential(facts: Facts) -> bool | None:
    """Whether what started and hurt nobody could have been major, with little or nothing left."""
    hurt = _every(facts.reached, facts.harm)
    worst = None if facts.worst is None else facts.worst != "minor"
    left = None if facts.left is None else facts.left != "effective"
    return _every(_no(facts.normal), facts.started, _no(hurt), worst, left)


def clock(facts: Facts) -> bool | None:
    """Whether a clock runs to a harm that is not there yet; asked of a hazard, else as said."""
    hurt = _every(facts.started, facts.reached, facts.harm)
    return _every(_no(facts.normal), _no(hurt), facts.clock)


def _every(*parts: bool | None) -> bool | None:
    """Whether all hold: one no decides, and unknown stays unknown (Kleene's logic)."""
    if False in parts:
        return False
    return None if None in parts else True


def _no(part: bool | None) -> bool | None:
    return None if part is None else not part
