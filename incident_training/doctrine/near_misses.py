"""Examples from many trades with their facts, and the class that follows from them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from incident_training.doctrine.near_miss import Class, Facts


@dataclass(frozen=True)
class Example:
    """One sentence with its facts, and what they come to.

    `listed` are the 25 that were there before the rule; `tempting` is the class one would like to
    say instead, and `differs` where our overlay says more than that list, and why.
    """

    name: str
    text: str
    facts: Facts
    class_: Class
    high_potential: bool
    listed: bool
    tempting: Class | None
    differs: str


@cache
def examples() -> Mapping[str, Example]:
    """Return every example by its name."""
    text = files(__package__).joinpath("near_misses.toml").read_text("utf-8")
    return {name: _example(name, row) for name, row in tomllib.loads(text)["examples"].items()}


def _example(name: str, row: Mapping[str, Any]) -> Example:
    known = {field.name for field in fields(Facts)}
    return Example(
        name,
        row["text"],
        Facts(**{"clock": False, **{fact: row[fact] for fact in row if fact in known}}),
        row["class"],
        row.get("high_potential", False),
        row.get("list", False),
        row.get("tempting"),
        row.get("differs", ""),
    )
