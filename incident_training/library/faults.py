"""A fault in a scenario file: where it is, what is wrong, and what would be right."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_LONGEST_SLIP = 200  # characters; what is longer is no slip of the pen, and slow to compare
Weight = Literal["error", "warning"]


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a file. `line` counts from 1; `field` is a dotted path, or empty.

    `rule` is its id in rules.toml; `message` has no full stop, `fix` has its own. An error keeps a
    file from being shipped; a warning is mended, or explained by its author.
    """

    file: str
    line: int
    field: str
    rule: str
    message: str
    fix: str
    weight: Weight = "error"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " + (f"{self.field}: " if self.field else "")
        return f"{where}{self.message}. {self.fix}"


class ContentError(Exception):
    """A scenario file that cannot be used; `faults` holds everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.line))
        super().__init__("\n".join(map(str, self.faults)))


class NoSuchExercise(FileNotFoundError):
    """A path, an id or a kind that is not there; the sentence says what is."""


def quoted(got: object) -> str:
    """Return what was written, in quotes and short enough for one line."""
    text = str(got)
    return repr(text if len(text) <= 40 else f"{text[:39]}…")


def listed(names: Iterable[str]) -> str:
    """Return "a, b or c"."""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def nearest(got: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that is closest to what was written, if one is close."""
    if len(got) > _LONGEST_SLIP:
        return None
    by_lower = {name.lower(): name for name in allowed}
    close = difflib.get_close_matches(got.lower(), by_lower, n=1)
    return by_lower[close[0]] if close else None


def meant(got: str, allowed: Iterable[str], otherwise: str) -> str:
    """Return the question "Did you mean …?", or another sentence where nothing is close."""
    close = nearest(got, allowed)
    return f"Did you mean {close}?" if close else otherwise
