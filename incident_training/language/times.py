"""The lines of a timeline and the times they begin with: 09:10, 00:10 +1d, a date or ISO before it.

What cannot be compared is not compared: a rule on the order speaks only where it is sure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from incident_training.language.written import lines

EARLY = 6 * 60  # minutes back, without a date: more than that is rather another day
NEAR = 40  # characters at a line's begin in which its time stands

_TIME = re.compile(
    r"(?:(?<![\w:.+-])|(?<=\dT))(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d(?:[.,]\d{1,6})?)?"
    r"(?![\d:])(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s?[-–—]{1,2}\s?\d{1,2}:\d\d(?::\d\d)?(?![\d:]))?"
    r"(?:\s?(?P<zone>(?-i:(?:UTC|GMT) ?[+-] ?\d{1,2}|Z|[A-Z]{2,4})\b(?=[\s:)\]*|,.;-]|$)"
    r"|[+-]\d\d:?\d\d\b))?"
    r"(?:\s?\+(?P<days>\d)d\b)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)T?")
_ZONE = (
    r"(?:CE|EE|WE|MS|MD|BS|IS|PS|PD|CS|CD|ES|ED|JS|KS|AES|AED|NZS|NZD|CES|EES|WES)T|[PMCE]T"
    r"|(?:UTC|GMT) ?[+-] ?[1-9]\d?"
)
_ZONES = re.compile(rf"[+-](?!00:?00)\d\d:?\d\d|{_ZONE}")
_ALL_IN = re.compile(rf"(?i:.{{0,40}}\btimes?\b).{{0,60}}(?<!\w)(?:{_ZONE})(?!\w)")
_UTC = re.compile(r"\b(?:UTC|GMT)\b(?! ?[+-] ?\d)")
_WHEN = re.compile(
    r"\d{1,2}[:h.]\d\d|\d{4}-\d\d|\b(?:[01]\d|2[0-3])[0-5]\d\b|\d ?[ap]\.?m\b"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\b.{0,3}\d"
    r"|\d.{0,4}\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d ?(?:min|hour|sec|s\b|h\b|m\b)",
    re.IGNORECASE,
)
_ANOTHER_DAY = re.compile(
    r"#|.{0,40}\d|.{0,20}\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|next (?:day|morning))\b",
    re.IGNORECASE,
)
_NOTICED = re.compile(
    r"(?:alert|alarm|pager?)\b"
    r"|.{0,80}\b(?:noticed|detected|discovered|paged|(?:alert|alarm)s? .{0,40}\b(?:fire[sd]?|fired"
    r"|trigger(?:s|ed)|rings?|rang|went off|came in|received))\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"https?://|\]\(|\[\w|\(|#\w|\b[A-Z]{2,10}-\d|`"
    r"|\b(?:source|logs?|graphs?|dashboards?|screenshots?|tickets?|threads?|channels?|transcript"
    r"|records?|recording|commits?|according to)\b"
)
_CHANNEL = re.compile(r"[\w -]{2,20}: ")


@dataclass(frozen=True)
class Line:
    """A line of a timeline; `at` is in minutes of its day, `label` what dates it, or ""."""

    text: str
    said: str
    at: int
    label: str
    zone: str

    @property
    def day(self) -> int | None:
        """The day it names as a number, None where it names none that is sure."""
        found = _DATE.fullmatch(self.label)
        try:
            return date(*map(int, found.groups())).toordinal() if found else None
        except ValueError:
            return None


def line(text: str) -> Line | None:
    """Return the line with its time, or None where it begins with none."""
    found = _TIME.search(text[: NEAR + 40])
    if found is None or found.start() > NEAR:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    at = (int(found["days"] or 0) * 24 + hour) * 60 + int(found["minute"])
    label = text[: found.start()].strip(" \t-•*_|([~,")
    return Line(text, text[found.end() :].strip(" \t-–—*_|)]:,."), at, label, found["zone"] or "")


def timed(text: str) -> list[Line]:
    """Return the lines that begin with a time, in the order of the text."""
    return [found for raw in lines(text) if (found := line(raw))]


def out_of_order(text: str) -> Line | None:
    """Return the first line that stands after a later one."""
    for before, after in _pairs(text):
        if earlier(before, after):
            return after
    return None


def earlier(before: Line, after: Line) -> bool:
    """Whether `after` is earlier, as far as both say."""
    if before.zone.upper() != after.zone.upper():
        return False
    if before.day and after.day:
        return (after.day, after.at) < (before.day, before.at)
    return before.label == after.label and 0 < before.at - after.at < EARLY


def starts_late(text: str, noticed: str) -> bool:
    """Whether the first line is where it was noticed: by the time that `noticed` says, or by words.

    Where `noticed` says a time of the same form, that decides.
    """
    told = timed(text)
    if not told:
        return False
    known = next((one for raw in lines(noticed) if (one := _anywhere(raw))), None)
    if known and not told[0].label and known.zone in ("", told[0].zone):
        return known.at <= told[0].at < known.at + EARLY
    return bool(_NOTICED.match(told[0].said))


def foreign(text: str) -> str | None:
    """Return the first time whose zone is named and is not UTC, or the line that says so of all."""
    for raw in lines(text):
        one = line(raw)
        if one and _ZONES.fullmatch(one.zone):
            return one.text[: one.text.index(one.zone) + len(one.zone)].strip(" -•*_|([")
        if one is None and _ALL_IN.match(raw) and not _UTC.search(raw):
            return raw
    return None


def says_when(text: str) -> bool:
    """Whether a line says when it was: a time, a date, a weekday, or how long after."""
    return bool(_WHEN.search(text))


def sourced(text: str) -> bool:
    """Whether any line says where it could be looked up."""
    return bool(_SOURCE.search(text)) or any(_CHANNEL.match(one.said) for one in timed(text))


def _anywhere(text: str) -> Line | None:
    found = _TIME.search(text)
    return line(text[found.start() :]) if found else None


def _pairs(text: str) -> Iterator[tuple[Line, Line]]:
    """Yield neighbours that can be of one day: nothing between them tells of another."""
    last: Line | None = None
    for raw in lines(text):
        here = line(raw)
        if here is None:
            last = None if _ANOTHER_DAY.match(raw) else last
            continue
        if last:
            yield last, here
        last = here
