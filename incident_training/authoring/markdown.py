"""A Markdown file -> rows, with what was left out and what the file says of itself."""

from datetime import date

from incident_training.authoring.dates import Slashes, dates_in
from incident_training.authoring.leftout import LISTED, left_out, looks_timed
from incident_training.authoring.loose import only_clocks
from incident_training.authoring.markup import lines_of
from incident_training.authoring.prose import Reader
from incident_training.authoring.rows import Told
from incident_training.authoring.sections import Sections

_LONG = 300  # characters of a line in which its dates are looked for


def read_markdown(
    file: str,
    text: str,
    base: date,
    section: str | None = None,
    slashes: Slashes | None = None,
) -> Told:
    """Return the timed lines, of one section if its heading is given.

    A title that says another day than `base` makes each clock time below it unreadable.
    """
    reader = Reader(file, Sections(base, section), slashes)
    reader.read(lines_of(text))
    seen = reader.seen
    left = left_out(seen, all_of_it=section is not None) if reader.rows else looks_timed(seen)
    others = ((one.line, one.text) for one in seen if one.form == LISTED and not one.taken)
    named = {one.line for one in left}
    lines = enumerate(text.split("\n"), 1)
    return Told(
        file,
        tuple(only_clocks(reader.rows, others)),
        tuple(reader.faults),
        tuple(reader.zones),
        tuple(left),
        tuple(line for line in reader.elsewhere if line not in named),
        notes=tuple(reader.notes),
        name=reader.title,
        dates=tuple((count, one) for count, line in lines for one in dates_in(line[:_LONG])),
    )
