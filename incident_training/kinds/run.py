"""One trainee's run of a shift: what had arrived when, what was known, and the call that counts."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from incident_training.doctrine.facts import Facts, Value
from incident_training.doctrine.policy import Policy
from incident_training.doctrine.priority import Level
from incident_training.kinds.base import Frozen, NotAllowed
from incident_training.kinds.scenario import Choice, Evidence, Inject, Scenario, Who

LINE = 240  # characters of the one sentence: what fits into a page or a chat's first line
Line = Annotated[str, Field(min_length=1, max_length=LINE)]


class Call(Frozen):
    """One decision, stamped with the clock. After the first declaration `choice` is None.

    `chance` is how likely the trainee thinks it is, 0 to 100, that somebody is hurt now or within
    the hour; `sentence` is how a declaration is said, `down` why it is stood down.
    """

    at: int
    choice: Choice | None = None
    who: Who | None = None
    severity: Level | None = None
    impact: Level | None = None
    chance: Annotated[int, Field(ge=0, le=100)] | None = None
    sentence: Line | None = None
    down: Line | None = None


class Look(Frozen):
    """A piece of evidence, opened when the clock stood at `at`."""

    at: int
    evidence: str


@dataclass(frozen=True)
class Window:
    """When a policy could say yes, and when it does; minutes, None for never."""

    earliest: int | None
    expected: int | None


@dataclass(frozen=True)
class Run:
    """What lies on the desk after some acts, each with the minute one could first see it.

    `counts` is the call that is judged: the first declaration, or joining one that is declared.
    What arrives while one looks at evidence is seen when one has looked.
    """

    scenario: Scenario
    acts: tuple[Call | Look, ...]
    clock: int
    seen: tuple[tuple[int, Inject], ...]
    opened: tuple[tuple[int, Evidence], ...] = ()
    counts: Call | None = None
    done: bool = False

    @property
    def shown(self) -> tuple[Inject, ...]:
        """The injects that have arrived: nothing of what comes later."""
        return tuple(inject for _, inject in self.seen)

    @property
    def declared(self) -> bool:
        """Whether the trainee has declared."""
        return self.counts is not None and self.counts.choice == "declare"

    @property
    def down(self) -> Call | None:
        """The call that stood the declaration down."""
        return next((act for act in self.acts if isinstance(act, Call) and act.down), None)

    @property
    def sentence(self) -> str | None:
        """How the trainee said it."""
        said = [act.sentence for act in self.acts if isinstance(act, Call) and act.sentence]
        return said[0] if said else None

    @property
    def closed(self) -> tuple[Evidence, ...]:
        """The evidence one has not opened yet."""
        opened = {evidence.id for _, evidence in self.opened}
        return tuple(e for e in self.scenario.evidence if e.id not in opened)

    def known(self) -> list[tuple[int, Facts]]:
        """The facts known at each moment something is learnt, to the end of the story."""
        shown = {inject.id for inject in self.shown}
        later = [(i.at, i) for i in self.scenario.injects if i.id not in shown]
        return _accumulated([*self.seen, *later, *self.opened])

    def facts_at(self, at: int) -> Facts:
        """The facts known at that minute."""
        return [facts for when, facts in self.known() if when <= at][-1]

    def window(self, rule: Policy) -> Window:
        """When the rule could hold if unknowns counted for it, and when it does hold."""
        known = self.known()
        earliest = next((at for at, facts in known if rule.could_hold(facts)), None)
        expected = next((at for at, facts in known if rule.holds(facts)), None)
        return Window(earliest, expected)

    def look(self, act: Look) -> "Run":
        """Return the run with the evidence read: the clock has moved, and so has the story."""
        evidence = evidence_of(self.scenario, act.evidence)
        now = self.clock + evidence.minutes
        return self._at(now, (*self.acts, act), opened=(*self.opened, (now, evidence)))

    def call(self, act: Call) -> "Run":
        """Return the run with the call made: the story goes on to its next inject."""
        joined = act.choice == "join" and self.facts_at(act.at).get("already_declared") is True
        counts = self.counts or (act if act.choice == "declare" or joined else None)
        later = [inject.at for inject in self.scenario.injects if inject.at > self.clock]
        now = min(later, default=self.clock)
        return self._at(now, (*self.acts, act), counts=counts, done=not later)

    def _at(
        self,
        now: int,
        acts: tuple[Call | Look, ...],
        opened: tuple[tuple[int, Evidence], ...] | None = None,
        counts: Call | None = None,
        done: bool = False,
    ) -> "Run":
        shown = {inject.id for inject in self.shown}
        new = [(now, i) for i in self.scenario.injects if i.at <= now and i.id not in shown]
        return Run(
            self.scenario,
            acts,
            now,
            (*self.seen, *new),
            self.opened if opened is None else opened,
            counts or self.counts,
            done,
        )


def run(scenario: Scenario, acts: tuple[Call | Look, ...]) -> Run:
    """Return the run that these acts make, from the first inject on."""
    start = scenario.injects[0].at
    first = tuple((start, inject) for inject in scenario.injects if inject.at <= start)
    so_far = Run(scenario, (), start, first)
    for act in acts:
        so_far = so_far.look(act) if isinstance(act, Look) else so_far.call(act)
    return so_far


def evidence_of(scenario: Scenario, name: str) -> Evidence:
    """Return the evidence of that id, or raise NotAllowed naming the choices."""
    found = {evidence.id: evidence for evidence in scenario.evidence}
    if name not in found:
        raise NotAllowed(f"there is no evidence {name!r} here; choose from {', '.join(found)}")
    return found[name]


def _accumulated(news: list[tuple[int, Inject | Evidence]]) -> list[tuple[int, Facts]]:
    """What is known after each piece of news; the latest word wins, `unknown` takes one back."""
    known: dict[str, Value | None] = {}
    moments: dict[int, Facts] = {}
    for at, piece in sorted(news, key=lambda pair: pair[0]):
        known = known | piece.stated
        moments[at] = {name: v for name, v in known.items() if v is not None}
    return list(moments.items())
