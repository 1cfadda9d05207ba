"""What --where could say, where rows that cannot be placed look like those of another story."""

import re
from collections.abc import Sequence
from dataclasses import replace

from incident_training.authoring.dates import Unreadable
from incident_training.authoring.moment import LATEST, Base, entries
from incident_training.authoring.rows import Row, Told
from incident_training.library.faults import Fault, listed

_MANY = 4  # faults of one table that are rather one fault
_MOST_NAMED = 8
_NAMES_A_CASE = re.compile(
    r"case|incident|ticket|(?:^|[\W_])(?:id|no|nr|number|key)$", re.IGNORECASE
)


def narrowed(told: Told, base: Base, faults: list[Fault]) -> list[Fault]:
    """Return the faults, with what --where should say if fewer rows would have fewer faults."""
    if told.each == "row":
        return _one_case(told, base, faults)
    return [*_one_section(told, base, faults), *faults]


def _one_section(told: Told, base: Base, faults: list[Fault]) -> list[Fault]:
    rows: dict[str, list[Row]] = {}
    for row in told.rows:
        rows.setdefault(row.section, []).append(row)
    if len(rows) < 2 or not (named := [*filter(None, rows)]):
        return []
    best = max(named, key=lambda name: ("timeline" in name.lower(), len(rows[name])))
    if _faults(told, rows[best], base) >= len(faults):
        return []
    counted = [f"{name or 'no heading'} ({len(rows[name])})" for name in rows]
    more = f" and {len(rows) - _MOST_NAMED} more" if len(rows) > _MOST_NAMED else ""
    said = ", ".join(counted[:_MOST_NAMED]) + more
    message = f"times stand in several sections: {said}"
    fix = f"If one of them is the timeline, say --where {_typed(f'section={best}')}."
    return [Fault(told.file, 1, "", "option", message, fix)]


def _one_case(told: Told, base: Base, faults: list[Fault]) -> list[Fault]:
    unread = any(isinstance(row.time, Unreadable) for row in told.rows)
    if len(faults) < _MANY or unread or any(one.rule != "time" for one in faults):
        return faults
    for name in _columns_of_cases(told.rows):
        groups: dict[str, list[Row]] = {}
        for row in told.rows:
            groups.setdefault(dict(row.others).get(name, ""), []).append(row)
        found = {value: _faults(told, group, base) for value, group in groups.items()}
        whole = [value for value, count in found.items() if value and not count]
        apart = all(not count or count == len(groups[value]) for value, count in found.items())
        alone = len(groups) == len(told.rows)  # then only days far off make a story of each row
        if whole and apart and not (alone and sum(found.values()) < len(faults)):
            message = f"{len(faults)} rows cannot be placed in one story, and each {name} alone can"
            more = f" and {len(whole) - _MOST_NAMED} more" if len(whole) > _MOST_NAMED else ""
            named = listed(whole[:_MOST_NAMED]) + more
            fix = f"Say --where {_typed(f'{name}={whole[0]}')}; there are {named}."
            return [Fault(told.file, 1, "", "rows", message, fix)]
    return faults


def _columns_of_cases(rows: Sequence[Row]) -> list[str]:
    """Return the columns that may tell stories apart, those that are named so first."""
    values: dict[str, set[str]] = {}
    for row in rows:
        for name, cell in row.others:
            values.setdefault(name, set()).add(cell)
    says = {name: bool(_NAMES_A_CASE.search(name)) for name in values}
    open_ = (name for name, found in values.items() if says[name] or 1 < len(found) < len(rows))
    return sorted(open_, key=lambda name: (not says[name], len(values[name])))


def _faults(told: Told, rows: Sequence[Row], base: Base) -> int:
    placed, faults = entries(replace(told, rows=tuple(rows), faults=(), zones=()), base)
    return len(faults) + sum(one.at >= LATEST for one in placed)


def _typed(pair: str) -> str:
    return pair if re.fullmatch(r"[\w=.:/+-]+", pair) else f'"{pair}"'
