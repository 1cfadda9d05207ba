"""The 2×2 of calls against a policy, with triage in a column of its own.

Triage is a contract, neither a yes nor a no, so it is in no cell of the 2×2. A call is judged
against a stated policy, never against "the truth".
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from incident_training.measures.few import number

COLUMNS = {
    "declare": "yes",
    "join": "yes",
    "triage": "triage",
    "hand": "triage",
    "watch": "no",
    "no": "no",
}
"""Each call's column. Joining a declared incident says yes; who only watched has not declared."""


@dataclass(frozen=True)
class Counts:
    """How many calls fell where. `unanswered` is in none of the others, and not in `n`.

    A hit: declared, and the policy says yes. A false alarm: declared, and it says no.
    """

    hits: int = 0
    misses: int = 0
    false_alarms: int = 0
    correct_rejections: int = 0
    triaged_yes: int = 0
    triaged_no: int = 0
    unanswered: int = 0

    @property
    def says_yes(self) -> int:
        """The calls on cases where the policy says yes."""
        return self.hits + self.triaged_yes + self.misses

    @property
    def says_no(self) -> int:
        """The calls on cases where the policy says no."""
        return self.false_alarms + self.triaged_no + self.correct_rejections

    @property
    def n(self) -> int:
        """All calls that were given."""
        return self.says_yes + self.says_no

    @property
    def words(self) -> str:
        """The counts as one to three sentences; no rates."""
        yes = _row(self.says_yes, self.hits, self.triaged_yes, self.misses)
        no = _row(self.says_no, self.false_alarms, self.triaged_no, self.correct_rejections)
        silent = f" {self.unanswered} not answered." if self.unanswered else ""
        if not self.n:
            return f"No calls yet.{silent}"
        return f"Where the policy says yes: {yes}. Where it says no: {no}.{silent}"


def count(cases: Iterable[tuple[str | None, bool]]) -> Counts:
    """Return the counts of (call, whether the policy says yes) pairs.

    A call is declare, join, triage, hand, watch or no; None was not answered: never wrong,
    never zero.
    Raises ValueError for any other, naming the choices.
    """
    seen = Counter((_column(call), says_yes) for call, says_yes in cases)
    return Counts(
        hits=seen["yes", True],
        misses=seen["no", True],
        false_alarms=seen["yes", False],
        correct_rejections=seen["no", False],
        triaged_yes=seen["triage", True],
        triaged_no=seen["triage", False],
        unanswered=seen[None, True] + seen[None, False],
    )


def _column(call: str | None) -> str | None:
    if call is None:
        return None
    if call not in COLUMNS:
        raise ValueError(f"there is no call {call!r}; choose from {', '.join(COLUMNS)}")
    return COLUMNS[call]


def _row(n: int, declared: int, triaged: int, not_declared: int) -> str:
    if not n:
        return "no calls"
    calls = number(n, "call", "calls")
    return f"{calls}, {declared} declared, {triaged} triaged, {not_declared} did not"
