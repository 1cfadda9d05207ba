"""What the rules and the published definitions say on what a room knows now, and no more."""

from collections.abc import Iterator
from dataclasses import dataclass

from incident_training.clock import clock
from incident_training.doctrine.definitions import definitions, families, verdicts
from incident_training.doctrine.facts import Facts
from incident_training.doctrine.policy import Policy, policies
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block
from incident_training.widgets.projecting.room import Room

SAYS = {True: "✓ yes", False: "✕ no", None: "○ open"}
HEADS = ["Family", "Yes", "No", "Not known"]


@dataclass(frozen=True)
class Ruling:
    """What a rule says now; `since` and `because` only once its moment has come."""

    policy: Policy
    says: bool | None
    since: int | None
    because: str | None

    @property
    def words(self) -> str:
        since = f" since {clock(self.since)}" if self.says and self.since is not None else ""
        return f"{self.policy.title}: {SAYS[self.says]}{since}"


def rulings(room: Room) -> Iterator[Ruling]:
    """Return what each rule in force says on what is known now."""
    here, because = room.run, room.drill.part.because
    facts = here.facts_at(here.clock)
    for name, rule in policies().items():
        expected = here.window(rule).expected
        since = expected if expected is not None and expected <= here.clock else None
        told = because.get(name) if since is not None else None
        yield Ruling(rule, rule.rule.verdict(facts), since, told)


def ruled(room: Room) -> Iterator[Block]:
    """Say what each rule asks, what it says now, and why where its moment has come."""
    for one in rulings(room):
        yield blocks.words(one.words, "heading")
        yield blocks.words(one.because or one.policy.question, "body" if one.because else "soft")


def matrix(facts: Facts, at: int) -> Block:
    """Return the families of published definitions, and who of them says what of these facts."""
    said = verdicts(facts)
    rows = []
    for family in families().values():
        kin = [one for one in definitions().values() if one.family == family]
        named = [
            [one.title for one in kin if said[one.name] is says] for says in (True, False, None)
        ]
        rows.append([family.title, *(_cell(names) for names in named)])
    return blocks.table(f"Published definitions, on what is known at {clock(at)}", HEADS, rows)


def _cell(names: list[str]) -> str:
    return f"{len(names)}\n{'; '.join(names)}" if names else "0"
