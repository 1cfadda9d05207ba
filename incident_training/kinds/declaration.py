"""Declaring: injects arrive one at a time; when would you declare, and who needs to know?

The earliest and expected moment are derived from the facts shown and the policy in force, so a
change of policy changes the verdict and never the stored response.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

from incident_training.clock import clock
from incident_training.doctrine.policy import DEFAULT, among
from incident_training.doctrine.policy import policy as policy_named
from incident_training.kinds.base import Feedback, Frozen, Given, NotAllowed, Response
from incident_training.kinds.calls import made, over
from incident_training.kinds.judgement import judge
from incident_training.kinds.run import Call, Look, Run, Window, evidence_of, run
from incident_training.kinds.scenario import DeclarationPart, Scenario
from incident_training.kinds.vocabulary import CHOICES, RUNG, WHO
from incident_training.lifecycle import Walk, process


class DeclarationResponse(Response):
    """What the trainee did, in order."""

    acts: tuple[Call | Look, ...] = ()


@dataclass(frozen=True)
class Mark:
    """What happened when, for the picture of a run; `windows` by the policy's name.

    `families` has, by title, when one of a family of definitions says yes and when most do.
    """

    declared: int | None
    looks: tuple[int, ...]
    windows: dict[str, Window]
    families: dict[str, Window]
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
        """The author's run; after its last step the shift goes on, and a triage is closed."""
        steps: list[Given] = []
        response = self.untouched
        for step in self.part.exemplar:
            last = self.run(response).shown[-1].id
            if step.after != last:
                raise NotAllowed(f"the exemplar's step after {step.after} comes after {last}")
            steps.append(step.model_dump(exclude={"after"}, exclude_none=True))
            response = self.take(response, steps[-1])
        while (stage := self.stage(response)) != "done":
            ended = {"over": self.part.over.value} if self.part.over else {}
            steps.append(ended if stage == "over" else _GOES_ON[stage])
            response = self.take(response, steps[-1])
        return tuple(steps)

    def run(self, response: DeclarationResponse) -> Run:
        """Return where the shift stands: what arrived, what was opened, which call counts."""
        return run(self.scenario, response.acts)

    def stage(self, response: DeclarationResponse) -> str:
        here = self.run(response)
        if here.done:
            return "done" if here.over or self.part.over is None else "over"
        if here.counts:
            return "declared" if here.declared else "joined"
        return "rung" if here.rung else "call"

    def take(self, response: DeclarationResponse, given: Given) -> DeclarationResponse:
        """Open evidence ({"open": id}), make a call ({"choice": …, …}), say if it is over."""
        here, stage = self.run(response), self.stage(response)
        if stage == "done":
            raise NotAllowed("this shift is over; play it again to change a call")
        act = over(here, given) if stage == "over" else made(here, given)
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
            here.families(),
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


_GOES_ON: dict[str, Given] = {
    "call": {"choice": "watch"},
    "rung": {"choice": "no"},
    "declared": {},
    "joined": {},
}
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


def _deed(act: Call | Look, scenario: Scenario) -> str:
    if isinstance(act, Look):
        return f"you opened: {evidence_of(scenario, act.evidence).label}"
    if act.choice is None:  # after a declaration, or at the end
        said = [act.sentence and f"you said: {act.sentence}"]
        said += [act.down and f"you stood it down: {act.down}"]
        return " ".join(filter(None, said))
    who = f" ({WHO[act.who]} told)" if act.who and act.who != "log" else ""
    call = {**RUNG, **CHOICES}[act.choice].split(":")[0].lower()
    until = f" until {clock(act.rings)}" if act.rings is not None else ""
    would = f", declare if: {act.would}" if act.would else ""
    return f"your call: {call}{until}{who}{would}"
