"""The rules of the language review: data in rules/, one file a family; review.toml is shared."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Outcome = Literal["flag", "ask"]


@dataclass(frozen=True)
class Rule:
    """Words that ask for a question, unless others of the same sentence take it back.

    It holds in the sections `holds` (none named: in all) but those of `silent`. `must` and `never`
    are examples.
    """

    id: str
    family: str
    outcome: Outcome
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
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


@cache
def shared() -> Mapping[str, Any]:
    """Return review.toml: the words that rules share, and what holds for all of them."""
    return tomllib.loads(files(__package__).joinpath("review.toml").read_text("utf-8"))


def pattern(
    written: str | list[str], words: Mapping[str, list[str]] | None = None
) -> re.Pattern[str]:
    """Return a pattern that ignores case, of one string or of several that are alternatives.

    A space is any space, ` .. ` up to three words between, `{name}` a list of `words` or of
    review.toml.
    """
    lists = shared()["words"] | (words or {})
    written = written if isinstance(written, str) else "|".join(written)
    while _NAMED.search(written):
        written = _NAMED.sub(lambda found: f"(?:{'|'.join(lists[found[1]])})", written)
    spaced = _SPACE.sub(lambda found: _SPACES.get(found[0], found[0]), written)
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE)


def _rule(family: str, name: str, row: Mapping[str, Any], words: Mapping[str, list[str]]) -> Rule:
    return Rule(
        id=name,
        family=family,
        outcome=row["outcome"],
        words=pattern(row["words"], words),
        unless=pattern(row["unless"], words) if "unless" in row else None,
        holds=frozenset(row.get("holds", ())),
        silent=frozenset(row.get("silent", ())),
        reason=row["reason"],
        question=row["question"],
        source=row["source"],
        must=tuple(row["must"]),
        never=tuple(row["never"]),
    )


_NAMED = re.compile(r"\{([a-z-]{2,30})\}")
_SPACE = re.compile(r"(?<!\\)\[[^\]]{1,40}\]| \.\. | ")  # in a class of characters it is itself
_SPACES = {" ": r"\s{1,20}", " .. ": r"(?:\s{1,20}[^\s]{1,40}){0,3}\s{1,20}"}
