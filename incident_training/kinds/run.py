"""One trainee's run of a shift: what had arrived when, what was known, and the call that counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from incident_training.doctrine.definitions import definitions, families, verdicts
from incident_training.doctrine.facts import Facts, Value
from incident_training.doctrine.policy import Policy
from incident_training.doctrine.priority import Level
from incident_training.kinds.base import Frozen, Line, NotAllowed
from incident_training.kinds.scenario import Choice, Evidence, Inject, Over, Owner, Scenario, Who


class Call(Frozen):
    """One decision, stamped with the clock. After the first declaration `choice` is None.

    `chance` is how likely the trainee thinks it is, 0 to 100, that somebody is hurt now or within
    the hour; `sentence` is how a declaration is said, `down` why it is stood down. `owner`,
    `minutes` and `would` are the terms of a triage: who holds it, when it rings, what would make
    one declare; `to` is whom it is handed to. `over` is said when the last inject is read.
    """

    at: int
    choice: Choice | None = None
    who: Who | None = None
    severity: Level | None = None
    impact: Level | None = None
    chance: Annotated[int, Field(ge=0, le=100)] | None = None
    sentence: Line | None = None
    down: Line | None = None
    owner: Owner | None = None
    minutes: Annotated[int, Field(ge=1, le=60)] | None = None
    would: Line | None = None
    to: Owner | None = None
    over: Over | None = None

    @property
    def rings(self) -> int | None:
        """The minute at which a triage rings."""
        return None if self.minutes is None else self.at + self.minutes


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
    def triage(self) -> Call | None:
        """The triage that runs: nobody has declared, closed it or handed it on since."""
        return None if self.counts else _running(self.acts)

    @property
    def rung(self) -> bool:
        """Whether the time of the triage is up."""
        rings = self.triage.rings if self.triage else None
        return rings is not None and self.clock >= rings and not self.done

    @property
    def news(self) -> bool:
        """Whether something has come in, or was looked at, since the triage began."""
        since = self.triage.at if self.triage else self.clock
        return any(at > since for at, _ in (*self.seen, *self.opened))

    @property
    def over(self) -> Over | None:
        """What the trainee said at the end: is it over?"""
        said = [act.over for act in self.acts if isinstance(act, Call) and act.over]
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

    def families(self) -> dict[str, Window]:
        """By the title of each family of published definitions: when one says yes, when most do."""
        told = [(at, verdicts(facts)) for at, facts in self.known()]
        found: dict[str, Window] = {}
        for family in families().values():
            kin = [name for name, one in definitions().items() if one.family == family]
            yes = [(at, sum(said[name] is True for name in kin)) for at, said in told]
            one = next((at for at, count in yes if count), None)
            most = next((at for at, count in yes if count > len(kin) / 2), None)
            found[family.title] = Window(one, most)
        return found

    def look(self, act: Look) -> "Run":
        """Return the run with the evidence read: the clock has moved, and so has the story."""
        evidence = evidence_of(self.scenario, act.evidence)
        now = self.clock + evidence.minutes
        return self._at(now, (*self.acts, act), opened=(*self.opened, (now, evidence)))

    def call(self, act: Call) -> "Run":
        """Return the run with the call made: the story goes on to its next inject, or a ring."""
        joined = act.choice == "join" and self.facts_at(act.at).get("already_declared") is True
        counts = self.counts or (act if act.choice == "declare" or joined else None)
        acts = (*self.acts, act)
        triage = None if counts else _running(acts)
        moments = [inject.at for inject in self.scenario.injects]
        moments += [triage.rings] if triage and triage.rings is not None else []
        later = [at for at in moments if at > self.clock]
        return self._at(min(later, default=self.clock), acts, counts=counts, done=not later)

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


def _running(acts: Iterable["Call | Look"]) -> Call | None:
    """The last triage with a time, if no call has ended it; to watch on leaves it running."""
    calls = [a for a in acts if isinstance(a, Call) and a.choice not in (None, "watch")]
    last = calls[-1] if calls else None
    return last if last and last.choice == "triage" and last.minutes else None


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
