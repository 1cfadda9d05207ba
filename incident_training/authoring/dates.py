"""What was written as a date -> its parts; what could be two dates is refused, not guessed."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from incident_training.library.faults import quoted

Slashes = Literal["day-first", "month-first"]
JUNK = r"[\s\])*_`,]*"  # what may stand between the parts of a time

_ISO = "Write the year first, as in 2026-03-01 09:10."
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (  # May with a capital: “2 may have failed” is no date
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?-i:M(?:ay|AY))|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = re.compile(rf"({'|'.join(_WEEK)})(?:s|nes|rs|ur)?(?:day)?\b\.?,?{JUNK}", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)")
_NUMBERS = re.compile(
    r"(?P<a>\d{1,2})(?:(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})"
    r"|(?P<s2>[-/])(?P<b2>\d{1,2})(?:(?P=s2)(?P<y2>\d{2})|(?=[\s,]+(?:at\s)?\d{1,2}:\d\d)))(?![\d:])"
)  # 5/10 is a date only before a clock time
_NAMED = (
    re.compile(
        rf"{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(?P<y>\d{{4}})\b)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH}(?:,?[\s-]+(?P<y>\d{{4}})\b)?",
        re.IGNORECASE,
    ),
)


class Unreadable(ValueError):
    """A time that cannot be known: `message` without a full stop, `fix` with its own."""

    def __init__(self, message: str, fix: str) -> None:
        self.message, self.fix = message, fix
        super().__init__(f"{message}. {fix}")


@dataclass(frozen=True)
class Written:
    """The parts of a time as they were written; what was not written is None.

    `plus` is the N of +Nd, `half` whether am or pm was said, `weekday` counts from Monday as 0,
    `loose` a clock time with a point or an h, such as 23.10, `rest` what stands after the time.
    """

    clock: tuple[int, int] | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    plus: int | None = None
    half: bool = False
    loose: str = ""
    offset: timedelta | None = None
    zone: str | None = None
    rest: str = ""

    @property
    def dated(self) -> bool:
        """Whether a date was written."""
        return self.day is not None


def date_at(text: str, slashes: Slashes | None = None) -> Written | None:
    """Return the date a text begins with, if it does; raises Unreadable if it may be two."""
    for form in (_YEAR_FIRST, *_NAMED):
        if found := form.match(text):
            name, year = found.groupdict().get("month"), found["y"]
            month = _MONTHS.index(name[:3].lower()) + 1 if name else int(found["m"])
            rest = text[found.end() :]
            return Written(
                year=int(year) if year else None, month=month, day=int(found["d"]), rest=rest
            )
    return _numbers(text, slashes)


def dates_in(text: str) -> list[Written]:
    """Return every date that is written with a four-figure year first or a month's name."""
    starts = {one.start() for form in (_YEAR_FIRST, *_NAMED) for one in form.finditer(text)}
    whole = [at for at in sorted(starts) if not text[:at][-1:].isalnum()]
    return [found for at in whole if (found := date_at(text[at:]))]


def weekday_at(text: str) -> tuple[int, str] | None:
    """Return the weekday a text begins with, counted from Monday as 0, and what follows it."""
    found = _WEEKDAY.match(text)
    return (_WEEK.index(found[1].lower()), text[found.end() :]) if found else None


def weekday_only(text: str) -> bool:
    """Whether a text is a day without a date: Monday, Day 2, the next day."""
    bare = text.strip(" \t*_`:#()[]")
    weekday = weekday_at(bare)
    if weekday and not weekday[1]:
        return True
    days = r"day \w+|(?:the )?(?:next|following|same|previous) day"
    return bool(re.fullmatch(days, bare, re.IGNORECASE))


def _numbers(text: str, slashes: Slashes | None) -> Written | None:
    found = _NUMBERS.match(text)
    if not found:
        return None
    a, b = int(found["a"]), int(found["b"] or found["b2"])
    if found["y2"]:
        raise Unreadable(f"{quoted(found[0])} has no year of four figures", _ISO)
    day_first = a > 12 or a == b
    if slashes:
        day_first = slashes == "day-first"
    elif a <= 12 and b <= 12 and a != b:
        message = f"{quoted(found[0])} may be day {a} of month {b} or day {b} of month {a}"
        raise Unreadable(message, f"{_ISO[:-1]}; or say --slashes day-first or month-first.")
    day, month = (a, b) if day_first else (b, a)
    year = int(found["y"]) if found["y"] else None
    return Written(year=year, month=month, day=day, rest=text[found.end() :])
