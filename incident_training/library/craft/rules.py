"""rules.toml, read: every rule a fault can name, what it asks, why, and who says so."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from incident_training.library.faults import Fault, Weight

_FILE = files("incident_training.library").joinpath("rules.toml")


@dataclass(frozen=True)
class Rule:
    """One rule: its id, its weight, what it asks in a sentence, the reason, and the source."""

    id: str
    weight: Weight
    asks: str
    why: str
    source: str


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by id, in the order of rules.toml."""
    table = tomllib.loads(_FILE.read_text("utf-8"))
    return {name: Rule(id=name, **row) for name, row in table.items()}


def weighed(fault: Fault) -> Fault:
    """Return a fault with the weight of its rule."""
    return replace(fault, weight=rules()[fault.rule].weight)
