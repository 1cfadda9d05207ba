"""Severity x impact -> priority, and in which hours each pages; a table that a team can replace.

Source: Jens Rantil, Incident priority, severity & impact, and The missed incident priority: The
Near Miss (2026). Lean to the higher when unsure; either one "none" is priority 4, which wakes
nobody. `of_hazard` is our overlay on it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from incident_training.clock import WEEK, minute

Level = Literal["none", "low", "medium", "high"]
LEVELS: tuple[Level, ...] = get_args(Level)
NEAR_MISS = 4
_DAY = 1440  # minutes


class MatrixError(ValueError):
    """A table of priorities that cannot be used; the sentence says which part and why."""


@dataclass(frozen=True)
class Pages:
    """When somebody is paged: minutes of the day, from (at) and to (before), and the days."""

    start: int
    end: int
    days: tuple[str, ...]


@dataclass(frozen=True)
class Priority:
    """One priority; `pages` is None for what pages nobody."""

    number: int
    says: str
    pages: Pages | None

    def pages_at(self, day: str, at: int) -> bool:
        """Whether somebody is paged at that minute (0 to 1439) of that day."""
        hours = self.pages
        return hours is not None and day in hours.days and hours.start <= at < hours.end


@dataclass(frozen=True)
class Matrix:
    """A team's priorities. `cells` holds (severity, impact) -> number, without the nones."""

    cells: Mapping[tuple[Level, Level], int]
    priorities: Mapping[int, Priority]
    severity: Mapping[Level, str]
    impact: Mapping[Level, str]

    def priority(self, severity: Level, impact: Level) -> int:
        """Return the number, 1 (it burns) to 4 (a near miss, which is either one "none")."""
        if "none" in (severity, impact):
            return NEAR_MISS
        return self.cells[severity, impact]

    def of_hazard(self, severity: Level, impact: Level, *, clock: bool) -> int:
        """Return the priority of what has hurt nobody yet; the levels are those of its harm.

        If somebody is hurt unless one acts before morning, it has the priority of that harm; what
        is over, or has no clock, is a near miss. This rule is ours, not the source's.
        """
        return self.priority(severity, impact) if clock else NEAR_MISS


def read(text: str) -> Matrix:
    """Read a table like priority.toml, or raise MatrixError saying what is wrong with it."""
    try:
        table = tomllib.loads(text)
        cells = {
            (severity, impact): table["matrix"][impact][number]
            for impact in LEVELS[1:]
            for number, severity in enumerate(LEVELS[1:])
        }
        priorities = {int(n): _priority(int(n), row) for n, row in table["priorities"].items()}
        words = [{level: str(table[axis][level]) for level in LEVELS} for axis in _AXES]
    except tomllib.TOMLDecodeError as error:
        raise MatrixError(f"not TOML: {error}") from error
    except KeyError as error:
        raise MatrixError(f"{error.args[0]!r} is missing") from error
    except (IndexError, TypeError, AttributeError, ValueError) as error:
        raise MatrixError(f"not shaped like ours: {error}") from error
    strange = [str(n) for n in (*cells.values(), NEAR_MISS) if n not in priorities]
    if strange:
        raise MatrixError(f"priority {strange[0]} is used, and nothing says what it means")
    return Matrix(cells, priorities, *words)


_AXES = ("severity", "impact")


def _priority(number: int, row: Mapping[str, Any]) -> Priority:
    hours = row.get("pages")
    return Priority(number, str(row["says"]), _pages(hours) if hours else None)


def _pages(row: Mapping[str, str]) -> Pages:
    days = tuple(row["days"].split())
    if strange := [day for day in days if day not in WEEK]:
        raise ValueError(f"{strange[0]!r} is no day of the week")
    return Pages(minute(row["from"]), _DAY if row["to"] == "24:00" else minute(row["to"]), days)


@cache
def matrix() -> Matrix:
    """The seed author's matrix."""
    return read(files(__package__).joinpath("priority.toml").read_text("utf-8"))


def priority(severity: Level, impact: Level) -> int:
    """Return the seed author's priority: 1 (it burns) to 4 (a near miss; nobody is woken)."""
    return matrix().priority(severity, impact)
