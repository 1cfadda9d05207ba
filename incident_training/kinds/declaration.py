"""Declaring: injects arrive one at a time; when would you declare, and who needs to know?

The earliest and expected moment are derived from the facts shown and the policy in force, so a
change of policy changes the verdict and never the stored response.
"""

from dataclasses import dataclass
from typing import Literal

from incident_training.doctrine.facts import Facts, Value
from incident_training.doctrine.policy import DEFAULT
from incident_training.doctrine.policy import policy as policy_named
from incident_training.doctrine.priority import LEVELS, Level
from incident_training.kinds.base import Feedback, Frozen, Given, NotAllowed, Response, chosen
from incident_training.kinds.judgement import judge
from incident_training.kinds.scenario import (
    Choice,
    DeclarationPart,
    Evidence,
    Inject,
    Scenario,
    Who,
)
from incident_training.kinds.vocabulary import CHOICES, WHO
from incident_training.lifecycle import process


class Call(Frozen):
    """One decision, stamped with the clock. After the first declaration `choice` is None."""

    at: int
    choice: Choice | None = None
    who: Who | None = None
    severity: Level | None = None
    impact: Level | None = None


class Look(Frozen):
    """A piece of evidence, opened when the clock stood at `at`."""

    at: int
    evidence: str


class DeclarationResponse(Response):
    """What the trainee did, in order."""

    acts: tuple[Call | Look, ...] = ()


@dataclass(frozen=True)
class Desk:
    """What lies on the desk now: nothing of what comes later."""

    clock: int
    shown: tuple[Inject, ...]
    opened: tuple[tuple[int, Evidence], ...]  # the minute one had read it, and what
    called: Choice | None  # the first declare or join
    done: bool


@dataclass(frozen=True)
class Window:
    """When a policy could say yes, and when it does; minutes, None for never."""

    earliest: int | None
    expected: int | None


@dataclass(frozen=True)
class Mark:
    """What happened when, for the picture of a run."""

    declared: int | None
    looks: tuple[int, ...]
    windows: dict[str, Window]
    start: int
    end: int


class Declaration(Frozen):
    """A scenario played as a declaration drill."""

    scenario: Scenario
    kind: Literal["declaration"] = "declaration"

    @property
    def part(self) -> DeclarationPart:
        """What the author expects; the library sees to it that it is there."""
        assert self.scenario.declaration is not None
        return self.scenario.declaration

    @property
    def hint(self) -> str:
        return self.part.hint

    @property
    def untouched(self) -> DeclarationResponse:
        return DeclarationResponse()

    @property
    def exemplar(self) -> DeclarationResponse:
        """The author's run, played; after its last step the shift simply goes on."""
        response = self.untouched
        for step in self.part.exemplar:
            last = self.desk(response).shown[-1].id
            if step.after != last:
                raise NotAllowed(f"the exemplar's step after {step.after} comes after {last}")
            response = self.take(response, step.model_dump(exclude={"after"}, exclude_none=True))
        while not self.desk(response).done:
            called = self.desk(response).called == "declare"
            response = self.take(response, {} if called else {"choice": "watch"})
        return response

    def desk(self, response: DeclarationResponse) -> Desk:
        """Return what has arrived: every inject whose time has passed, and what was opened."""
        now = self.scenario.injects[0].at
        opened: list[tuple[int, Evidence]] = []
        called: Choice | None = None
        done = False
        for act in response.acts:
            if isinstance(act, Look):
                evidence = self._evidence(act.evidence)
                now += evidence.minutes
                opened.append((now, evidence))
                continue
            if act.choice in ("declare", "join"):
                called = called or act.choice
            later = [inject.at for inject in self.scenario.injects if inject.at > now]
            done = not later
            now = min(later, default=now)
        shown = tuple(inject for inject in self.scenario.injects if inject.at <= now)
        return Desk(now, shown, tuple(opened), called, done)

    def stage(self, response: DeclarationResponse) -> str:
        desk = self.desk(response)
        return "done" if desk.done else ("declared" if desk.called == "declare" else "call")

    def take(self, response: DeclarationResponse, given: Given) -> DeclarationResponse:
        """Open evidence ({"open": id}) or make a call ({"choice": …, "who": …, …})."""
        desk = self.desk(response)
        if desk.done:
            raise NotAllowed("this shift is over; play it again to change a call")
        act = self._look(desk, given) if "open" in given else _call(desk, given)
        return DeclarationResponse(acts=(*response.acts, act))

    def closed(self, desk: Desk) -> tuple[Evidence, ...]:
        """The evidence one has not opened yet."""
        opened = {evidence.id for _, evidence in desk.opened}
        return tuple(e for e in self.scenario.evidence if e.id not in opened)

    def window(self, policy: str = DEFAULT, response: DeclarationResponse | None = None) -> Window:
        """Return when the policy could and does say yes, on the injects and what was opened.

        Earliest: the first moment its rule could hold if unknowns counted in its favour.
        Expected: the first moment it holds on stated facts alone.
        """
        rule = policy_named(policy)
        known = self._known(response or self.untouched)
        earliest = next((at for at, facts in known if rule.could_hold(facts)), None)
        expected = next((at for at, facts in known if rule.holds(facts)), None)
        return Window(earliest, expected)

    def declared(self, response: DeclarationResponse) -> Call | None:
        """The call that is judged: the first declaration, or joining one that is declared."""
        for act in response.acts:
            if isinstance(act, Call) and (act.choice == "declare" or self._joined(response, act)):
                return act
        return None

    def assess(self, response: DeclarationResponse, policy: str = DEFAULT) -> Feedback:
        return judge(self, response, policy_named(policy))

    def facts_at(self, response: DeclarationResponse, at: int) -> Facts:
        """Return the facts known at that minute."""
        return [facts for when, facts in self._known(response) if when <= at][-1]

    def called(self, response: DeclarationResponse) -> bool:
        """Whether any call was made."""
        return any(isinstance(act, Call) for act in response.acts)

    def looked(self, response: DeclarationResponse) -> bool:
        """Whether any evidence was opened."""
        return any(isinstance(act, Look) for act in response.acts)

    def end(self, response: DeclarationResponse) -> int:
        """Return the minute the run has come to."""
        return self.desk(response).clock

    def marks(self, response: DeclarationResponse, names: tuple[str, ...]) -> Mark:
        """Return the minutes that the picture of a run shows."""
        call = self.declared(response)
        known = self._known(response)
        return Mark(
            call.at if call else None,
            tuple(act.at for act in response.acts if isinstance(act, Look)),
            {name: self.window(name, response) for name in names},
            known[0][0],
            max(known[-1][0], self.desk(response).clock),
        )

    def timeline(self, response: DeclarationResponse) -> tuple[tuple[int, str], ...]:
        """Return what happened and what the trainee did, in order: (minute, sentence)."""
        story = [(i.at, f"{i.channel}: {i.text}") for i in self.desk(response).shown]
        own = [(act.at, _deed(act, self)) for act in response.acts]
        return tuple(sorted((line for line in story + own if line[1]), key=lambda line: line[0]))

    def walk(self, response: DeclarationResponse) -> tuple[tuple[str, int], ...]:
        """Return the trainee's way over the lifecycle's states: (state, minute)."""
        way: list[tuple[str, int]] = [("Detected", self.scenario.injects[0].at)]
        for act in response.acts:
            if isinstance(act, Call) and act.choice in _STATES:
                state = _STATES[act.choice]
                if process("overlay").graph.has_edge(way[-1][0], state):
                    way.append((state, act.at))
        return tuple(_with_story(way, self.desk(response).shown))

    def _evidence(self, name: str) -> Evidence:
        found = {evidence.id: evidence for evidence in self.scenario.evidence}
        if name not in found:
            raise NotAllowed(f"there is no evidence {name!r} here; choose from {', '.join(found)}")
        return found[name]

    def _look(self, desk: Desk, given: Given) -> Look:
        name = chosen(given, "open", tuple(evidence.id for evidence in self.closed(desk)))
        return Look(at=desk.clock, evidence=name)

    def _known(self, response: DeclarationResponse) -> list[tuple[int, Facts]]:
        """The facts known at each moment something new was learnt; the latest word wins."""
        news = [(inject.at, inject.stated) for inject in self.scenario.injects]
        news += [(at, evidence.stated) for at, evidence in self.desk(response).opened]
        known: dict[str, Value | None] = {}
        moments: list[tuple[int, Facts]] = []
        for at, facts in sorted(news, key=lambda piece: piece[0]):
            known = known | facts
            moments.append((at, {name: v for name, v in known.items() if v is not None}))
        return moments

    def _joined(self, response: DeclarationResponse, call: Call) -> bool:
        facts = self.facts_at(response, call.at)
        return call.choice == "join" and facts.get("already_declared") is True


_STATES: dict[str, str] = {
    "declare": "Declared",
    "triage": "Triage",
    "no": "Not an incident",
    "join": "Joined",
}


def _with_story(way: list[tuple[str, int]], shown: tuple[Inject, ...]) -> list[tuple[str, int]]:
    if way[-1][0] != "Declared":
        return way
    for inject in shown:
        if inject.state == "mitigated" and inject.at >= way[-1][1]:
            way.append(("Mitigation in place", inject.at))
        if inject.state == "resolved" and way[-1][0] == "Mitigation in place":
            way.append(("Resolved", inject.at))
    return way


def _call(desk: Desk, given: Given) -> Call:
    if desk.called == "declare":
        return _made(desk, given, ())
    choice = chosen(given, "choice", CHOICES)
    needed = {"declare": ("who", "severity", "impact"), "triage": ("who",)}.get(choice, ())
    return _made(desk, given, needed, choice)


_ALLOWED = {"who": tuple(WHO), "severity": LEVELS, "impact": LEVELS}


def _made(desk: Desk, given: Given, needed: tuple[str, ...], choice: str | None = None) -> Call:
    """Return the call with what it needs; after a declaration all of it is optional."""
    names = needed or tuple(name for name in _ALLOWED if desk.called and given.get(name))
    said = {name: chosen(given, name, _ALLOWED[name]) for name in names}
    return Call.model_validate({"at": desk.clock, "choice": choice, **said})


def _deed(act: Call | Look, exercise: Declaration) -> str:
    if isinstance(act, Look):
        return f"you opened: {exercise._evidence(act.evidence).label}"
    if act.choice is None:
        return ""
    who = f" ({WHO[act.who]} told)" if act.who and act.who != "log" else ""
    return f"your call: {CHOICES[act.choice].split(':')[0].lower()}{who}"
