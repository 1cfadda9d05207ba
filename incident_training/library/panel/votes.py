"""Votes on whether something is worth a review, and a scenario that is judged by them.

The rule they stand for is `worth_review`: one author's opinion in the file, a majority here.
"""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from incident_training.clock import clock
from incident_training.doctrine.facts import UNKNOWN
from incident_training.doctrine.policy import DEFAULT
from incident_training.kinds import Scenario
from incident_training.kinds.base import Frozen, plural
from incident_training.kinds.scenario import DeclarationPart, Evidence, Fact, Inject

Vote = Literal["yes", "no", "cannot tell"]
VOTED = "worth_review"
FEW = 10  # people; below, what a panel says is provisional
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class Tally(Frozen):
    """How many said what of one inject."""

    yes: Count = 0
    no: Count = 0
    cannot_tell: Count = 0

    @property
    def n(self) -> int:
        """How many answered."""
        return self.yes + self.no + self.cannot_tell

    @property
    def says(self) -> str:
        """What more than half of those who answered say: yes or no; else unknown."""
        if 2 * self.yes > self.n:
            return "yes"
        return "no" if 2 * self.no > self.n else UNKNOWN

    @property
    def words(self) -> str:
        """The share that said yes: "2 of 9"."""
        return f"{self.yes} of {self.n}"


class Votes(Frozen):
    """The votes on one card: of how many `people`, on which edition, `read` on which day."""

    edition: str
    people: Count
    read: str
    injects: dict[str, Tally]


class Panel(Frozen):
    """All votes that are in force, by card."""

    format: Literal[1] = 1
    cards: dict[str, Votes] = Field(default_factory=dict)


class PanelPart(DeclarationPart):
    """What a declaration expects, where the reason says itself whose view it is."""

    whose: ClassVar[str] = ""


def with_votes(scenario: Scenario, panel: Panel) -> Scenario:
    """Return the scenario as the panel sees it; as it was, without votes on this edition of it.

    Each inject says what most voted, so that nothing of the author's opinion is left between the
    panel's. Where evidence holds that opinion it leaves the question open instead: the panel has
    not seen it, so whoever has looked knows more than those who voted.
    """
    votes = panel.cards.get(scenario.id)
    if votes is None or votes.edition != scenario.edition:
        return scenario
    part = scenario.asks("declaration")
    told = {"declaration": _told(part, scenario.injects, votes)} if part is not None else {}
    injects = tuple(_voted(one, votes.injects.get(one.id, Tally())) for one in scenario.injects)
    evidence = tuple(map(_open, scenario.evidence))
    return scenario.model_copy(update={"injects": injects, "evidence": evidence, **told})


def spread(injects: Iterable[Inject], votes: Votes) -> str:
    """Return how the panel voted, as it went: "at 08:12 2 of 9 said yes, at 08:17 7 of 9"."""
    tallies = [(one.at, votes.injects.get(one.id, Tally())) for one in injects]
    first, *others = [f"at {clock(at)} {tally.words}" for at, tally in tallies if tally.n] or [
        "none"
    ]
    return ", ".join([f"{first} said yes", *others])


def provisional(people: int) -> str:
    """Return what to add to the number of people where they are few; else nothing."""
    return ", provisional below ten" if people < FEW else ""


def _voted(inject: Inject, tally: Tally) -> Inject:
    because = f"{tally.words} of your panel said yes."
    facts = {**inject.facts, VOTED: Fact(value=tally.says, because=because)}
    return inject.model_copy(update={"facts": facts})


def _open(evidence: Evidence) -> Evidence:
    if VOTED not in evidence.facts:
        return evidence
    unseen = Fact(value=UNKNOWN, because="Your panel has not seen this.")
    return evidence.model_copy(update={"facts": {**evidence.facts, VOTED: unseen}})


def _told(part: DeclarationPart, injects: Iterable[Inject], votes: Votes) -> DeclarationPart:
    people = plural(votes.people, "person", "people")
    said = f"Your panel, {people}{provisional(votes.people)}: {spread(injects, votes)}."
    if author := part.because.get(DEFAULT):
        said = f"{said} The author's view: {author}"
    fields = {name: getattr(part, name) for name in type(part).model_fields}
    return PanelPart.model_construct(**{**fields, "because": {**part.because, DEFAULT: said}})
