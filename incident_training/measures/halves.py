"""Two halves that were asked the same of two versions, side by side: words and counts, no test.

What a few people answer shows how such a thing looks; it does not show how people are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from incident_training.measures.few import TooFew, number

LEAST = 5
"""Below so many in a half, answers that were kept are hidden: they might point at somebody."""


@dataclass(frozen=True)
class Half:
    """Those who met one version; `read` says of it what follows "Of 12 who read"."""

    read: str
    counts: Mapping[str, int]

    @property
    def n(self) -> int:
        """How many answered."""
        return sum(self.counts.values())

    def of(self, options: Iterable[str]) -> int:
        """Return how many gave one of these answers."""
        return sum(self.counts.get(option, 0) for option in options)


def half(read: str, options: Iterable[str], answers: Iterable[str]) -> Half:
    """Return how often each option was answered.

    Raises ValueError for an answer that is none of the options, naming them.
    """
    names, given = list(options), Counter(answers)
    other = next((answer for answer in given if answer not in names), None)
    if other is not None:
        raise ValueError(f"there is no answer {other!r}; choose from {', '.join(names)}")
    return Half(read, {name: given[name] for name in names})


def side_by_side(first: Half, second: Half, counted: Iterable[str], told: str) -> str:
    """Return "Of 12 who read that …, 9 said …; of 11 who read that …, 4."."""
    options = list(counted)
    one, other = first.of(options), second.of(options)
    return (
        f"Of {first.n:,} who read {first.read}, {_count(one)} {told};"
        f" of {second.n:,} who read {second.read}, {_count(other)}."
    )


def caution(first: Half, second: Half) -> str:
    """Say how far these counts carry: an example where a half is small, else no more than a room.

    A difference is never tested: nobody was drawn by lot from anywhere.
    """
    fewest = min(first.n, second.n)
    if fewest < LEAST:
        few = number(fewest, "answer", "answers") if fewest else "no answer"
        return f"One half has {few}, fewer than five: take it as an example, not as a result."
    return "A difference of two or three can be chance, and it need not show every time."


def shown(first: Half, second: Half) -> None:
    """Raise TooFew, with a sentence to show instead, unless each half has enough answers."""
    if min(first.n, second.n) < LEAST:
        raise TooFew(
            f"What others answered is shown once each version has {LEAST} answers:"
            " counts must not point at one person."
        )


def _count(count: int) -> str:
    return f"{count:,}" if count else "none"
