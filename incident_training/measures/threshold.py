"""The chance at which declaring is the cheaper mistake, and when a run's stated chance got there.

Declare when P > Cf / (Cf + Cm): the expected cost of a miss then outweighs that of a false alarm.
"""

from collections.abc import Iterable
from math import isfinite

from incident_training.measures.few import percent


def threshold(cost_of_a_miss: float, cost_of_a_false_alarm: float) -> float:
    """Return the chance, 0 to 1, from which one declares; costs in any one unit.

    Raises ValueError unless both are above 0.
    """
    for cost in (cost_of_a_miss, cost_of_a_false_alarm):
        if not (isfinite(cost) and cost > 0):
            raise ValueError(f"a cost should be a number above 0; got {cost!r}")
    return cost_of_a_false_alarm / (cost_of_a_false_alarm + cost_of_a_miss)


def in_words(cost_of_a_miss: float, cost_of_a_false_alarm: float) -> str:
    """Return "A miss costs 20 times a false alarm: declare at 5 % and above."

    Raises ValueError as `threshold` does.
    """
    at = percent(threshold(cost_of_a_miss, cost_of_a_false_alarm))
    return f"{_compared(cost_of_a_miss / cost_of_a_false_alarm)}: declare at {at} and above."


def reached(chances: Iterable[tuple[int, float | None]], at: float) -> int | None:
    """Return the first minute at which the stated chance was `at` or above; None if it never was.

    `chances` are (minute, chance 0 to 1) in any order; a chance of None was not answered.
    """
    return min((minute for minute, p in chances if p is not None and p >= at), default=None)


def _compared(ratio: float) -> str:
    if ratio == 1:
        return "A miss costs as much as a false alarm"
    if 0.95 < ratio < 1.05:
        return "A miss costs about as much as a false alarm"
    if ratio < 1:
        return f"A false alarm costs {_times(1 / ratio)} a miss"
    return f"A miss costs {_times(ratio)} a false alarm"


def _times(ratio: float) -> str:
    rounded = round(ratio) if ratio >= 10 else round(ratio, 1)
    return f"{rounded:,g} times" if rounded < 1_000_000 else f"{rounded:,.0f} times"
