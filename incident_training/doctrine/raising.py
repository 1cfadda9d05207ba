"""Moments in which it is tempting to keep quiet about a near miss, and how each could be raised."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from incident_training.doctrine.lessons import Study

OPENING = "Near miss, log only."


@dataclass(frozen=True)
class Moment:
    """A near miss nobody has raised yet; `almost`, `stopped` and `open` make the exemplar."""

    name: str
    title: str
    trade: str
    tempts: str  # names what makes one keep quiet
    scene: str
    almost: str
    stopped: str
    open: str
    why: str
    build: str
    studies: tuple[Study, ...]
    edition: str  # a hash of the scene: a sentence written to another one is not shown with this

    @property
    def exemplar(self) -> str:
        """One way to raise it."""
        return " ".join((OPENING, self.almost, self.stopped, self.open))


@cache
def moments() -> Mapping[str, Moment]:
    """Every moment by name, in the order of raising.toml."""
    return {name: _moment(name, row) for name, row in _table()["moments"].items()}


@cache
def questions() -> tuple[str, ...]:
    """Return the four questions by which one reads one's own sentence."""
    return tuple(_table()["questions"])


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("raising.toml").read_text("utf-8"))


def _moment(name: str, row: Mapping[str, Any]) -> Moment:
    studies = tuple(Study(**study) for study in row["studies"])
    edition = sha256(row["scene"].encode()).hexdigest()[:12]
    return Moment(**{**row, "name": name, "studies": studies, "edition": edition})
