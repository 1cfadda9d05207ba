"""The hunt: a shift's log, at most three flags, and for each flag the facts, not the word.

The class (hazard, near miss, incident …) follows from the facts by doctrine/near_miss, so nobody is
marked wrong for a word.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from incident_training.clock import clock
from incident_training.doctrine.policy import DEFAULT
from incident_training.kinds.base import (
    Feedback,
    Frozen,
    Given,
    NotAllowed,
    Remark,
    Response,
    plural,
)
from incident_training.kinds.hunting import (
    QUESTIONS,
    credited,
    facts_of,
    false_alarm,
    remarks,
)
from incident_training.kinds.log import NearMissPart, Observation, ObservedFacts
from incident_training.kinds.potential import class_of, observed
from incident_training.kinds.scenario import Scenario

MOST_FLAGS = 3


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
        """Every line that matters is raised, then each with its facts.

        A clock of which the author says nothing is not scored; this answers that there is none.
        """
        facts = (line.facts.model_dump(exclude_none=True) for line in self.notable if line.facts)
        given = ({"clock": "no", **one} if one["started"] == "no" else one for one in facts)
        return ({"flags": [line.id for line in self.notable]}, *given)

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
        facts = facts_of(given)
        return NearMissResponse(
            flags=tuple(
                Flag(line=name, facts=facts) if flag.line == name else flag
                for flag in response.flags or ()
            )
        )

    def assess(self, response: NearMissResponse, policy: str = DEFAULT) -> Feedback:
        flagged = {flag.line: flag.facts for flag in response.flags or ()}
        untouched = response.flags is None
        said: list[Remark] = []
        for line in self.part.observations:
            given, raised = flagged.get(line.id), line.id in flagged
            if line.facts:
                said += remarks(line, given, flagged=raised, untouched=untouched)
            elif raised:
                said.append(false_alarm(line))
        if untouched:
            return Feedback(
                verdict="You have not raised a flag yet.", reason="", remarks=tuple(said)
            )
        return Feedback(
            verdict=self._verdict(flagged),
            reason=self._reason(flagged),
            remarks=tuple(said),
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

    def _verdict(self, flagged: Mapping[str, ObservedFacts | None]) -> str:
        found = sum(line.id in flagged for line in self.notable)
        matter = plural(len(self.notable), "line that matters", "lines that matter")
        slips = [slip for line in self.notable if (slip := credited(line, flagged.get(line.id)))]
        return "; ".join((f"You found {found} of the {matter}", *slips)) + "."

    def _reason(self, flagged: Mapping[str, ObservedFacts | None]) -> str:
        missed = [clock(line.at) for line in self.notable if line.id not in flagged]
        *first, last = missed or [""]
        passed = f"{', '.join(first)} and {last}" if first else last
        return f"You passed {passed} as routine." if missed else ""


__all__ = [
    "MOST_FLAGS",
    "QUESTIONS",
    "Flag",
    "NearMiss",
    "NearMissResponse",
    "class_of",
    "observed",
]
