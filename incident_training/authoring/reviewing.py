"""Drafts -> what the language review asks, by file and line: what `review` prints."""

import json
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from incident_training.kinds.base import plural
from incident_training.language import Finding, TooLong, alike, one_each, review
from incident_training.language.harvest import MOST

STANDARD = "-"  # standard input
NOTHING = (
    "The rules find words, not sense. That nobody is blamed, that nothing is missing and that the"
    " plan would help is for a reader to say."
)
SOMETHING = "They are questions: nothing was changed, and you may leave each as it is."


class CannotReview(Exception):
    """A file that cannot be reviewed; the message names it and says what would help."""


@dataclass(frozen=True)
class Placed:
    """A finding in its file; line and column count from 1, columns in code points."""

    file: str
    line: int
    column: int
    finding: Finding


def say_review(paths: Sequence[str], *, as_json: bool = False, strict: bool = False) -> int:
    """Print what is asked about each file, or one JSON list.

    2 if a file cannot be reviewed (the others are), 1 if `strict` and there is a flag, 0 else.
    """
    found, refused = list[Placed](), 0
    for path in paths:
        try:
            found += placed(path, text_of(path))
        except CannotReview as error:
            print(error, file=sys.stderr)
            refused += 1
    if as_json:
        print(json.dumps([_row(one) for one in found], indent=2, ensure_ascii=False))
    elif refused < len(paths):
        groups = list(_groups(found))
        print(*map(_told, groups), _closing(groups, len(paths) - refused), sep="\n")
    flagged = any(one.finding.outcome == "flag" for one in found)
    return 2 if refused else 1 if strict and flagged else 0


def text_of(path: str) -> str:
    """Return what a file or standard input holds, or raise CannotReview."""
    name, whole = _printable(path), _bytes(path)
    if len(whole) > MOST:
        raise CannotReview(
            f"{name}: longer than the {MOST // 1000} KB that are read at once."
            " Review it in parts, one postmortem each"
        )
    try:
        return whole.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = whole.count(b"\n", 0, error.start) + 1
        raise CannotReview(f"{name}:{line}: not UTF-8. Save it as UTF-8 first") from None


def placed(path: str, text: str) -> Iterator[Placed]:
    """Yield the findings of a text, each with its line and column, or raise CannotReview."""
    starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]
    try:
        for one in one_each(review(text)):
            line = bisect_right(starts, one.start)
            yield Placed(path, line, one.start - starts[line - 1] + 1, one)
    except TooLong as error:
        raise CannotReview(f"{_printable(path)}: {error}") from None


def _bytes(path: str) -> bytes:
    """Return no more of it than shows whether it is too long."""
    name = _printable(path)
    if path == STANDARD:
        return sys.stdin.buffer.read(MOST + 1)
    if Path(path).is_dir():
        raise CannotReview(f"{name}: a folder. Name the files in it, such as {Path(name, '*.md')}")
    try:
        with Path(path).open("rb") as file:
            return file.read(MOST + 1)
    except FileNotFoundError:
        raise CannotReview(f"{name}: there is no such file") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise CannotReview(f"{name}: cannot be read: {why}") from None


def _row(one: Placed) -> dict[str, str | int]:
    return {
        "file": one.file,
        "line": one.line,
        "column": one.column,
        "length": one.finding.end - one.finding.start,
        "section": one.finding.section,
        "rule": one.finding.rule,
        "outcome": one.finding.outcome,
        "question": one.finding.question,
    }


def _groups(found: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Yield places together that one question asks about, each group of one file."""
    for _, here in groupby(found, key=lambda one: one.file):
        places = {one.finding: one for one in here}
        yield from ([places[one] for one in group] for group in alike(places))


def _told(group: Sequence[Placed]) -> str:
    first = group[0].finding
    asked = f"{first.question}\n    {first.reason} ({first.source.rstrip('.')})"
    return "\n".join([*map(_line, group), f"    {asked}\n"])


def _line(one: Placed) -> str:
    place = f"{_printable(one.file)}:{one.line}:{one.column}"
    return f"{place}: {one.finding.outcome}: “{_printable(one.finding.sentence)}”"


def _closing(groups: Sequence[Sequence[Placed]], files: int) -> str:
    read = plural(files, "file", "files")
    if not groups:
        return f"Nothing to ask in {read}. {NOTHING}"
    found = Counter(one.finding.outcome for group in groups for one in group)
    counts = f"{plural(found['flag'], 'flag', 'flags')}, {plural(found['ask'], 'ask', 'asks')}"
    asked = plural(len(groups), "question", "questions")
    return f"{asked} at {plural(found.total(), 'place', 'places')} in {read}: {counts}. {SOMETHING}"


def _printable(text: str) -> str:
    """Return the text without what a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
