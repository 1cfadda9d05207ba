"""The facts an inject can make known: the vocabulary of definitions and policies."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Value = bool | int | str
Facts = Mapping[str, Value]
UNKNOWN = "unknown"  # what an author writes to take a fact back
_DIGITS = 9  # of a count; Python reads no number of more than 4,300


@dataclass(frozen=True)
class Kind:
    """One fact: `levels` is empty for yes-no and number; a judgement has to carry its reason.

    `differs`: two people who look at the same thing may say differently.
    """

    name: str
    means: str
    levels: tuple[str, ...] = ()
    number: bool = False
    judgement: bool = False
    differs: bool = False

    @property
    def allowed(self) -> str:
        """What an author may write, in words."""
        if self.levels:
            return ", ".join((*self.levels, UNKNOWN))
        return "a whole number or unknown" if self.number else "yes, no or unknown"


@cache
def vocabulary() -> Mapping[str, Kind]:
    """Every fact by name, in the order of facts.toml."""
    table = tomllib.loads(files(__package__).joinpath("facts.toml").read_text("utf-8"))
    return {name: _kind(name, row) for name, row in table.items()}


def typed(name: str, text: str) -> Value | None:
    """Return what an author wrote for a fact, typed: "yes" -> True, "2" -> 2, "unknown" -> None.

    Raises KeyError for an unknown fact and ValueError, saying what is allowed, for a wrong value.
    """
    kind = vocabulary()[name]
    if text == UNKNOWN:
        return None
    if kind.levels and text in kind.levels:
        return text
    if kind.number and text.isascii() and text.isdigit() and len(text) <= _DIGITS:
        return int(text)
    if not kind.levels and not kind.number and text in ("yes", "no"):
        return text == "yes"
    raise ValueError(f"should be {kind.allowed}; got {text!r}")


def _kind(name: str, row: Mapping[str, object]) -> Kind:
    kind = row["kind"]
    levels = tuple(str(level) for level in kind) if isinstance(kind, list) else ()
    number, judgement, differs = (
        kind == "number",
        bool(row.get("judgement")),
        bool(row.get("differs")),
    )
    return Kind(name, str(row["means"]), levels, number, judgement, differs)
