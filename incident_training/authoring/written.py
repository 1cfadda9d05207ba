"""What was written as a time -> its parts, or a sentence saying why they cannot be known.

Nothing is guessed. A form that could mean two moments, or that counts from a moment the file does
not give, is refused with a way to write it.
"""

import re
from dataclasses import replace
from datetime import timedelta

from incident_training.authoring.dates import (
    JUNK,
    Slashes,
    Unreadable,
    Written,
    date_at,
    weekday_at,
)
from incident_training.authoring.loose import LOOSE, refuse_date
from incident_training.library.faults import quoted

# fmt: off
ZONES = (
    "UTC", "GMT", "BST", "WET", "WEST", "CET", "CEST", "EET", "EEST", "MSK", "IST", "JST",
    "KST", "SGT", "HKT", "AEST", "AEDT", "ACST", "ACDT", "AWST", "NZST", "NZDT", "EST", "EDT",
    "CST", "CDT", "MST", "MDT", "PST", "PDT", "AKST", "AKDT", "HST", "PT", "ET", "CT",
    "MT",
)
# fmt: on
BACK = "Give the earlier day with --date, and write +1d after the times of the day that follows it."
_I = re.IGNORECASE
_OPEN = re.compile(r"[\s\[(*_`~≈]*(?:(?:about|around|approx\.?|ca?\.)\s+(?=\d))?", _I)
_BETWEEN = re.compile(r"(?:T(?=\d)|" + JUNK + r"(?:(?:at|@|-|–|—|:)\s*)?[\[(*_`]*)")
_CLOCK = re.compile(
    r"(?P<h>\d{1,2}):(?P<m>\d\d)(?P<s>:\d\d(?:[.,]\d+)?)?(?!:?\d)"
    r"(?:(?P<half>\s?[ap]\.?m\.?|[ap])(?!\w))?",
    _I,
)
_HOUR = re.compile(r"(?P<h>\d{1,2})\s?(?P<half>[ap]\.?m\.?)(?!\w)", _I)
_OFFSET = re.compile(
    r"\s?(?:(?P<utc>UTC|GMT)\s?)?(?P<sign>[+−-])(?P<h>\d{1,2})(?P<m>:?\d\d)?(?!\w|[:.,]\d)"
)
_NAMED = re.compile(r"[\s(\[]*(?P<zone>Z|" + "|".join(ZONES) + r")(?!\w)")
_UNTIL = re.compile(r"\s*(?:-|–|—|to\b|until\b|till\b)\s*(?=\d{1,2}[:.hH]\d\d)")
_PLUS = re.compile(r"[\s(\[]*\+(?P<days>\d)\s?d(?:ays?)?\b")
_MINUS = re.compile(r"[\s(\[]*[−–-]\d\s?d(?:ays?)?\b")
_NEXT = re.compile(
    r"[\s(\[,–-]*(?:the )?(?:next|following|same|previous) (?:day|morning|night)", _I
)
_RELATIVE = re.compile(
    r"T\s?[+−-]\s?\d|T\s?=\s?\d|T0\b|[+−-]\s?\d+(?::\d\d|\s?(?:s|sec|m|min|h|hrs?|hours?|minutes?)\b)"
)


def written(text: str, slashes: Slashes | None = None, loose: bool = False) -> Written | None:
    """Return the time that a text begins with; None if it begins with none.

    A date without a clock time gives `clock` None. `loose` takes 23.10 and 10h20 as well. Raises
    Unreadable for what looks like a time and cannot be known.
    """
    start = _OPEN.match(text)
    said = text[start.end() :] if start else text
    if _RELATIVE.match(said):
        fix = "Write the clock time, as in 09:10, or the date and the clock time."
        raise Unreadable(f"{_begins(said)} counts from a moment that is not given", fix)
    weekday, after = weekday_at(said) or (None, said)
    found = date_at(after, slashes)
    if found is None:
        timed = _clock(after, Written(), False, loose)
        if timed is None or weekday is None:
            return timed and _dated(timed)
        fix = "Write the date, as in 2026-03-01 09:10."
        raise Unreadable(f"{_begins(said)} names a weekday and no date", fix)
    found = replace(found, weekday=weekday)
    gap = _BETWEEN.match(found.rest)
    stands = found.rest[gap.end() if gap else 0 :]
    timed = _clock(stands, found, gap is not None and gap[0] == "T", loose)
    return timed or replace(found, rest=found.rest.lstrip(" \t])*_`,:-–—"))


def _dated(timed: Written) -> Written:
    """Return a clock time with the date that stands straight after it: 09:10, 3 March."""
    lead = re.match(r"[\s,(\[]*(?:on\s+)?", timed.rest)
    weekday, after = weekday_at(rest := timed.rest[lead.end() if lead else 0 :]) or (None, rest)
    found = date_at(after)
    if found is None or timed.plus is not None:
        return timed
    return replace(
        timed,
        year=found.year,
        month=found.month,
        day=found.day,
        weekday=weekday,
        rest=_trimmed(found.rest),
    )


def _clock(text: str, at: Written, whole: bool, loose: bool) -> Written | None:
    """Return `at` with the clock time that stands here; `whole` says that a T stood before it."""
    found = _CLOCK.match(text) or _HOUR.match(text)
    said = None if found or not loose else LOOSE.match(text)
    if said:
        refuse_date(said)
    found = found or said
    if not found:
        return None
    parts = found.groupdict()
    half = (parts.get("half") or "").strip().lower()[:1]
    clock = _hour_and_minute(found[0], int(parts["h"]), int(parts.get("m") or 0), half)
    whole = whole or bool(parts.get("s"))
    offset, zone, rest = _zone(text[found.end() :], whole, at.dated)
    if (until := _UNTIL.match(rest)) and (
        end := (LOOSE if said else _CLOCK).match(rest, until.end())
    ):
        more, name, after = _zone(rest[end.end() :], whole, at.dated)
        offset, zone = (offset, zone) if offset is not None or zone else (more, name)
        rest = f"until {end[0].strip()}: {_trimmed(after)}"
    if minus := _MINUS.match(rest):
        raise Unreadable(f"{quoted(found[0] + minus[0])} counts back", BACK)
    plus = _PLUS.match(rest)
    rest = _trimmed(rest[plus.end() :] if plus else rest)
    if _NEXT.match(rest):
        fix = "Write the date, or the days since --date, as in 00:10 +1d."
        raise Unreadable(f"{quoted(rest[:20])} says the day in words", fix)
    days = int(plus["days"]) if plus else None
    return replace(
        at,
        clock=clock,
        half=bool(half),
        loose=said[0] if said else "",
        offset=offset,
        zone=zone,
        plus=days,
        rest=rest,
    )


def _hour_and_minute(said: str, hour: int, minute: int, half: str) -> tuple[int, int]:
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or (half == "a" and hour > 12):
        raise Unreadable(f"{quoted(said)} is no clock time", "Write it as 09:10 or 21:10.")
    return hour, minute


def _zone(text: str, whole: bool, dated: bool) -> tuple[timedelta | None, str | None, str]:
    """Return the offset or the zone's name that stands here, and what follows it.

    -10:00 is also how one writes the end of a stretch, so it needs UTC before it, or a time with
    a T or seconds; -1000 is also a number, so it needs a date.
    """
    if found := _OFFSET.match(text):
        hours, minutes = int(found["h"]), int((found["m"] or "").lstrip(":") or 0)
        ahead = found["sign"] == "+"
        real = hours <= (14 if ahead else 12) and minutes in (0, 30, 45)
        if real and (found["utc"] or found["m"]):
            colon = ":" in (found["m"] or "")
            if not (found["utc"] or whole or (ahead if colon else dated)):
                message = f"{quoted(found[0].strip())} may be an offset or something else"
                fix = "Write 09:00 until 10:00 for a stretch, UTC-10:00 for an offset."
                raise Unreadable(message, fix)
            offset = timedelta(hours=hours, minutes=minutes)
            return (offset if ahead else -offset), None, text[found.end() :]
    if found := _NAMED.match(text):
        if re.match(r"[+−-]\d", text[found.end() :]):
            message = f"{quoted(text[: found.end() + 6].strip())} is no offset"
            raise Unreadable(message, "Write it as UTC+02:00.")
        zone = "UTC" if found["zone"] in ("Z", "GMT", "UTC") else found["zone"]
        return None, zone, text[found.end() :]
    return None, None, text


def _begins(said: str) -> str:
    return quoted(" ".join(said.split()[:2]))


def _trimmed(text: str) -> str:
    return re.sub(r"^[\s\])*_`,;:|>–—→-]+", "", text).strip()
