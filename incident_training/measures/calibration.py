"""Whether stated chances can be taken at their word: Brier score, over-confidence, five bins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from incident_training.measures.few import enough, number

LEAST = 20  # answers; DESIGN.md section 3, rule 9
EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)

Answer = tuple[float | None, bool | None]
"""A stated chance, 0 to 1, and whether it happened."""


@dataclass(frozen=True)
class Bin:
    """The answers from `low` up to but without `high` (the last bin holds 1 as well).

    `stated` is their mean chance, `happened` the share that did; both None where n is 0.
    """

    low: float
    high: float
    n: int
    stated: float | None
    happened: float | None


@dataclass(frozen=True)
class Calibration:
    """How far stated chances were from what happened; shares of 0 to 1, from `n` answers.

    `brier`: 0 is perfect; saying 50 % every time earns 0.25; 1 is sure and wrong every time.
    `over_confidence`: how sure minus how often right, each answer read as a bet on its likelier
    side (50 % is half right). Above 0: surer than right.
    `over_stated`: mean stated chance minus the share that happened. Above 0: harm was expected
    more often than it came. Who says 5 % of what happens half the time is over-confident by 45
    points and has *under*-stated by 45.
    """

    brier: float
    over_confidence: float
    over_stated: float
    bins: tuple[Bin, ...]
    n: int

    @property
    def words(self) -> str:
        """The figures and their n in two sentences."""
        return (
            f"Brier score {self.brier:.2f} (0 is perfect, 50 % every time earns 0.25), "
            f"from {number(self.n, 'answer', 'answers')}. {self._sure}."
        )

    @property
    def _sure(self) -> str:
        points = round(100 * self.over_confidence)
        if not points:
            return "As sure as right"
        size = number(abs(points), "point", "points")
        return f"{'Surer' if points > 0 else 'Less sure'} than right by {size}"


def calibrate(answers: Iterable[Answer]) -> Calibration:
    """Return how well stated chances held; an answer with a None in it is left out.

    Raises TooFew below 20 answers, ValueError for a chance outside 0 to 1.

    Source: Brier, Verification of forecasts expressed in terms of probability (1950), whose score
    sums over "it does" and "it does not" and so is twice this one; Lichtenstein, Fischhoff and
    Phillips, Calibration of probabilities (1982), for over-confidence.
    """
    given = [(p, bool(did)) for p, did in answers if p is not None and did is not None]
    for chance, _ in given:
        if not 0 <= chance <= 1:
            raise ValueError(f"a stated chance should be from 0 to 1; got {chance!r}")
    enough(len(given), LEAST, "answer", "answers", "Calibration")
    return Calibration(
        brier=fmean((p - did) ** 2 for p, did in given),
        over_confidence=fmean(max(p, 1 - p) - _right(p, did) for p, did in given),
        over_stated=fmean(p - did for p, did in given),
        bins=_bins(given),
        n=len(given),
    )


def _right(chance: float, did: bool) -> float:
    return 0.5 if chance == 0.5 else float((chance > 0.5) == did)


def _bins(given: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    return tuple(
        _bin(low, high, [one for one in given if low <= one[0] < high or one[0] == high == 1])
        for low, high in pairwise(EDGES)
    )


def _bin(low: float, high: float, given: Sequence[tuple[float, bool]]) -> Bin:
    if not given:
        return Bin(low, high, 0, None, None)
    return Bin(low, high, len(given), fmean(p for p, _ in given), fmean(did for _, did in given))
