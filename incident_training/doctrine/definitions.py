"""Published definitions of "incident" as rules over facts, and who would call a situation one.

Our reading of each is marked as ours; kin stand in one family, so that they do not vote thrice.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from incident_training.doctrine.facts import Facts, Value, typed
from incident_training.doctrine.rule import Rule, parse


@dataclass(frozen=True)
class Family:
    """Definitions that ask the same question."""

    name: str
    title: str
    says: str


@dataclass(frozen=True)
class Definition:
    """One published definition. `says` and `rule` are ours; `reading` is what was left open."""

    name: str
    title: str
    year: int
    family: Family
    says: str
    rule: Rule
    source: str
    url: str | None = None
    reading: str | None = None


@dataclass(frozen=True)
class Situation:
    """A situation that definitions can be held against; `almost`: it reached nobody, and could."""

    name: str
    text: str
    facts: Facts
    almost: bool


@cache
def families() -> Mapping[str, Family]:
    """Every family by name, in the order of definitions.toml."""
    rows = _table("definitions.toml")["families"].items()
    return {name: Family(name, row["title"], row["says"]) for name, row in rows}


@cache
def definitions() -> Mapping[str, Definition]:
    """Every definition by name, in the order of definitions.toml."""
    rows = _table("definitions.toml")["definitions"].items()
    return {name: _definition(name, row) for name, row in rows}


@cache
def situations() -> Mapping[str, Situation]:
    """Situations in which the definitions differ, by name; what is not named there is no."""
    table = _table("situations.toml")
    nothing = _typed(table["unless_said"])
    return {
        name: Situation(name, row["text"], nothing | _facts(row), bool(row.get("almost")))
        for name, row in table["situations"].items()
    }


def verdicts(facts: Facts) -> dict[str, bool | None]:
    """Return what each definition says of these facts: yes, no, or None where one is missing."""
    return {name: one.rule.verdict(facts) for name, one in definitions().items()}


def _definition(name: str, row: Mapping[str, str]) -> Definition:
    return Definition(
        name,
        row["name"],
        int(row["year"]),
        families()[row["family"]],
        row["says"],
        parse(row["rule"]),
        row["source"],
        row.get("url"),
        row.get("reading"),
    )


def _facts(row: Mapping[str, str]) -> dict[str, Value]:
    other = {name: value for name, value in row.items() if name not in ("text", "yes", "almost")}
    return _typed(dict.fromkeys(row["yes"].split(), "yes") | other)


def _typed(row: Mapping[str, str]) -> dict[str, Value]:
    values = ((name, typed(name, text)) for name, text in row.items())
    return {name: value for name, value in values if value is not None}


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))
