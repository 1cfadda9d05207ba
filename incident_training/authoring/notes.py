"""What an import says beside its entries: what was decided for the author, and may be wrong."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from incident_training.authoring.dates import Unreadable, Written
from incident_training.authoring.moment import Base, Entry
from incident_training.authoring.rows import Row, Told

_MOST_LINES = 40  # that a note names


def decided(told: Told, known: Sequence[Entry], placed: Sequence[Entry], base: Base) -> list[str]:
    """Return what an author should hear at once: dates, times and columns that may be others."""
    notes = [*_dates(told, placed, base), *told.notes]
    if known:
        first = base.date + timedelta(days=min(one.at for one in known) // 1440)
        notes.append(
            f"Before {base.date}, and so no inject: {lines_said([one.line for one in known])}. If"
            f" the shift begins earlier, import again with --date {first}."
        )
    if loose := [f"{_loose(row)} (line {row.line})" for row in told.rows if _loose(row)]:
        named = ", ".join(loose[:_MOST_LINES])
        more = f" and {len(loose) - _MOST_LINES} more" if len(loose) > _MOST_LINES else ""
        notes.append(f"Read as clock times: {named}{more}.")
    if told.elsewhere:
        notes.append(f"Left out, though a clock time is there: {lines_said(told.elsewhere)}.")
    return notes


def to_look_at(
    told: Told, known: Sequence[Entry], placed: Sequence[Entry], base: Base
) -> Iterator[str]:
    """Yield what an author may want to look at again while writing."""
    for entry in known:
        moment = _midnight(base) + timedelta(minutes=entry.at)
        yield f"Known before the shift began, {moment:%Y-%m-%d %H:%M}: {entry.text}"
    if lines := sorted({one.line for one in placed if one.carried}):
        yield f"The date above them was taken for the clock times on {lines_said(lines)}."
    if told.ordered and (lines := _moved(placed)):
        yield f"Put in order of time, and written elsewhere: {lines_said(lines)}."
    first, last = (_offset(base, one.at) for one in (placed[0], placed[-1]))
    if first != last:
        yield (
            f"The clocks of {base.zone.key} change between the first and the last entry: minutes"
            " from before to after are those on the clock."
        )


def lines_said(lines: Sequence[int]) -> str:
    """Return "line 4" or "lines 4, 6"."""
    named = ", ".join(map(str, lines[:_MOST_LINES]))
    more = f" and {len(lines) - _MOST_LINES} more" if len(lines) > _MOST_LINES else ""
    return f"line{'s' if len(lines) > 1 else ''} {named}{more}"


def _dates(told: Told, placed: Sequence[Entry], base: Base) -> Iterator[str]:
    """Yield a sentence if the file's own dates are others than the one that was given."""
    first = placed[0]
    rows = {row.line: row for row in told.rows}
    if first.at >= 1440 and not _plus(rows[first.line]):
        day = base.date + timedelta(days=first.at // 1440)
        yield (
            f"The first entry is on {day}, and --date is {base.date}, so that every time has"
            f" +{first.at // 1440}d. If the shift begins on {day}, import again with --date {day}."
        )
    elif any(map(_bare, told.rows)):
        found = [(line, own) for line, said in told.dates if (own := _day(said, base))]
        if found and base.date not in {day for _, day in found}:
            line, own = min(found, key=lambda one: abs(one[1] - base.date))
            yield (
                f"The file says {own} on line {line}; its clock times were taken for those of"
                f" {base.date}, as --date says. If {own} is meant, import again with --date {own}."
            )


def _plus(row: Row) -> bool:
    return isinstance(row.time, Written) and row.time.plus is not None


def _bare(row: Row) -> bool:
    return isinstance(row.time, Written) and not row.time.dated and row.day is None


def _loose(row: Row) -> str:
    return "" if isinstance(row.time, Unreadable) else row.time.loose


def _day(said: Written, base: Base) -> date | None:
    try:
        return date(said.year or base.date.year, said.month or 0, said.day or 0)
    except ValueError:
        return None


def _moved(placed: Sequence[Entry]) -> list[int]:
    """Return the lines of entries that stand below one that came later."""
    lowest, moved = placed[-1].line, []
    for entry in reversed(placed):
        if entry.line > lowest:
            moved.append(entry.line)
        lowest = min(lowest, entry.line)
    return sorted(moved)


def _offset(base: Base, at: int) -> timedelta | None:
    return (_midnight(base) + timedelta(minutes=at)).replace(tzinfo=base.zone).utcoffset()


def _midnight(base: Base) -> datetime:
    return datetime.combine(base.date, time())
