"""How far people agree: raw, and beyond chance (Krippendorff's alpha).

A case is the row of answers given to it, one per person, None where a person did not answer. Show
agreement per case, before and after discussion: `raw([case])`. Alpha is for many cases at once.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from incident_training.measures.few import TooFew, enough, number, percent

LEAST_CASES = 5  # ours: with fewer, one changed answer turns alpha's verdict
LOPSIDED = 0.9

Case = Sequence[Hashable | None]
_Distance = Callable[[Hashable, Hashable], float]


@dataclass(frozen=True)
class Raw:
    """How likely, 0 to 1, it is that another's answer to the same case is the same.

    From `n` answers to `cases` cases that two or more people answered.
    """

    share: float
    n: int
    cases: int

    @property
    def words(self) -> str:
        """The share and its n in a sentence."""
        return f"{percent(self.share)} raw agreement ({_from(self.n, self.cases)})."


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha: 1 is full agreement, 0 is chance, below 0 is worse than chance.

    From .800 he calls data reliable, from .667 fit for tentative conclusions. `note` says, where
    one answer makes up 90 % or more, that alpha collapses there; else None.
    """

    value: float
    n: int
    cases: int
    note: str | None = None

    @property
    def words(self) -> str:
        """The value and its n in a sentence, and the note."""
        value = f"{round(self.value, 2) + 0.0:.2f}".replace("-", "−")
        said = f"Krippendorff's alpha {value} ({_from(self.n, self.cases)})."
        return f"{said} {self.note}" if self.note else said


def raw(cases: Iterable[Case]) -> Raw:
    """Return the raw agreement: of each answer with the others to its case, averaged over answers.

    It is 1 minus alpha's observed disagreement. Raises TooFew if nobody's answer has another's
    beside it.
    """
    pairable = _pairable(cases)
    enough(len(pairable), 1, "case that two people answered", "cases", "Agreement")
    n = sum(map(len, pairable))
    return Raw(1 - _observed(pairable, n, _differs), n, len(pairable))


def alpha(cases: Iterable[Case], order: Sequence[Hashable] | None = None) -> Alpha:
    """Return alpha: for names, or for ranks if `order` gives the values from lowest to highest.

    An answer that stands alone on its case is left out. Raises TooFew below five cases that two
    or more people answered, or if they all say the same (there is then no chance to compare
    with); ValueError for a value that is not in `order`.

    Source: Krippendorff, Computing Krippendorff's alpha-reliability (2011), sections C and D.
    """
    pairable = _pairable(cases)
    enough(len(pairable), LEAST_CASES, "case", "cases that two or more people answered", "Alpha")
    marginals = Counter(answer for case in pairable for answer in case)
    n = marginals.total()
    (commonest, most), *others = marginals.most_common()
    if not others:
        raise TooFew(f"All {n} answers say “{commonest}”: alpha has nothing to compare that with.")
    distance = _differs if order is None else _ranks_apart(marginals, order)
    expected = sum(
        marginals[one] * marginals[other] * distance(one, other)
        for one, other in permutations(marginals, 2)
    ) / (n * (n - 1))
    value = 1 - _observed(pairable, n, distance) / expected
    return Alpha(value, n, len(pairable), _note(commonest, most, n))


def _pairable(cases: Iterable[Case]) -> list[list[Hashable]]:
    given = ([answer for answer in case if answer is not None] for case in cases)
    return [answers for answers in given if len(answers) > 1]


def _observed(pairable: Sequence[Sequence[Hashable]], n: int, distance: _Distance) -> float:
    return (
        sum(
            sum(distance(one, other) for one, other in permutations(case, 2)) / (len(case) - 1)
            for case in pairable
        )
        / n
    )


def _differs(one: Hashable, other: Hashable) -> float:
    return float(one != other)


def _ranks_apart(marginals: Counter[Hashable], order: Sequence[Hashable]) -> _Distance:
    """Squared: the answers from one value to the other, of the two themselves only half."""
    if strange := [value for value in marginals if value not in order]:
        raise ValueError(f"{strange[0]!r} has no rank; the order is {', '.join(map(str, order))}")

    def distance(one: Hashable, other: Hashable) -> float:
        low, high = sorted((order.index(one), order.index(other)))
        between = sum(marginals[value] for value in order[low : high + 1])
        return (between - (marginals[one] + marginals[other]) / 2) ** 2

    return distance


def _note(commonest: Hashable, most: int, n: int) -> str | None:
    if most / n < LOPSIDED:
        return None
    return (
        f"“{commonest}” makes up {percent(most / n)} of the answers; alpha collapses there, "
        "however much people agree. Read the raw agreement."
    )


def _from(n: int, cases: int) -> str:
    return f"{number(n, 'answer', 'answers')} to {number(cases, 'case', 'cases')}"
