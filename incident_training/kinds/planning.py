"""Planning: candidates meet what waits already; a few places, and a reason for what is declined.

A review is not a planning session: it cannot see all other work. Source: Jens Rantil, "Incident
review action items".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from incident_training.kinds.base import Frozen, Given, NotAllowed, plural, written
from incident_training.kinds.candidates import LONGEST_LINE, Candidate
from incident_training.kinds.workbook import Backlog

OWN = "own-"  # and the place of a candidate in the draft, from 0


@dataclass(frozen=True)
class Item:
    """One thing that could be taken: a candidate of one's own, or what waited already."""

    id: str
    text: str
    because: str = ""

    @property
    def own(self) -> bool:
        """Whether it comes from the draft."""
        return self.id.startswith(OWN)


class Plan(Frozen):
    """What was taken, by item; and why each candidate that was not is declined, "" if not said."""

    taken: tuple[str, ...]
    declined: dict[str, str] = Field(default_factory=dict)

    def took(self, number: int) -> bool:
        """Whether the candidate of that number, from 0, was taken."""
        return f"{OWN}{number}" in self.taken


def items(backlog: Backlog, candidates: Sequence[Candidate]) -> dict[str, Item]:
    """Return all that could be taken by id: first what waits, then the candidates."""
    waiting = [Item(f"waits-{n}", one.text, one.because) for n, one in enumerate(backlog.waiting)]
    own = [Item(f"{OWN}{n}", one.text, one.known) for n, one in enumerate(candidates)]
    return {item.id: item for item in (*waiting, *own)}


def taken(given: Given, backlog: Backlog, known: Mapping[str, Item]) -> Plan:
    """Return the plan with what is taken, {"take": [id, …]}, or raise NotAllowed."""
    names = given.get("take")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise NotAllowed("take: send a list of items")
    if not set(names) <= set(known):
        raise NotAllowed("take: one of these is not in the backlog")
    if len(set(names)) > backlog.places:
        raise NotAllowed(f"take: there is room for {plural(backlog.places, 'item', 'items')}")
    return Plan(taken=tuple(name for name in known if name in names))


def open_(plan: Plan, known: Mapping[str, Item]) -> list[Item]:
    """Return the candidates that were not taken and have no word said about it yet."""
    left = [item for item in known.values() if item.own and item.id not in plan.taken]
    return [item for item in left if item.id not in plan.declined]


def declined(given: Given, plan: Plan, known: Mapping[str, Item]) -> Plan:
    """Return the plan with a reason for each candidate declined, {"why-ID": text}."""
    why = {i.id: written(given, f"why-{i.id}", LONGEST_LINE) for i in open_(plan, known)}
    if missing := next((name for name, said in why.items() if not said), None):
        raise NotAllowed(f"“{known[missing].text}”: say why not now")
    return plan.model_copy(update={"declined": {**plan.declined, **why}})
