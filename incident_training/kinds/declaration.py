"""Declaring: injects arrive one at a time; when would you declare, and who needs to know?

The earliest and expected moment are derived from the facts shown and the policy in force, so a
change of policy changes the verdict and never the stored response.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

from incident_training.doctrine.policy import DEFAULT, among
from incident_training.doctrine.policy import policy as policy_named
from incident_training.doctrine.priority import LEVELS
from incident_training.kinds.base import (
    Feedback,
    Frozen,
    Given,
    NotAllowed,
    Response,
    chosen,
    written,
)
from incident_training.kinds.judgement import judge
from incident_training.kinds.run import LINE, Call, Look, Run, Window, evidence_of, run
from incident_training.kinds.scenario import DeclarationPart, Scenario
from incident_training.kinds.vocabulary import CHANCES, CHOICES, WHO
from incident_training.lifecycle import Walk, process


class DeclarationResponse(Response):
    """What the trainee did, in order."""

    acts: tuple[Call | Look, ...] = ()


@dataclass(frozen=True)
class Mark:
    """What happened when, for the picture of a run; `windows` by the policy's name."""

    declared: int | None
    looks: tuple[int, ...]
    windows: dict[str, Window]
    start: int
    end: int


class Declaration(Frozen):
    """A scenario played as a declaration drill."""

    part_type: ClassVar = DeclarationPart

    scenario: Scenario
    kind: Literal["declaration"] = "declaration"

    @property
    def part(self) -> DeclarationPart:
        """What the author expects; the library sees to it that it is there."""
        part: DeclarationPart = self.scenario.asks(self.kind)
        return part

    @property
    def hint(self) -> str:
        return self.part.hint

    @property
    def untouched(self) -> DeclarationResponse:
        return DeclarationResponse()

    @property
    def steps(self) -> tuple[Given, ...]:
        """The author's run; after its last step the shift simply goes on."""
        steps: list[Given] = []
        response = self.untouched
        for step in self.part.exemplar:
            last = self.run(response).shown[-1].id
            if step.after != last:
                raise NotAllowed(f"the exemplar's step after {step.after} comes after {last}")
            steps.append(step.model_dump(exclude={"after"}, exclude_none=True))
            response = self.take(response, steps[-1])
        while not self.run(response).done:
            steps.append({} if self.run(response).declared else {"choice": "watch"})
            response = self.take(response, steps[-1])
        return tuple(steps)

    def run(self, response: DeclarationResponse) -> Run:
        """Return where the shift stands: what arrived, what was opened, which call counts."""
        return run(self.scenario, response.acts)

    def stage(self, response: DeclarationResponse) -> str:
        here = self.run(response)
        return "done" if here.done else ("declared" if here.declared else "call")

    def take(self, response: DeclarationResponse, given: Given) -> DeclarationResponse:
        """Open evidence ({"open": id}) or make a call ({"choice": …, "who": …, …})."""
        here = self.run(response)
        if here.done:
            raise NotAllowed("this shift is over; play it again to change a call")
        act = _look(here, given) if "open" in given else _call(here, given)
        return DeclarationResponse(acts=(*response.acts, act))

    def window(self, policy: str = DEFAULT, response: DeclarationResponse | None = None) -> Window:
        """Return when a policy could and does say yes: in a run, or on the injects alone."""
        return self.run(response or self.untouched).window(policy_named(policy))

    def assess(self, response: DeclarationResponse, policy: str = DEFAULT) -> Feedback:
        return judge(self.part, self.run(response), policy_named(policy))

    def marks(self, response: DeclarationResponse, policy: str = DEFAULT) -> Mark:
        """Return the minutes that the picture of a run shows, under every policy and this one."""
        here = self.run(response)
        known = here.known()
        return Mark(
            here.counts.at if here.counts else None,
            tuple(act.at for act in here.acts if isinstance(act, Look)),
            {name: here.window(rule) for name, rule in among(policy).items()},
            known[0][0],
            max(known[-1][0], here.clock),
        )

    def timeline(self, response: DeclarationResponse) -> tuple[tuple[int, str], ...]:
        """Return what happened and what the trainee did, in order: (minute, sentence)."""
        here = self.run(response)
        story = [(i.at, f"{i.channel}: {i.text}") for i in here.shown]
        own = [(act.at, deed) for act in here.acts if (deed := _deed(act, self.scenario))]
        return tuple(sorted(story + own, key=lambda line: line[0]))

    def walk(self, response: DeclarationResponse) -> Walk:
        """Return the trainee's way over the lifecycle, and then the story's, once declared."""
        here = self.run(response)
        way = Walk(process("overlay"), (("Detected", here.seen[0][0]),))
        for act in here.acts:
            if isinstance(act, Call):
                way = _step(way, _state(act, here), act.at)
                way = _step(way, "Stood down" if act.down else None, act.at)
        for inject in here.shown if here.declared else ():
            at = max(inject.at, way.steps[-1][1])  # it may have come before one declared
            way = _step(way, _STORY.get(inject.state or ""), at)
        return way


_STATES: dict[str | None, str] = {
    "declare": "Declared",
    "triage": "Triage",
    "no": "Not an incident",
    "join": "Joined",
}
_STORY: dict[str, str] = {"mitigated": "Mitigation in place", "resolved": "Resolved"}


def _state(act: Call, here: Run) -> str | None:
    """The state a call leads to; there is no joining what nobody declared."""
    return None if act.choice == "join" and act is not here.counts else _STATES.get(act.choice)


def _step(way: Walk, state: str | None, at: int) -> Walk:
    """Go there if the process has that move; a call may also change nothing."""
    return way.go(state, at) if state in way.allowed else way


def _look(here: Run, given: Given) -> Look:
    names = tuple(evidence.id for evidence in here.closed)
    return Look(at=here.clock, evidence=chosen(given, "open", names))


def _call(here: Run, given: Given) -> Call:
    if here.declared:
        optional = tuple(name for name in _ALLOWED if given.get(name))
        return _made(here, given, None, optional)
    choice = chosen(given, "choice", CHOICES)
    stated = ("chance",) if given.get("chance") else ()
    return _made(here, given, choice, (*_NEEDED.get(choice, ()), *stated))


_ALLOWED = {"who": tuple(WHO), "severity": LEVELS, "impact": LEVELS, "chance": tuple(CHANCES)}
_NEEDED = {"declare": ("who", "severity", "impact"), "triage": ("who",)}


def _made(here: Run, given: Given, choice: str | None, names: tuple[str, ...]) -> Call:
    said = {name: chosen(given, name, _ALLOWED[name]) for name in names}
    lines = _lines(here, given) if here.declared else {}
    return Call.model_validate({"at": here.clock, "choice": choice, **said, **lines})


def _lines(here: Run, given: Given) -> dict[str, str]:
    """The sentence, and why one stands down: each once."""
    asked = {"sentence": here.sentence is None, "down": here.down is None}
    lines = {name: written(given, name, LINE) for name, open_ in asked.items() if open_}
    if given.get("course") == "down" and not lines.get("down"):
        raise NotAllowed("say in a line why it can be stood down")
    return {name: line for name, line in lines.items() if line}


def _deed(act: Call | Look, scenario: Scenario) -> str:
    if isinstance(act, Look):
        return f"you opened: {evidence_of(scenario, act.evidence).label}"
    if act.choice is None:
        said = [act.sentence and f"you said: {act.sentence}"]
        said += [act.down and f"you stood it down: {act.down}"]
        return " ".join(filter(None, said))
    who = f" ({WHO[act.who]} told)" if act.who and act.who != "log" else ""
    return f"your call: {CHOICES[act.choice].split(':')[0].lower()}{who}"
