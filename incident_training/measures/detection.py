"""Signal detection: skill at telling the policy's yes from its no, apart from caution.

"Declare more" alone moves only the criterion; practice should move d′. It needs many cases and
many people: it is never said of one person, and a single workshop has too few cases.
"""

from dataclasses import dataclass
from statistics import NormalDist

from incident_training.measures.few import TooFew, enough, number

LEAST_CASES = 24  # DESIGN.md section 3, rule 9
LEAST_PEOPLE = 5  # as in every report: below five, a figure says something about a person
LEAST_OF_A_KIND = 6  # ours: a quarter of 24; a rate of fewer is mostly the correction's


@dataclass(frozen=True)
class Detection:
    """d′ and criterion c, in standard deviations of the evidence; and what they rest on.

    d′ 0: declared as often where the policy says no. c below 0 leans to declaring, above 0 to not.
    """

    d_prime: float
    criterion: float
    n: int
    cases: int
    people: int

    @property
    def words(self) -> str:
        """Both figures and their n in two sentences."""
        calls = number(self.n, "call", "calls")
        return (
            f"d′ {_signed(self.d_prime)}; criterion {_signed(self.criterion)}: {self._leans}. "
            f"From {calls} on {self.cases} cases by {self.people} people."
        )

    @property
    def _leans(self) -> str:
        rounded = round(self.criterion, 1)
        if not rounded:
            return "leans neither way"
        return "leans to declaring" if rounded < 0 else "leans to not declaring"


def detect(
    hits: int, misses: int, false_alarms: int, correct_rejections: int, *, cases: int, people: int
) -> Detection:
    """Return d′ = z(H) − z(F) and c = −(z(H) + z(F)) / 2 of a room's pooled calls.

    The four are calls (triage is in none of them); `cases` are the different cases they were on,
    `people` those who called: twenty people on six cards give 120 calls, and six cases.
    Log-linear correction: H = (hits + ½) / (calls where the policy says yes + 1), F likewise.
    Raises TooFew below 24 cases, five people, or six calls on either kind of case; ValueError for
    numbers that cannot be.

    Source: Hautus, Corrections for extreme proportions (1995); Stanislaw and Todorov, Calculation
    of signal detection theory measures (1999).
    """
    yes, no = hits + misses, false_alarms + correct_rejections
    if min(hits, misses, false_alarms, correct_rejections) < 0 or yes + no < max(cases, people):
        raise ValueError("each count is 0 or more, and each case and person has at least one call")
    enough(cases, LEAST_CASES, "case", "different cases", "d′")
    if people < LEAST_PEOPLE:
        raise TooFew(f"d′ is not said of one person: it needs at least {LEAST_PEOPLE} people.")
    enough(yes, LEAST_OF_A_KIND, "call", "calls on cases where the policy says yes", "d′")
    enough(no, LEAST_OF_A_KIND, "call", "calls on cases where the policy says no", "d′")
    hit, alarm = _z(hits, yes), _z(false_alarms, no)
    return Detection(hit - alarm, -(hit + alarm) / 2, yes + no, cases, people)


def _z(some: int, of: int) -> float:
    return NormalDist().inv_cdf((some + 0.5) / (of + 1))


def _signed(value: float) -> str:
    """One decimal with a true minus sign, and no sign on zero."""
    return f"{round(value, 1) + 0.0:.1f}".replace("-", "−")
