"""Phrases in an old postmortem that mark luck or a near miss, found by the rules of harvest.toml.

A mark is a question, not a finding: whoever reads it decides whether something nearly happened.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from incident_training.language.passages import Passage, passages, sentences

MOST = 200_000  # bytes; a long postmortem is a twentieth of it
LONGEST = 600  # characters of a sentence that is shown whole
AROUND = 240  # and of a longer one, on each side of the phrase


class TooLong(ValueError):
    """A text that is too long to go through at once; the message says by how much."""


@dataclass(frozen=True)
class Rule:
    """A cue: the words that show it, or the heading it stands under; why it matters, what to ask.

    `unless` are words of the same sentence that take the mark back; `must` and `never`, examples.
    """

    id: str
    words: re.Pattern[str] | None
    heading: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    reason: str
    question: str
    source: str
    must: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """A phrase, `start` to `end` in code points of the text, in its sentence; and what it asks."""

    rule: str
    start: int
    end: int
    sentence: str
    question: str
    reason: str


def harvest(text: str) -> tuple[Mark, ...]:
    """Return the marks of a text in order, one a sentence, or raise TooLong."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MOST:
        raise TooLong(
            f"that is {size // 1000:,} KB; at most {MOST // 1000} KB are read at once."
            " Paste one postmortem, or a part of it"
        )
    return tuple(mark for one in passages(text, _titles()) for mark in _marks(text, one))


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by id; of several in one sentence the first of them counts."""
    return {name: _rule(name, row) for name, row in _table()["rules"].items()}


def _marks(text: str, passage: Passage) -> Iterator[Mark]:
    if _under(_plans(), passage):
        return
    whole = next((r for r in rules().values() if r.heading and _under(r.heading, passage)), None)
    if whole:
        yield from _line(text, passage, whole)
        return
    for start, end in sentences(passage):
        said = passage.prose[start - passage.start : end - passage.start]
        for rule in rules().values():
            found = rule.words and rule.words.search(said)
            if found and not (rule.unless and rule.unless.search(said)):
                yield _mark(text, rule, start + found.start(), start + found.end(), (start, end))
                break


def _under(heading: re.Pattern[str], passage: Passage) -> bool:
    return any(heading.search(name) for name in passage.headings)


def _line(text: str, passage: Passage, rule: Rule) -> Iterator[Mark]:
    """Mark a whole line, but for what a template says there, or that there was nothing."""
    told = [span for span in sentences(passage) if not _empty(passage, *span)]
    if told and not passage.on:
        start, end = told[0][0], told[-1][1]
        yield _mark(text, rule, start, end, (start, end))


def _empty(passage: Passage, start: int, end: int) -> bool:
    said = passage.prose[start - passage.start : end - passage.start]
    return bool(_template().fullmatch(" ".join(said.split())))


def _mark(text: str, rule: Rule, start: int, end: int, within: tuple[int, int]) -> Mark:
    first, last = within
    if last - first > LONGEST:
        first, last = max(first, start - AROUND), min(last, max(end, start + 1) + AROUND)
    sentence = " ".join(text[first:last].split())
    return Mark(rule.id, start, end, sentence, rule.question, rule.reason)


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("harvest.toml").read_text("utf-8"))


@cache
def _titles() -> re.Pattern[str]:
    return _pattern("|".join(_table()["lines"]["titles"]))


@cache
def _plans() -> re.Pattern[str]:
    return _pattern(_table()["lines"]["plans"])


@cache
def _template() -> re.Pattern[str]:
    return _pattern("|".join(_table()["lines"]["template"]))


def _rule(name: str, row: Mapping[str, Any]) -> Rule:
    words, heading, unless = (row.get(part) for part in ("words", "heading", "unless"))
    return Rule(
        id=name,
        words=_pattern(rf"\b(?:{words})(?!\w)") if words else None,
        heading=_pattern(heading) if heading else None,
        unless=_pattern(rf"\b(?:{unless})(?!\w)") if unless else None,
        reason=row["reason"],
        question=row["question"],
        source=row["source"],
        must=tuple(row["must"]),
        never=tuple(row["never"]),
    )


def _pattern(written: str) -> re.Pattern[str]:
    """A space stands for any space, ` .. ` for up to three words between; case does not matter."""
    gap = r"(?:\\s{1,20}[^\\s]{1,40}){0,3}\\s{1,20}".replace("\\\\", "\\")
    return re.compile(written.replace(" .. ", gap).replace(" ", r"\s{1,20}"), re.IGNORECASE)
