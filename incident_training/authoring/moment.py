"""Rows, a base date and a zone -> entries at a minute of the shift; or everything that is unclear.

Minute 0 is the midnight at which the base date begins, on the clocks of the zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

from incident_training.authoring.dates import Unreadable, Written
from incident_training.authoring.rows import Row, Told
from incident_training.library.faults import Fault, listed

LATEST = 10 * 1440  # clock times are written up to +9d
YEARS = range(1900, 2200)
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Base:
    """The day whose midnight is minute 0, and the zone in which times are shown and meant."""

    date: date
    zone: ZoneInfo

    @property
    def weekday(self) -> str:
        """The name of the day."""
        return _WEEK[self.date.weekday()]


@dataclass(frozen=True)
class Entry:
    """What happened at a minute of the shift. `carried`: its date is that of a line above it."""

    line: int
    at: int
    text: str
    channel: str | None = None
    sender: str | None = None
    carried: bool = False


class _Backwards(Unreadable):
    """The clock goes back; the times below are held against this one, so as not to repeat it."""

    def __init__(self, message: str, fix: str, at: int) -> None:
        super().__init__(message, fix)
        self.at = at


def entries(told: Told, base: Base) -> tuple[list[Entry], list[Fault]]:
    """Return the rows as entries in order of time, and a fault for each that cannot be placed.

    What a status page announced before the shift began comes at minutes below 0.
    """
    faults = [*told.faults, *_halves(told), *_zones(told, base)]
    placed: list[Entry] = []
    held: tuple[int, date] | None = None  # a date holds on within its block
    last: tuple[int, int] | None = None
    for row in told.rows:
        try:
            moment, carried = _moment(row, base, held, last)
        except Unreadable as why:
            faults.append(Fault(told.file, row.line, row.field, "time", why.message, why.fix))
            last = (why.at, row.line) if isinstance(why, _Backwards) else last
            continue
        at = _minute(moment, base)
        if at < 0 and told.ordered:
            message = f"{moment:%Y-%m-%d %H:%M} is before {base.date}, the day the shift begins"
            fix = f"Give --date {moment:%Y-%m-%d}, or remove this {told.each}."
            faults.append(Fault(told.file, row.line, row.field, "time", message, fix))
            continue
        last = (at, row.line)
        if isinstance(row.time, Written) and (row.time.dated or row.time.plus is not None):
            held = (row.block, moment.date())
        if not row.text:
            fix = f"Say what happened, or remove this {told.each}."
            faults.append(Fault(told.file, row.line, row.field, "empty", "nothing is said", fix))
        placed.append(Entry(row.line, at, row.text, row.channel, row.sender, carried))
    return _in_order(placed), faults


def _in_order(placed: list[Entry]) -> list[Entry]:
    """Return the entries in order of time; a minute's own in that of the file.

    A file that tells the newest first is read from its end.
    """
    pairs = [(one.at, next_.at) for one, next_ in pairwise(placed)]
    newest_first = sum(a > b for a, b in pairs) > sum(a < b for a, b in pairs)
    return sorted(reversed(placed) if newest_first else placed, key=lambda entry: entry.at)


def _moment(
    row: Row, base: Base, held: tuple[int, date] | None, last: tuple[int, int] | None
) -> tuple[datetime, bool]:
    """Return a row's moment on the zone's clocks and whether its date stands above it."""
    if isinstance(row.time, Unreadable):
        raise row.time
    if row.time.clock is None:
        raise Unreadable("a date is here and no clock time", "Write both: 2026-03-01 09:10.")
    day, carried = _day(row, row.time, base, held)
    moment = _shown(row.time, day, base)
    _once(moment, base)
    at = _minute(moment, base)
    if last and at < last[0] and not row.time.dated:
        shown = f"{moment:%H:%M}"
        before = datetime.combine(base.date, time()) + timedelta(minutes=last[0])
        said = f"{before:%H:%M}" if before.date() == moment.date() else f"{before:%Y-%m-%d %H:%M}"
        fix = f"Write the date there, or {shown} +1d; it holds for those below as well."
        raise _Backwards(f"{shown} is before {said} on line {last[1]}", fix, at)
    return moment, carried


def _day(row: Row, said: Written, base: Base, held: tuple[int, date] | None) -> tuple[date, bool]:
    if said.dated:
        return _date(said, base), False
    if said.plus is not None and row.day is None:
        return base.date + timedelta(days=said.plus), False
    above = held[1] if held and held[0] == row.block else None
    if above is None and row.day is not None:
        if isinstance(row.day, Unreadable):
            raise row.day
        above = _date(row.day, base)
    if said.plus is None:
        return (base.date, False) if above is None else (above, above != base.date)
    if above not in (None, base.date):
        fix = "Write the date instead."
        raise Unreadable(f"+{said.plus}d counts from {base.date}, and {above} is above it", fix)
    return base.date + timedelta(days=said.plus), False


def _date(said: Written, base: Base) -> date:
    """Return the date; without a year, the first such day from the base date on."""
    month, day = said.month or 0, said.day or 0
    if said.year is not None and said.year not in YEARS:
        raise Unreadable(f"the year {said.year} cannot be meant", "Write it as in 2026-03-01.")
    try:
        found = date(base.date.year if said.year is None else said.year, month, day)
        if said.year is None and found < base.date:
            found = date(base.date.year + 1, month, day)
            if (found - base.date).days * 1440 >= LATEST:
                message = f"{day}.{month}. is before {base.date}, the day the shift begins"
                raise Unreadable(message, "Give an earlier --date, or write the year.")
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        fix = "Write one that there is, as in 2026-03-01."
        raise Unreadable("there is no such day", fix) from None
    if said.weekday not in (None, found.weekday()):
        message = f"{found} is a {_WEEK[found.weekday()]}, and {_WEEK[said.weekday or 0]} is said"
        raise Unreadable(message, "Correct the weekday or the date.")
    return found


def _shown(said: Written, day: date, base: Base) -> datetime:
    """Return the wall-clock time in the base zone."""
    hour, minute = said.clock or (0, 0)
    local = datetime.combine(day, time(hour, minute))
    zone: tzinfo | None = timezone(said.offset) if said.offset is not None else None
    if said.zone == "UTC":
        zone = UTC
    if zone is None:
        if said.zone and not same_zone(said.zone, local, base):
            message = f"{said.zone} is not the zone that --zone names ({base.zone.key})"
            raise Unreadable(message, "Write the offset, as in 09:10 UTC+01:00, or change --zone.")
        return local
    moved = local.replace(tzinfo=zone).astimezone(base.zone).replace(tzinfo=None)
    if moved.date() != day and not said.dated:
        message = f"{hour:02}:{minute:02} there is another day in {base.zone.key}"
        raise Unreadable(message, "Write the date before it, as in 2026-03-01 23:30 UTC.")
    return moved


def same_zone(name: str, local: datetime, base: Base) -> bool:
    """Whether the base zone goes by that name at that local time; PT is PST or PDT."""
    here = local.replace(tzinfo=base.zone)
    if name == "UTC":
        return here.utcoffset() == timedelta()
    own = here.tzname() or ""
    return name in (own, own[:1] + own[-1:] if len(own) == 3 else own)


def _once(local: datetime, base: Base) -> None:
    """Raise Unreadable for a local time that comes twice or never."""
    first, second = (local.replace(tzinfo=base.zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return
    back = first.astimezone(UTC).astimezone(base.zone).replace(tzinfo=None)
    comes = "comes twice" if back == local else "never comes"
    message = f"{local:%Y-%m-%d %H:%M} {comes} in {base.zone.key}: the clocks change then"
    raise Unreadable(message, "Give the times with their offset, and --zone UTC.")


def _minute(moment: datetime, base: Base) -> int:
    return (moment.date() - base.date).days * 1440 + moment.hour * 60 + moment.minute


def _halves(told: Told) -> Iterator[Fault]:
    """Where some clock times say am or pm, one that does not may be either."""
    times = [(row, row.time) for row in told.rows if isinstance(row.time, Written)]
    if not any(said.half for _, said in times):
        return
    for row, said in times:
        if said.clock and not said.half and 0 < said.clock[0] <= 12:
            message = "other times here say am or pm, and this one does not"
            fix = "Write am or pm here too, or every time as 09:10 or 21:10."
            yield Fault(told.file, row.line, row.field, "time", message, fix)


def _zones(told: Told, base: Base) -> Iterator[Fault]:
    """The zone that a file says its times are in should be the one that was given."""
    times = [row.time for row in told.rows if isinstance(row.time, Written)]
    bare = [one for one in times if one.offset is None and one.zone is None]
    days = [base.date] if len(bare) < len(times) else _both_halves_of_the_year(base)
    noons = [datetime.combine(day, time(12)) for day in days]
    for line, names in told.zones:
        if bare and not any(same_zone(name, noon, base) for name in names for noon in noons):
            message = f"the file says its times are in {listed(names)}; --zone is {base.zone.key}"
            fix = "Give that zone with --zone, or write the offset with each time."
            yield Fault(told.file, line, "", "zone", message, fix)


def _both_halves_of_the_year(base: Base) -> list[date]:
    """A file that says PST in July means the clocks of the place: no other time contradicts it."""
    return [base.date.replace(month=month, day=1) for month in (1, 7)]
