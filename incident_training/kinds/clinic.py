"""The clinic: somebody's weak draft is read, a few passages are marked, each gets a question.

What is scored is where one asked. What one asks and how one mends it is for people to judge, so no
text is. Nobody is told how many places there are: a few more marks may be made than are planted.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from incident_training.doctrine.policy import DEFAULT
from incident_training.kinds.base import (
    LINE,
    Feedback,
    Frozen,
    Given,
    NotAllowed,
    Response,
    chosen,
    written,
)
from incident_training.kinds.consulting import Mark, reason, remarks, verdict
from incident_training.kinds.planted import ClinicPart, Passage
from incident_training.kinds.scenario import Scenario

FEWEST_MARKS = 6
MOST_MARKS = 8
MEND: dict[str, str] = {
    "mended": "I put it like this",
    "left": "Leave it: the question is enough",
}


class ClinicResponse(Response):
    """The marks; None until they are made, empty if the draft is let pass."""

    marks: Annotated[tuple[Mark, ...], Field(max_length=MOST_MARKS)] | None = None

    @property
    def marked(self) -> dict[str, Mark]:
        """The marks by passage."""
        return {mark.passage: mark for mark in self.marks or ()}


class Clinic(Frozen):
    """A scenario played as a postmortem clinic."""

    part_type: ClassVar = ClinicPart

    scenario: Scenario
    kind: Literal["clinic"] = "clinic"

    @property
    def part(self) -> ClinicPart:
        """What the author planted; the library sees to it that it is there."""
        part: ClinicPart = self.scenario.asks(self.kind)
        return part

    @property
    def hint(self) -> str:
        return self.part.hint

    @property
    def untouched(self) -> ClinicResponse:
        return ClinicResponse()

    @property
    def steps(self) -> tuple[Given, ...]:
        """Every planted passage is marked, then each is asked about and mended."""
        each = (_authored(one) for one in self.planted)
        return ({"marks": [one.id for one in self.planted]}, *each)

    @property
    def planted(self) -> tuple[Passage, ...]:
        """The passages with a fault."""
        return tuple(one for one in self.part.draft if one.fault)

    @property
    def most(self) -> int:
        """How many marks may be made: an even number, so that it does not give theirs away."""
        return min(max(len(self.planted) + len(self.planted) % 2, FEWEST_MARKS), MOST_MARKS)

    def passage(self, name: str) -> Passage:
        """Return the passage of that id."""
        return next(one for one in self.part.draft if one.id == name)

    def number(self, name: str) -> int:
        """Return the number of a passage, as it is shown: from 1."""
        return 1 + [one.id for one in self.part.draft].index(name)

    def stage(self, response: ClinicResponse) -> str:
        """ "marks", then "passage:ID" for each mark, then "done"."""
        if response.marks is None:
            return "marks"
        waiting = [mark.passage for mark in response.marks if mark.asks is None]
        return f"passage:{self.passage(waiting[0]).id}" if waiting else "done"

    def take(self, response: ClinicResponse, given: Given) -> ClinicResponse:
        """Mark passages ({"marks": [id, …]}), or ask about the next one and mend or leave it."""
        stage = self.stage(response)
        if stage == "done":
            raise NotAllowed("every mark has its question; play it again to change them")
        if stage == "marks":
            return ClinicResponse(marks=tuple(Mark(passage=n) for n in self._marked(given)))
        mark = self._asked(self.passage(stage.removeprefix("passage:")), given)
        return ClinicResponse(
            marks=tuple(mark if m.passage == mark.passage else m for m in response.marks or ())
        )

    def assess(self, response: ClinicResponse, policy: str = DEFAULT) -> Feedback:
        untouched, draft = response.marks is None, self.part.draft
        said = tuple(remarks(draft, response.marked, untouched=untouched))
        if untouched:
            return Feedback(verdict="The draft waits to be read.", reason="", remarks=said)
        told = verdict(draft, response.marked), reason(draft, response.marked)
        return Feedback(verdict=told[0], reason=told[1], remarks=said)

    def _marked(self, given: Given) -> list[str]:
        names, draft = given.get("marks"), [one.id for one in self.part.draft]
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise NotAllowed("marks: send a list of passages")
        if len(set(names)) > self.most:
            raise NotAllowed(f"mark at most {self.most}: where would a question help most?")
        if not set(names) <= {*draft}:
            raise NotAllowed("marks: one of these is not a passage of this draft")
        return [name for name in dict.fromkeys(draft) if name in names]

    def _asked(self, passage: Passage, given: Given) -> Mark:
        asks = " ".join(written(given, "asks").split())
        if not asks or len(asks) > LINE:
            raise NotAllowed(f"your question: one line, of at most {LINE} characters")
        if chosen(given, "mend", MEND) == "left":
            return Mark(passage=passage.id, asks=asks)
        mended = written(given, "mended", 2_000)
        if not changed(passage, mended):
            raise NotAllowed("this is still the passage as it was: change it, or leave it")
        return Mark(passage=passage.id, asks=asks, mended=mended)


def changed(passage: Passage, text: str) -> bool:
    """Whether a text says anything else than the passage, spaces apart."""
    return bool(text) and text.split() != passage.text.split()


def _authored(passage: Passage) -> Given:
    fault = passage.fault
    if fault is None or not changed(passage, fault.mended):
        return {"asks": fault and fault.asks, "mend": "left"}
    return {"asks": fault.asks, "mend": "mended", "mended": fault.mended}
