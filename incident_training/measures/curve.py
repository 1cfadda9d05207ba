"""Time to declare, as the share who had declared by then.

Who never declared is censored: still counted, never given a time. There is no mean, because a mean
would need one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from incident_training.measures.few import enough


@dataclass(frozen=True)
class Curve:
    """A step curve: `steps` are (minute, share of all `n` who had declared by then), ascending.

    Before the first step the share is 0; after the last it stays, below 1 if `never` is not 0.
    `median`: the first minute by which at least half had declared; None if fewer than half did.
    """

    steps: tuple[tuple[int, float], ...]
    median: int | None
    never: int
    n: int

    @property
    def words(self) -> str:
        """The counts and the median in two or three sentences."""
        if self.never == self.n:
            return f"None of {self.n} declared."
        declared = f"{self.n - self.never} of {self.n} declared."
        if self.median is None:
            return f"{declared} That is fewer than half, so there is no median time."
        rest = f"; {self.never} never did" if self.never else ""
        return f"{declared} Half had by minute {self.median}{rest}."


def declared_by(minutes: Iterable[int | None]) -> Curve:
    """Return the curve of when people first declared, in minutes from a common start; None: never.

    Give only runs that went to the shift's end: who left halfway has not answered, and is no None.
    Raises TooFew if there is no run.
    """
    runs = list(minutes)
    n = len(runs)
    enough(n, 1, "finished run", "finished runs", "Time to declare")
    times = sorted(minute for minute in runs if minute is not None)
    by, steps = 0, []
    for minute, same in groupby(times):
        by += len(list(same))
        steps.append((minute, by / n))
    median = next((minute for minute, share in steps if share >= 0.5), None)
    return Curve(tuple(steps), median, n - len(times), n)
