"""CSV with a header -> rows; commas, semicolons or tabs."""

import csv
import io
import re
from collections.abc import Sequence

from incident_training.authoring.columns import (
    Columns,
    Open,
    columns,
    not_taken,
    others,
    usual,
    zones,
)
from incident_training.authoring.dates import Slashes, Unreadable, Written
from incident_training.authoring.rows import Row, Told
from incident_training.authoring.written import written
from incident_training.library.faults import ContentError, Fault, listed, meant, quoted

_CASES = [
    f"{what}{key}"
    for what in ("case", "incident", "ticket")
    for key in ("", "_id", "_no", "_nr", "_number", "_key")
]
_MOST_NAMED = 8
_STRETCH = re.compile(r"until [\d:.]+\s?(?:[ap]\.?m\.?)?:", re.IGNORECASE)

Record = tuple[int, list[str]]  # the line it starts on, its cells


def read_csv(
    file: str,
    text: str,
    where: Sequence[tuple[str, str]] = (),
    time: str | None = None,
    said: str | None = None,
    slashes: Slashes | None = None,
) -> Told:
    """Return the rows that `where` selects; raises ContentError where no column can be told."""
    header, records = _records(file, text)
    try:
        found = columns(header, time, said)
    except Open as error:
        whys = [Fault(file, 1, "", "columns", why.message, why.fix) for why in error.whys]
        raise ContentError(whys) from None
    try:
        chosen = _chosen(header, records, where)
    except Unreadable as why:
        raise ContentError([Fault(file, 1, "", "rows", why.message, why.fix)]) from None
    rows, faults = [], []
    for line, cells in chosen:
        if len(cells) != len(header):
            message = f"{len(cells)} cells are here, and the header has {len(header)}"
            fix = "Put a text that holds the separator in double quotes."
            faults.append(Fault(file, line, "", "cells", message, fix))
            continue
        rows.append(_row(line, cells, header, found, slashes))
    named = zones(header[found.time])
    notes = _notes(header, rows, found, slashes)
    zones_said = ((1, named),) if named else ()
    return Told(file, tuple(rows), tuple(faults), zones_said, each="row", notes=tuple(notes))


def _notes(
    header: list[str], rows: list[Row], found: Columns, slashes: Slashes | None
) -> list[str]:
    """Return which columns are not taken, and which of them hold times as well."""
    cells: dict[str, list[str]] = {}
    for name, cell in (pair for row in rows for pair in row.others):
        cells.setdefault(name, []).append(cell)
    full = {name: said for name, said in cells.items() if 2 * len(said) >= len(rows)}
    times = [name for name, said in full.items() if all(is_timed([one], slashes) for one in said)]
    names = [header[place] for place in others(header, found)]
    notes = not_taken([name for name in names if name not in times])
    if times:
        example = f'"{times[0]}"' if " " in times[0] else times[0]
        notes.append(
            f"Times are those of the column {header[found.time]}, and {listed(times)} would do as"
            f" well: take it with --time {example}."
        )
    return notes


def whole(text: str, slashes: Slashes | None, each: str = "row") -> Written | Unreadable:
    """Return what a cell says if all of it is a time, else why it cannot be known."""
    try:
        said = written(text, slashes)
    except Unreadable as why:
        return why
    if (
        said
        and said.clock
        and re.fullmatch(r"(?:until [\d:.]+ ?(?:[AaPp]\.?[Mm]\.?)?:)?", said.rest)
    ):
        return said
    if not text.strip():
        return Unreadable("the time is missing", f"Write it, or remove this {each}.")
    message = f"{quoted(text)} is not a time that can be read"
    return Unreadable(message, "Write it as 09:10, or as 2026-03-01 09:10.")


def beside(time: Written | Unreadable, text: str) -> str:
    """Return the text of a row, after what the cell of its time says about how long it took."""
    until = time.rest if isinstance(time, Written) else ""
    return f"{until} {text}" if until and text else text


def is_timed(row: list[str], slashes: Slashes | None) -> bool:
    """Whether the first cell of a row is a time."""
    return bool(row) and isinstance(whole(row[0], slashes), Written)


def _row(
    line: int, cells: list[str], header: list[str], found: Columns, slashes: Slashes | None
) -> Row:
    def cell(place: int | None) -> str | None:
        return (cells[place].strip() or None) if place is not None else None

    time = whole(" ".join(one for one in (cell(found.date), cell(found.time)) if one), slashes)
    return Row(
        line,
        header[found.time],
        time,
        beside(time, cell(found.text) or ""),
        cell(found.channel),
        cell(found.sender),
        others=tuple((header[at], one) for at in others(header, found) if (one := cell(at))),
    )


def _records(file: str, text: str) -> tuple[list[str], list[Record]]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True
    )
    records: list[Record] = []
    line = 1
    try:
        for cells in reader:
            if any(one.strip() for one in cells):
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        message = "a quote that opens here is not closed, or stands inside a cell"
        fix = 'Write a quote inside a quoted cell twice: "".'
        raise ContentError([Fault(file, line, "", "csv", message, fix)]) from None
    if len(records) < 2:
        message, fix = "no row is below a header", "Name the columns in the first line."
        raise ContentError([Fault(file, 1, "", "empty", message, fix)])
    return [one.strip() for one in records[0][1]], records[1:]


def _chosen(
    header: list[str], records: list[Record], where: Sequence[tuple[str, str]]
) -> list[Record]:
    for name, value in where:
        if name not in header:
            fix = meant(name, header, f"Columns are {listed(header)}.")
            raise Unreadable(f"--where: there is no column {quoted(name)}", fix)
        place = header.index(name)
        found = [one for one in records if len(one[1]) > place and one[1][place].strip() == value]
        if not found:
            named = _values(records, place)
            fix = meant(value, named, f"There are {_some(named)}.")
            raise Unreadable(f"--where: no row has {quoted(value)} in {name}", fix)
        records = found
    for place, name in enumerate(header):
        cases = _values(records, place) if usual(name) in _CASES else []
        if len(cases) > 1:
            typed = f'"{name}=…"' if " " in name else f"{name}=…"
            fix = f"Say --where {typed}, with one of {_some(cases)}."
            raise Unreadable(f"more than one case is here, by the column {name}", fix)
    return records


def _values(records: list[Record], place: int) -> list[str]:
    return [*dict.fromkeys(cells[place].strip() for _, cells in records if len(cells) > place)]


def _some(values: list[str]) -> str:
    if len(values) <= _MOST_NAMED:
        return listed(values)
    return f"{', '.join(values[:_MOST_NAMED])} and {len(values) - _MOST_NAMED} more"
