"""What stands in a timeline and was not taken: a list item, say, whose time is in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from incident_training.authoring.rows import Left
from incident_training.authoring.sections import Heading

LISTED, ROW, LINE, HEAD = "item", "row", "line", "heading"
_MOST = 40  # characters that are repeated
_TIMELINE = re.compile(r"\btime ?line|\bchronolog|\b(?:sequence|order) of events", re.IGNORECASE)
_DAY = re.compile(
    r"\W*(?:the )?(?:next|following|same|previous|that) (?:day|morning|afternoon|evening|night)\b"
    r"|\W*(?:tomorrow|yesterday|today|tonight)\b",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"\b(?:half|quarter|noon|midday|midnight|morning|afternoon|evening|night|later|o['’]clock)\b"
    r"|^\W*\d{1,2}(?:[.:h]\d\d|\s?[ap]\.?m\b|h\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\W*\d{1,2}[.h]\d\d(?!\d)", re.IGNORECASE)
_LABEL_WORDS = 3


@dataclass(frozen=True)
class Seen:
    """A list item, a table's row, the first line of a paragraph, or a heading.

    `under` are the headings above it; `taken`: it is an entry, or a fault of its own.
    """

    line: int
    text: str
    form: str
    indent: int
    under: tuple[Heading, ...]
    taken: bool


def left_out(seen: Sequence[Seen], all_of_it: bool = False) -> list[Left]:
    """Return what is no entry and stands where entries do: in their section, in their form.

    Of list items, those beside an entry, those that seem to begin with a time, and all in a
    section that calls itself a timeline; with `all_of_it`, the whole is one.
    """
    groups = {_group(one, all_of_it) for one in seen if one.taken}
    forms = {(_group(one, all_of_it), one.form) for one in seen if one.taken}
    parents = _parents(seen)
    beside = {(one.under, parents[one.line]) for one in seen if one.taken and one.form == LISTED}
    labels = {*_labels(seen)}

    def among(one: Seen) -> bool:
        group = _group(one, all_of_it)
        if one.form != LISTED:
            return (group, one.form) in forms
        if all_of_it or _told(one):
            return True
        timed = group in groups and _begins_in_words(one)
        return timed or (one.under, parents[one.line]) in beside

    left = (one for one in seen if not one.taken and one.line not in labels and among(one))
    return [left_because(one) for one in left]


def looks_timed(seen: Sequence[Seen]) -> list[Left]:
    """Return the list items that seem to begin with a time in words or in another form."""
    items = (one for one in seen if one.form == LISTED and not one.taken)
    return [left_because(one) for one in items if _begins_in_words(one)]


def left_because(one: Seen) -> Left:
    """Return what is said of something that was not taken."""
    why = "no time I can read; write it as HH:MM"
    if _NUMBER.match(one.text):
        why = "may be a clock time or a number; write a time as HH:MM"
    if _DAY.match(one.text):
        why = "its day is said in words; write it as HH:MM +1d, or with its date"
    return Left(one.line, _first_words(one.text), why)


def _group(one: Seen, all_of_it: bool) -> int:
    """Return the line of the heading that tells a timeline: the nearest, or one that says so."""
    if all_of_it:
        return 0
    told = [heading.line for heading in one.under if _TIMELINE.search(heading.text)]
    return told[0] if told else one.under[-1].line if one.under else 0


def _told(one: Seen) -> bool:
    return any(_TIMELINE.search(heading.text) for heading in one.under)


def _begins_in_words(one: Seen) -> bool:
    return bool(_IN_WORDS.search(one.text[:_MOST]))


def _parents(seen: Sequence[Seen]) -> dict[int, int]:
    """Return the line of the list item above each that is less indented; 0 where there is none."""
    parents, open_ = {}, list[Seen]()
    for one in seen:
        while open_ and (one.form != LISTED or open_[-1].indent >= one.indent):
            open_.pop()
        parents[one.line] = open_[-1].line if open_ else 0
        if one.form == LISTED:
            open_.append(one)
    return parents


def _labels(seen: Sequence[Seen]) -> Iterator[int]:
    """Yield the lines that only say what the entries below them are about."""
    heads = {heading.line for one in seen if one.taken for heading in one.under}
    for count, one in enumerate(seen):
        if one.form == HEAD and one.line in heads:
            yield one.line
        short = len(one.text.split()) <= _LABEL_WORDS or one.text.rstrip().endswith(":")
        about = one.form == LISTED and short and not _begins_in_words(one)
        if about and _holds_entries(seen, count):
            yield one.line


def _holds_entries(seen: Sequence[Seen], count: int) -> bool:
    indent = seen[count].indent
    for at in range(count + 1, len(seen)):
        one = seen[at]
        if one.form != LISTED or one.indent <= indent:
            return False
        if one.taken:
            return True
    return False


def _first_words(text: str) -> str:
    if len(text) <= _MOST:
        return text
    return f"{text[: _MOST + 1].rsplit(' ', 1)[0][:_MOST].rstrip()} …"
