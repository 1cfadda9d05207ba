"""What the three formats give: a time as it was written, and what is said beside it."""

from dataclasses import dataclass

from incident_training.authoring.dates import Unreadable, Written
from incident_training.library.faults import Fault


@dataclass(frozen=True)
class Row:
    """One line of a timeline, not yet placed in time.

    `time` is what was written or why it cannot be known; `day` the date that stands above it, if
    one does, or why that cannot be known; `block` tells the stretches of a file apart in which a
    date holds on from line to line. `others` are the cells of columns that are not taken, each
    with its column.
    """

    line: int
    field: str
    time: Written | Unreadable
    text: str
    channel: str | None = None
    sender: str | None = None
    day: Written | Unreadable | None = None
    block: int = 0
    section: str = ""
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Left:
    """What stands among the entries of a timeline and is none of them: its first words, and why."""

    line: int
    words: str
    why: str

    def __str__(self) -> str:
        return f"left out: line {self.line}, `{self.words}`: {self.why}"


@dataclass(frozen=True)
class Told:
    """A file as rows. `zones` are the zones it says its times are in, each with its line.

    `left` is what was not taken though it stands among the rows, `elsewhere` other lines that have
    a clock time. `ordered`: the file is meant to be in order of time. `each` is what the file's
    rows are called. `name` and `url` are the file's own, as far as it gives them. `dates` are those
    it writes anywhere, each with its line.
    """

    file: str
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()
    zones: tuple[tuple[int, tuple[str, ...]], ...] = ()
    left: tuple[Left, ...] = ()
    elsewhere: tuple[int, ...] = ()
    ordered: bool = True
    each: str = "line"
    notes: tuple[str, ...] = ()
    name: str = ""
    url: str = ""
    dates: tuple[tuple[int, Written], ...] = ()
