"""Lessons on what bends a judgement: one moment in two versions that differ in a single entry.

Which of the two somebody reads follows from who they are and from the lesson, and never changes.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Literal

VersionName = Literal["a", "b"]
OTHER: Mapping[VersionName, VersionName] = {"a": "b", "b": "a"}


@dataclass(frozen=True)
class Entry:
    """One thing that reached somebody: when, by which channel, from whom."""

    at: str
    channel: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class Version:
    """What one half reads in the entry that differs; `read` follows "Of 12 who read"."""

    text: str
    read: str


@dataclass(frozen=True)
class Question:
    """What both halves are asked; `counted` are the options that `told` puts into words."""

    asks: str
    options: Mapping[str, str]
    counted: tuple[str, ...]
    told: str


@dataclass(frozen=True)
class Study:
    """What somebody found, in our words; `seen` is what of it we read."""

    who: str
    year: int
    finding: str
    seen: str
    url: str


@dataclass(frozen=True)
class Lesson:
    """One moment, its two versions, and what is told after one has answered."""

    name: str
    title: str
    trade: str
    scene: str
    cues: tuple[Entry, ...]
    turn: Entry  # where the versions differ; without its text
    after: int  # so many cues come before it
    what: str  # names the difference
    versions: Mapping[VersionName, Version]
    question: Question
    means: str
    why: str
    helps: str
    studies: tuple[Study, ...]
    edition: str  # a hash of what is read and asked: answers to another text are not mixed in

    def entries(self, version: VersionName) -> list[Entry]:
        """Return what arrived in that version, in order."""
        here = Entry(self.turn.at, self.turn.channel, self.versions[version].text, self.turn.source)
        return [*self.cues[: self.after], here, *self.cues[self.after :]]


@cache
def lessons() -> Mapping[str, Lesson]:
    """Every lesson by name, in the order of lessons.toml."""
    table = tomllib.loads(files(__package__).joinpath("lessons.toml").read_text("utf-8"))
    return {name: _lesson(name, row) for name, row in table["lessons"].items()}


def dealt(who: str, lesson: str) -> VersionName:
    """Return the version that somebody reads of a lesson: as by a coin, and always the same."""
    return "a" if sha256(f"{lesson}\n{who}".encode()).digest()[0] % 2 else "b"


def _lesson(name: str, row: Mapping[str, Any]) -> Lesson:
    turn, asked = row["turn"], row["question"]
    return Lesson(
        name=name,
        title=row["title"],
        trade=row["trade"],
        scene=row["scene"],
        cues=tuple(_entry(cue) for cue in row["cues"]),
        turn=_entry({"text": "", **turn}),
        after=turn["after"],
        what=turn["what"],
        versions={"a": Version(**row["a"]), "b": Version(**row["b"])},
        question=Question(**{**asked, "counted": tuple(asked["counted"])}),
        means=row["means"],
        why=row["why"],
        helps=row["helps"],
        studies=tuple(Study(**study) for study in row["studies"]),
        edition=_edition(row),
    )


def _entry(row: Mapping[str, str]) -> Entry:
    return Entry(row["at"], row["channel"], row["text"], row.get("from", ""))


def _edition(row: Mapping[str, Any]) -> str:
    read = [row[part] for part in ("scene", "cues", "turn", "a", "b", "question")]
    return sha256(repr(read).encode()).hexdigest()[:12]
