"""What the three formats give: a time as it was written, and what is said beside it."""

from dataclasses import dataclass

from incident_training.authoring.dates import Unreadable, Written
from incident_training.library.faults import Fault


@dataclass(frozen=True)
class Row:
    """One line of a timeline, not yet placed in time.

    `time` is what was written or why it cannot be known; `day` the date that stands above it, if
    one does, or why that cannot be known; `block` tells the stretches of a file apart in which a
    date holds on from line to line.
    """

    line: int
    field: str
    time: Written | Unreadable
    text: str
    channel: str | None = None
    sender: str | None = None
    day: Written | Unreadable | None = None
    block: int = 0


@dataclass(frozen=True)
class Told:
    """A file as rows. `zones` are the zones it says its times are in, each with its line.

    `left` holds the lines that have a clock time and are no row. `ordered`: the file is meant to
    be in order of time.
    """

    file: str
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()
    zones: tuple[tuple[int, tuple[str, ...]], ...] = ()
    left: tuple[int, ...] = ()
    ordered: bool = True
