"""The hunt: a shift's log, at most three flags, and for each flag the facts, not the word.

The class (hazard, near miss, incident …) follows from the facts by doctrine/near_miss, so nobody is
marked wrong for a word.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from incident_training.clock import clock
from incident_training.doctrine.near_miss import STOP_REASONS, Class, Observed, chain, classify
from incident_training.doctrine.policy import DEFAULT
from incident_training.kinds.base import (
    Feedback,
    Frozen,
    Given,
    NotAllowed,
    Remark,
    Response,
    chosen,
    plural,
)
from incident_training.kinds.scenario import NearMissPart, Observation, ObservedFacts, Scenario

MOST_FLAGS = 3
YES_NO: dict[str, str] = {"yes": "Yes", "no": "No"}
QUESTIONS: dict[str, tuple[str, Mapping[str, str]]] = {
    "started": ("Did something start?", YES_NO),
    "reached": ("Did it get out: to a customer, their data, the outside?", YES_NO),
    "harm": ("Was anyone hurt?", YES_NO),
    "stopped_by": ("What stopped it?", STOP_REASONS),
}


_STOPPED = {
    "engineered": "stopped by something built",
    "procedure": "stopped by a step people follow",
    "catch": "caught by somebody who happened to notice",
    "luck": "stopped by luck",
    "nothing": "with nothing to stop it",
}


class Flag(Frozen):
    """One raised flag and the facts given for it; None is not answered."""

    line: str
    facts: ObservedFacts | None = None


class NearMissResponse(Response):
    """The flags; None until they are raised, empty if none was."""

    flags: Annotated[tuple[Flag, ...], Field(max_length=MOST_FLAGS)] | None = None


class NearMiss(Frozen):
    """A scenario played as a near-miss hunt."""

    part_type: ClassVar = NearMissPart

    scenario: Scenario
    kind: Literal["near_miss"] = "near_miss"

    @property
    def part(self) -> NearMissPart:
        """What the author expects; the library sees to it that it is there."""
        part: NearMissPart = self.scenario.asks(self.kind)
        return part

    @property
    def hint(self) -> str:
        return self.part.hint

    @property
    def untouched(self) -> NearMissResponse:
        return NearMissResponse()

    @property
    def steps(self) -> tuple[Given, ...]:
        """Every line that matters is raised, then each with its facts."""
        facts = (line.facts.model_dump(exclude_none=True) for line in self.notable if line.facts)
        return ({"flags": [line.id for line in self.notable]}, *facts)

    @property
    def notable(self) -> tuple[Observation, ...]:
        """The lines that are not routine."""
        return tuple(line for line in self.part.observations if line.facts)

    def line(self, name: str) -> Observation:
        """Return the line of that id."""
        return next(line for line in self.part.observations if line.id == name)

    def stage(self, response: NearMissResponse) -> str:
        """ "flags", then "facts:ID" for each flag, then "done"."""
        if response.flags is None:
            return "flags"
        waiting = [flag.line for flag in response.flags if flag.facts is None]
        return f"facts:{waiting[0]}" if waiting else "done"

    def take(self, response: NearMissResponse, given: Given) -> NearMissResponse:
        """Raise flags ({"flags": [id, …]}) or give the facts of the next one."""
        stage = self.stage(response)
        if stage == "done":
            raise NotAllowed("every flag has its facts; play it again to change them")
        if stage == "flags":
            return NearMissResponse(flags=tuple(Flag(line=n) for n in self._raised(given)))
        name = stage.removeprefix("facts:")
        facts = _facts(given)
        return NearMissResponse(
            flags=tuple(
                Flag(line=name, facts=facts) if flag.line == name else flag
                for flag in response.flags or ()
            )
        )

    def assess(self, response: NearMissResponse, policy: str = DEFAULT) -> Feedback:
        flagged = {flag.line: flag.facts for flag in response.flags or ()}
        untouched = response.flags is None
        remarks: list[Remark] = []
        for line in self.part.observations:
            if line.facts:
                remarks += _notable(line, untouched, line.id in flagged, flagged.get(line.id))
            elif line.id in flagged:
                remarks.append(_false_alarm(line))
        if untouched:
            return Feedback(
                verdict="You have not raised a flag yet.", reason="", remarks=tuple(remarks)
            )
        return Feedback(
            verdict=self._verdict(set(flagged)),
            reason=self._reason(flagged),
            remarks=tuple(remarks),
            ending=self.part.ending,
        )

    def _raised(self, given: Given) -> list[str]:
        names = given.get("flags")
        known = {line.id for line in self.part.observations}
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise NotAllowed("flags: send a list of lines")
        if len(set(names)) > MOST_FLAGS:
            raise NotAllowed(f"raise at most {MOST_FLAGS} flags: which ones would you talk about?")
        if not set(names) <= known:
            raise NotAllowed("flags: one of these is not a line of this log")
        return [line.id for line in self.part.observations if line.id in names]

    def in_words(self, facts: ObservedFacts) -> str:
        """Return the facts of a line as a phrase: "started, did not get out, stopped by luck"."""
        if facts.started == "no":
            return "a condition, waiting"
        if facts.reached == "no":
            return f"started, did not get out, {_STOPPED[facts.stopped_by or 'nothing']}"
        return f"started, got out, {'somebody' if facts.harm == 'yes' else 'nobody'} hurt"

    def _verdict(self, flagged: set[str]) -> str:
        found = sum(line.id in flagged for line in self.notable)
        return f"You found {found} of the {plural(len(self.notable), 'line', 'lines')} that matter."

    def _reason(self, flagged: Mapping[str, ObservedFacts | None]) -> str:
        missed = [line for line in self.notable if line.id not in flagged]
        said = [f"You passed {clock(line.at)} as routine. {line.because}" for line in missed]
        return " ".join(said + [s for s in map(self._credited, flagged.items()) if s])

    def _credited(self, flag: tuple[str, ObservedFacts | None]) -> str | None:
        line, given = self.line(flag[0]), flag[1]
        if line.facts is None or given is None or line.facts.stopped_by is None:
            return None
        if given.stopped_by in (None, line.facts.stopped_by):
            return None
        credited, real = STOP_REASONS[given.stopped_by], STOP_REASONS[line.facts.stopped_by]
        return f"At {clock(line.at)} you credited {credited}; it was {real}."


def observed(facts: ObservedFacts | None) -> Observed:
    """Return the facts as doctrine reads them; None is a routine line."""
    if facts is None:
        return Observed()
    return Observed(
        facts.started == "yes", facts.reached == "yes", facts.harm == "yes", facts.stopped_by
    )


def class_of(facts: ObservedFacts | None) -> Class:
    """Return the class that follows from the facts."""
    return classify(observed(facts))


def _facts(given: Given) -> ObservedFacts:
    started = chosen(given, "started", tuple(YES_NO))
    if started == "no":
        return ObservedFacts(started="no")
    reached = chosen(given, "reached", tuple(YES_NO))
    if reached == "no":
        stopped = chosen(given, "stopped_by", tuple(STOP_REASONS))
        return ObservedFacts.model_validate(
            {"started": started, "reached": reached, "stopped_by": stopped}
        )
    harm = chosen(given, "harm", tuple(YES_NO))
    return ObservedFacts.model_validate({"started": started, "reached": reached, "harm": harm})


def _notable(
    line: Observation, untouched: bool, flagged: bool, facts: ObservedFacts | None
) -> list[Remark]:
    name, steps = chain(observed(line.facts))
    seen = Remark(
        item=f"{clock(line.at)} {line.text}",
        given=None if untouched else ("flagged" if flagged else "passed as routine"),
        expected=f"worth a flag: {name}",
        score=None if untouched else float(flagged),
        because=line.because,
    )
    if not facts or not line.facts:
        return [seen]
    asked = [name for name in QUESTIONS if getattr(line.facts, name) is not None]
    return [seen, *(_fact(line, name, facts, steps) for name in asked)]


def _fact(line: Observation, name: str, given: ObservedFacts, steps: tuple[str, ...]) -> Remark:
    question, words = QUESTIONS[name]
    said, right = getattr(given, name), getattr(line.facts, name)
    return Remark(
        item=f"{clock(line.at)} {question}",
        given=said and words[said],
        expected=words[right],
        score=None if said is None else float(said == right),
        because=" ".join(steps),
    )


def _false_alarm(line: Observation) -> Remark:
    return Remark(
        item=f"{clock(line.at)} {line.text}",
        given="flagged",
        expected="routine",
        score=0.0,
        because=line.because,
    )
