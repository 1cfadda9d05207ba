"""A timeline of one's own -> a draft; what `incident-training import` prints."""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from incident_training.authoring.cuts import empty_cuts, merged
from incident_training.authoring.dates import Slashes
from incident_training.authoring.draft import Draft, drafted
from incident_training.authoring.moment import LATEST, Base, Entry, entries
from incident_training.authoring.options import Options, options
from incident_training.authoring.prose import read_markdown
from incident_training.authoring.rows import Told
from incident_training.authoring.spreadsheet import read_csv
from incident_training.authoring.statuspage import read_statuspage
from incident_training.library.faults import ContentError, Fault, quoted
from incident_training.library.node import Node
from incident_training.library.read import MOST_BYTES, decoded

_MOST_LINES = 40  # that a note names


def say_import(
    path: Path | str,
    *,
    date: str,
    zone: str,
    cuts: Sequence[str] = (),
    where: Sequence[str] = (),
    time: str | None = None,
    text: str | None = None,
    slashes: Slashes | None = None,
    to: Path | str | None = None,
) -> int:
    """Print the draft, or write it to a file that is not there yet; 0 if every line could be read.

    `date` is the day whose midnight is minute 0, `zone` an IANA name, `cuts` clock times as the
    draft shows them, `where` pairs such as “case_id=31”, `time` and `text` names of columns.
    """
    try:
        said = options(str(path), date, zone, cuts, where, time, text, slashes)
        draft = drafted(imported(Path(path), said))
        if to is None:
            print(draft, end="")
        else:
            _write(Path(to), draft)
    except (ContentError, FileExistsError, OSError) as error:
        print(_sentence(error, to), file=sys.stderr)
        return 1
    return 0


def imported(path: Path, said: Options) -> Draft:
    """Return what a draft is made of; raises ContentError with everything that is unclear."""
    file = str(path)
    told = _told(path, file, said)
    placed, faults = entries(told, said.base)
    if not placed and not faults:
        where = f" where {said.where[0][0]} is {said.where[0][1]}" if said.where else ""
        fix = "Start each line of the timeline with its time, as in “- 09:10 The queue grows”."
        faults = [Fault(file, 1, "", "empty", f"no line begins with a time{where}", fix)]
    known, placed = [e for e in placed if e.at < 0], [e for e in placed if e.at >= 0]
    if known and not placed:
        message = f"all of it is before {said.base.date}, the day the shift begins"
        faults.append(Fault(file, known[0].line, "", "time", message, "Give an earlier --date."))
    if not faults:
        faults = empty_cuts(file, said.cuts, placed)
    shown, hidden = merged(placed, said.cuts) if said.cuts else (placed, [])
    faults += [_late(file, one) for one in shown if one.at >= LATEST]
    if faults:
        raise ContentError(faults)
    notes = (*_known(known, said.base), *_notes(told, placed, said.base))
    return Draft(path.name, said.base, tuple(shown), tuple(hidden), notes, bool(said.cuts))


def _told(path: Path, file: str, said: Options) -> Told:
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        message = f"the file cannot be read ({error.strerror})"
        fix = "Name a file that is there and that you may read."
        raise ContentError([Fault(file, 1, "", "unreadable", message, fix)]) from None
    text = decoded(Node(file, 1), content).replace("\r\n", "\n").replace("\r", "\n")
    match path.suffix.lower():
        case ".csv" | ".tsv":
            return read_csv(file, text, said.where, said.time, said.text, said.slashes)
        case ".md" | ".markdown":
            section = _section(file, said.where)
            return read_markdown(file, text, said.base.date, section, said.slashes)
        case ".json":
            return read_statuspage(file, text, said.where)
    message = f"the ending {quoted(path.suffix)} does not say what is in the file"
    fix = "Name it .csv, .md (Markdown) or .json (Statuspage)."
    raise ContentError([Fault(file, 1, "", "format", message, fix)])


def _section(file: str, where: Sequence[tuple[str, str]]) -> str | None:
    for name, value in where:
        if name != "section" or len(where) > 1:
            fix = "Say --where section=… once, with words of the heading."
            message = f"Markdown has sections to choose from; got {quoted(name)}"
            raise ContentError([Fault(file, 1, "--where", "option", message, fix)])
        return value
    return None


def _late(file: str, entry: Entry) -> Fault:
    message = f"this is {entry.at // 1440} days after the day the shift begins, and 9 fit"
    fix = "Give a later --date, cut before it with --cut, or remove the line."
    return Fault(file, entry.line, "", "time", message, fix)


def _known(entries: Sequence[Entry], base: Base) -> Iterator[str]:
    """Yield what a status page announced before the shift began: the briefing may need it."""
    midnight = datetime.combine(base.date, time())
    for entry in entries:
        moment = midnight + timedelta(minutes=entry.at)
        yield f"Known before the shift began, {moment:%Y-%m-%d %H:%M}: {entry.text}"


def _notes(told: Told, placed: Sequence[Entry], base: Base) -> Iterator[str]:
    """Yield what was done with the file that an author may want to look at again."""
    if lines := sorted({one.line for one in placed if one.carried}):
        yield f"The date above them was taken for the clock times on {_lines(lines)}."
    if told.ordered and (lines := _moved(placed)):
        yield f"Put in order of time, and written elsewhere: {_lines(lines)}."
    if told.left:
        yield f"Left out, though a clock time is there: {_lines(told.left)}."
    first, last = (_offset(base, one.at) for one in (placed[0], placed[-1]))
    if first != last:
        yield (
            f"The clocks of {base.zone.key} change between the first and the last entry: minutes"
            " from before to after are those on the clock."
        )


def _moved(placed: Sequence[Entry]) -> list[int]:
    """Return the lines of entries that stand below one that came later."""
    lowest, moved = placed[-1].line, []
    for entry in reversed(placed):
        if entry.line > lowest:
            moved.append(entry.line)
        lowest = min(lowest, entry.line)
    return sorted(moved)


def _offset(base: Base, at: int) -> timedelta | None:
    midnight = datetime.combine(base.date, time())
    return (midnight + timedelta(minutes=at)).replace(tzinfo=base.zone).utcoffset()


def _lines(lines: Sequence[int]) -> str:
    named = ", ".join(map(str, lines[:_MOST_LINES]))
    more = f" and {len(lines) - _MOST_LINES} more" if len(lines) > _MOST_LINES else ""
    return f"line{'s' if len(lines) > 1 else ''} {named}{more}"


def _write(to: Path, draft: str) -> None:
    with to.open("x", encoding="utf-8") as file:
        file.write(draft)


def _sentence(error: Exception, to: Path | str | None) -> str:
    if isinstance(error, FileExistsError):
        return f"{to}: there is a file already. Name another with --to."
    if isinstance(error, OSError):
        return f"{to}: cannot be written ({error.strerror}). Name another with --to."
    return str(error)
