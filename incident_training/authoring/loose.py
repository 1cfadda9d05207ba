"""Clock times with a point or an h, 23.10 and 10h20: only where a list item begins with one."""

import re
from collections.abc import Iterable
from dataclasses import replace

from incident_training.authoring.dates import Unreadable
from incident_training.authoring.rows import Row
from incident_training.library.faults import quoted

_AMOUNT = (  # 3.50 euros, 10h20 of outage: what follows makes it no time
    r"\s*(?:[%€$£°]|(?:per ?cent|of|later|after|hours?|min(?:utes?)?|s|ms|sec(?:onds?)?"
    r"|[kmgt]i?b|euros?|dollars?|kr|sek|eur|usd|times|thousand|million|billion)\b)"
)
_SET_OFF = r"(?:\s?[ap]\.?m\b|\*|\s?[:–—|]|\s-\s)"  # after 7.05, which may be a version
LOOSE = re.compile(
    rf"(?P<h>[01]\d|2[0-3]|\d(?=h|\.\d\d{_SET_OFF}))[.h](?P<m>[0-5]\d)(?![\w.,]?\d)(?!{_AMOUNT})"
    r"(?:(?P<half>\s?[ap]\.?m\.?)(?!\w))?(?!\w)",
    re.IGNORECASE,
)
_CLOCK_TOO = re.compile(r"[.\s,*_]+(?:at\s+)?\d{1,2}[:.h]\d\d(?!\d)", re.IGNORECASE)
_DAY = re.compile(r"(?:2[4-9]|3[01])\.(?:0?[1-9]|1[0-2])(?![\d.%])")
_FIX = "Write a clock time as 23:10, and a date as 2026-10-23."


def refuse_date(found: re.Match[str]) -> None:
    """Raise Unreadable if a clock time follows: then the first may be a day and a month."""
    if _CLOCK_TOO.match(found.string, found.end()):
        raise Unreadable(f"{quoted(found[0])} may be a clock time or a date", _FIX)


def only_clocks(rows: Iterable[Row], others: Iterable[tuple[int, str]]) -> list[Row]:
    """Return the rows; 23.10 cannot be known where 24.10, which is a day, begins another item."""
    days = [(line, found[0]) for line, text in others if (found := _DAY.match(text))]
    if not days:
        return [*rows]
    line, day = days[0]
    return [_doubted(row, f"as {quoted(day)} on line {line} is") for row in rows]


def _doubted(row: Row, why: str) -> Row:
    said = "" if isinstance(row.time, Unreadable) else row.time.loose
    if "." not in said:
        return row
    return replace(row, time=Unreadable(f"{quoted(said)} may be a day and a month, {why}", _FIX))
