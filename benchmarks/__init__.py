"""Ratios measured side by side, interleaved, in one run: `python -m benchmarks [NAME …] [--json]`.

Never an absolute claim (the seconds belong to this computer, today), and never a test.

one_widget   our play screen, one widget, against `composed`: the same screen of small ones
imports      what a trainee's kernel loads, against bare ipywidgets and networkx
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


class CannotMeasure(Exception):
    """Something a benchmark needs is not here; the message says what, in one sentence."""


@dataclass(frozen=True)
class Figure:
    """Medians of `n` rounds; the name says the unit.

    `ratio` is the median of each round's own ratio: what slows this computer slows both sides.
    """

    name: str
    ours: float
    baseline: float
    ratio: float
    n: int


def figure(name: str, ours: Sequence[float], baseline: Sequence[float]) -> Figure:
    """Return the medians of two samples taken in turns, each in the order of its rounds."""
    ratios = [one / other for one, other in zip(ours, baseline, strict=True)]
    return Figure(name, median(ours), median(baseline), median(ratios), len(ratios))


def in_turns(sides: Sequence[str], rounds: int) -> Iterable[tuple[bool, str]]:
    """Yield (counts, side): who goes first alternates, and a first round only warms up."""
    for number in range(rounds + 1):
        for side in sides if number % 2 else reversed(sides):
            yield number > 0, side
