"""What an author says beside the file: a date, a zone, cut points, which case."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo, available_timezones

from incident_training.authoring.dates import Slashes
from incident_training.authoring.moment import YEARS, Base
from incident_training.authoring.written import BACK
from incident_training.clock import minute
from incident_training.library.faults import ContentError, Fault, meant, quoted


@dataclass(frozen=True)
class Options:
    """What was said, checked. `cuts` are minutes of the shift in their order."""

    base: Base
    cuts: tuple[int, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    time: str | None = None
    text: str | None = None
    slashes: Slashes | None = None


def options(
    file: str,
    date: str,
    zone: str,
    cuts: Sequence[str] = (),
    where: Sequence[str] = (),
    time: str | None = None,
    text: str | None = None,
    slashes: Slashes | None = None,
) -> Options:
    """Return the options, or raise ContentError with everything that is wrong with them."""
    faults: list[Fault] = []
    day, place = _day(file, date, faults), _zone(file, zone, faults)
    minutes = tuple(sorted({at for cut in cuts if (at := _cut(file, cut, faults)) is not None}))
    pairs = tuple(pair for one in where if (pair := _pair(file, one, faults)))
    if faults or day is None or place is None:
        raise ContentError(faults)
    return Options(Base(day, place), minutes, pairs, time, text, slashes)


def _day(file: str, text: str, faults: list[Fault]) -> date | None:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            day = date.fromisoformat(text)
            if day.year in YEARS:
                return day
    except ValueError:
        pass
    message = f"should be the day of which midnight begins the shift; got {quoted(text)}"
    faults.append(_fault(file, "--date", message, "Write it as 2026-03-01."))
    return None


def _zone(file: str, text: str, faults: list[Fault]) -> ZoneInfo | None:
    names = available_timezones()
    if text in names:
        return ZoneInfo(text)
    fix = meant(text, names, "Write it as Europe/Stockholm or UTC.")
    faults.append(_fault(file, "--zone", f"there is no time zone {quoted(text)}", fix))
    return None


def _cut(file: str, text: str, faults: list[Fault]) -> int | None:
    if re.search(r"[−–-]\s?\dd$", text.strip()):
        faults.append(_fault(file, "--cut", f"{quoted(text)} counts back", BACK))
        return None
    try:
        return minute(text)
    except ValueError as error:
        fix = "Write it as it stands in the draft."
        faults.append(_fault(file, "--cut", str(error), fix))
        return None


def _pair(file: str, text: str, faults: list[Fault]) -> tuple[str, str] | None:
    name, equals, value = text.partition("=")
    if equals and name.strip():
        return name.strip(), value.strip()
    message = f"should be a name and a value; got {quoted(text)}"
    faults.append(_fault(file, "--where", message, "Write it as --where case_id=31."))
    return None


def _fault(file: str, option: str, message: str, fix: str) -> Fault:
    return Fault(file, 1, option, "option", message, fix)
