"""The rules of the language review: data in rules/, one file a family; review.toml is shared."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from incident_training.language.words import Words

Outcome = Literal["flag", "ask"]


@dataclass(frozen=True)
class Rule:
    """Words that ask for a question, unless others of the same sentence take it back.

    Of a `whole` paragraph or item, if the rule says so: an action's end may stand a sentence on. It
    holds in the sections `holds` (none named: in all) but those of `silent`. `must` and `never` are
    examples.
    """

    id: str
    family: str
    outcome: Outcome
    words: Words
    unless: Words | None
    whole: bool
    holds: frozenset[str]
    silent: frozenset[str]
    reason: str
    question: str
    source: str
    must: tuple[str, ...]
    never: tuple[str, ...]


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule by id; of a family the first that holds in a sentence counts: a flag."""
    folder = files(__package__).joinpath("rules")
    told: list[Rule] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            table = tomllib.loads(file.read_text("utf-8"))
            words = table.pop("words", {})
            family = file.name.removesuffix(".toml")
            told += [_rule(family, name, row, words) for name, row in table.items()]
    return {rule.id: rule for rule in sorted(told, key=lambda rule: rule.outcome == "ask")}


def _rule(family: str, name: str, row: Mapping[str, Any], words: Mapping[str, list[str]]) -> Rule:
    return Rule(
        id=name,
        family=family,
        outcome=row["outcome"],
        words=Words(row["words"], words),
        unless=Words(row["unless"], words) if "unless" in row else None,
        whole=row.get("whole", False),
        holds=frozenset(row.get("holds", ())),
        silent=frozenset(row.get("silent", ())),
        reason=row["reason"],
        question=row["question"],
        source=row["source"],
        must=tuple(row["must"]),
        never=tuple(row["never"]),
    )
