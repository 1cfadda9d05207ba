"""Which column of a table holds what, by the usual names or by the author's word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from incident_training.authoring.dates import Unreadable
from incident_training.authoring.written import ZONES
from incident_training.library.faults import listed, meant, quoted

USUAL = {
    "time": "time timestamp datetime at when clock created_at occurred_at start_time date_time ts",
    "date": "date day",
    "text": (
        "text event message description what activity action summary note notes details body"
        " content entry comment update"
    ),
    "channel": "channel medium",
    "from": "from sender author who user actor person by",
}


@dataclass(frozen=True)
class Columns:
    """The place of each column, counted from 0; None where there is none."""

    time: int
    text: int
    date: int | None = None
    channel: int | None = None
    sender: int | None = None


class Open(ValueError):
    """Columns that cannot be told; `whys` says it for each."""

    def __init__(self, whys: list[Unreadable]) -> None:
        self.whys = whys
        super().__init__(" ".join(map(str, whys)))


def columns(header: Sequence[str], time: str | None = None, text: str | None = None) -> Columns:
    """Return which column is which; raises Open naming the choices where that is open."""
    dates, found, whys = _usual(header, "date"), [], []
    for what, given, otherwise in (("time", time, dates), ("text", text, [])):
        try:
            found.append(_one(header, what, given, otherwise))
        except Unreadable as why:
            whys.append(why)
    if whys:
        raise Open(whys)
    date = dates[0] if len(dates) == 1 and dates[0] != found[0] and time is None else None
    channel, sender = (next(iter(_usual(header, name)), None) for name in ("channel", "from"))
    return Columns(found[0], found[1], date, channel, sender)


def others(header: Sequence[str], found: Columns) -> list[int]:
    """Return the places of the columns that are not taken."""
    taken = {found.time, found.text, found.date, found.channel, found.sender}
    return [place for place, name in enumerate(header) if place not in taken and name]


def dropped(header: Sequence[str], where: str = "") -> list[str]:
    """Return a sentence that names what is not taken of a table with these columns, if anything."""
    try:
        found = columns(header)
    except Open:
        return []
    return not_taken([header[place] for place in others(header, found)], where)


def not_taken(names: Sequence[str], where: str = "") -> list[str]:
    """Return a sentence that names columns whose cells are in the file only, if there are any."""
    if not names:
        return []
    *first, last = names
    named = f"columns {', '.join(first)} and {last}" if first else f"column {last}"
    return [f"Not taken{where}, and in the file only: the {named}."]


def usual(name: str) -> str:
    """Return a column's name as the usual ones are written."""
    return _plain(name)


def zones(header: str) -> tuple[str, ...]:
    """Return the zones that a text names."""
    return tuple(dict.fromkeys("UTC" if z == "GMT" else z for z in _ZONE.findall(header)))


_ZONE = re.compile(r"(?<![\w/])(?:" + "|".join(ZONES) + r")(?![\w/])")


def _one(header: Sequence[str], what: str, given: str | None, otherwise: list[int]) -> int:
    option = f"--{what} COLUMN"
    if given is not None:
        if header.count(given) == 1:
            return header.index(given)
        fix = meant(given, header, f"Columns are {listed(header)}.")
        many = "more than one column" if given in header else "no column"
        raise Unreadable(f"there is {many} {quoted(given)}", fix)
    found = _usual(header, what) or otherwise
    if len(found) == 1:
        return found[0]
    if found:
        names = listed(header[one] for one in found)
        example = f'"{header[found[0]]}"' if " " in header[found[0]] else header[found[0]]
        fix = f"Say which, as in --{what} {example}."
        raise Unreadable(f"which column holds the {what} is open: {names}", fix)
    message = f"no column is named as one that holds the {what}"
    raise Unreadable(message, f"Say {option}; columns are {listed(header)}.")


def _usual(header: Sequence[str], what: str) -> list[int]:
    names = USUAL[what].split()
    return [place for place, name in enumerate(header) if _plain(name) in names]


def _plain(name: str) -> str:
    bare = re.sub(r"\(.*?\)|\[.*?\]|\*", " ", name)
    bare = _ZONE.sub(" ", bare)
    bare = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare).lower()
    return "_".join(re.split(r"[\s_-]+", bare.strip()))
