"""Ours against a baseline, in turns, in one run: `python -m benchmarks [NAME …] [--json]`.

Never an absolute claim (the seconds belong to this computer, today), and never a test.

open      from a page's address to its first answered click, against stock Voila and one button
click     from a click to what it changes, against the same
memory    what a page's kernel holds in mid-shift, against one with ipywidgets and networkx
reloads   kernels there are after many reloads, against stock Voila
imports   what a page's kernel loads, against ipywidgets and networkx: time and memory
fuzz      a mutated scenario file, against the file as it ships; and the slowest of all
language  the language review of an archive of texts that one names, against splitting them; counts

`pages` serves and opens both sides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


class CannotMeasure(Exception):
    """Something a benchmark needs is not here; the message says what, in one sentence."""


@dataclass(frozen=True)
class Figure:
    """Medians of `n` rounds; the name says the unit.

    `ratio` and `beyond` (ours less the baseline) are medians of each round's own: what slows this
    computer slows both sides.
    """

    name: str
    ours: float
    baseline: float
    ratio: float
    beyond: float
    n: int


def figure(name: str, ours: Sequence[float], baseline: Sequence[float]) -> Figure:
    """Return the medians of two samples taken in turns, each in the order of its rounds."""
    pairs = list(zip(ours, baseline, strict=True))
    ratio = median(one / other for one, other in pairs)
    beyond = median(one - other for one, other in pairs)
    return Figure(name, median(ours), median(baseline), ratio, beyond, len(pairs))


def in_turns(sides: Sequence[str], rounds: int) -> Iterable[tuple[bool, str]]:
    """Yield (counts, side): who goes first alternates, and a first round only warms up."""
    for number in range(rounds + 1):
        for side in sides if number % 2 else reversed(sides):
            yield number > 0, side
