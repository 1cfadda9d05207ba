"""A timeline of one's own -> a draft; what `incident-training import` prints."""

import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from incident_training.authoring.cuts import empty_cuts, merged
from incident_training.authoring.dates import Slashes
from incident_training.authoring.draft import Draft, drafted
from incident_training.authoring.hints import narrowed
from incident_training.authoring.markdown import read_markdown
from incident_training.authoring.moment import LATEST, Entry, entries
from incident_training.authoring.notes import decided, to_look_at
from incident_training.authoring.options import Options, options
from incident_training.authoring.rows import Left, Told
from incident_training.authoring.spreadsheet import read_csv
from incident_training.authoring.statuspage import read_statuspage
from incident_training.authoring.summary import summary
from incident_training.library.faults import ContentError, Fault, quoted
from incident_training.library.node import Node
from incident_training.library.read import MOST_BYTES, decoded

MOST_SHOWN = 300  # entries: many times what one person reads in a shift


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
    """Print the draft, or write it to a file that is not there yet; 0 if there is one.

    What was read and what was left out is said on stderr, so that a draft alone can be piped.

    `date` is the day whose midnight is minute 0, `zone` an IANA name, `cuts` clock times as the
    draft shows them, `where` pairs such as “case_id=31”, `time` and `text` names of columns.
    """
    try:
        said = options(str(path), date, zone, cuts, where, time, text, slashes)
        draft = imported(Path(path), said)
        if to is None:
            print(drafted(draft), end="", flush=True)
        else:
            _write(Path(to), drafted(draft))
    except (ContentError, FileExistsError, OSError) as error:
        print(_sentence(error, to), file=sys.stderr)
        return 1
    print(summary(draft, to), file=sys.stderr)
    return 0


def imported(path: Path, said: Options) -> Draft:
    """Return what a draft is made of; raises ContentError with everything that is unclear."""
    file = str(path)
    told = _told(path, file, said)
    placed, faults = entries(told, said.base)
    if not placed and not faults:
        faults = _nothing(told, said)
    known, placed = [e for e in placed if e.at < 0], [e for e in placed if e.at >= 0]
    if known and not placed:
        message = f"all of it is before {said.base.date}, the day the shift begins"
        fix = f"Give --date {said.base.date + timedelta(days=known[0].at // 1440)}."
        faults.append(Fault(file, known[0].line, "", "time", message, fix))
    if not faults:
        faults = empty_cuts(file, said.cuts, placed)
    shown, hidden = merged(placed, said.cuts) if said.cuts else (placed, [])
    faults += [_late(told, one) for one in shown if one.at >= LATEST]
    if not faults and len(shown) > MOST_SHOWN:
        message = f"{len(shown):,} entries would become injects; a shift has about nine"
        fix = "Choose a part of it with --where, or end it with --cut."
        faults.append(Fault(file, shown[MOST_SHOWN].line, "", "too-many", message, fix))
    if faults:
        raise ContentError(faults if said.where else narrowed(told, said.base, faults))
    return Draft(
        path.name,
        said.base,
        tuple(shown),
        tuple(hidden),
        tuple(to_look_at(told, known, placed, said.base)),
        bool(said.cuts),
        left=tuple(map(str, told.left)),
        decided=tuple(decided(told, known, placed, said.base)),
        read=len(known) + len(placed),
        known=len(known),
        name=told.name,
        url=told.url,
    )


def _nothing(told: Told, said: Options) -> list[Fault]:
    where = f" where {said.where[0][0]} is {said.where[0][1]}" if said.where else ""
    fix = "Start each line of the timeline with its time, as in “- 09:10 The queue grows”."
    none = Fault(told.file, 1, "", "empty", f"no line begins with a time{where}", fix)
    return [none, *(_unread(told.file, left) for left in told.left)]


def _unread(file: str, left: Left) -> Fault:
    why, _, fix = left.why.partition("; ")
    return Fault(
        file, left.line, "", "time", f"`{left.words}`: {why}", f"{fix[:1].upper()}{fix[1:]}."
    )


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


def _late(told: Told, entry: Entry) -> Fault:
    message = f"this is {entry.at // 1440} days after the day the shift begins, and 9 fit"
    fix = f"Give a later --date, cut before it with --cut, or remove this {told.each}."
    return Fault(told.file, entry.line, "", "time", message, fix)


def _write(to: Path, draft: str) -> None:
    with to.open("x", encoding="utf-8") as file:
        file.write(draft)


def _sentence(error: Exception, to: Path | str | None) -> str:
    if isinstance(error, FileExistsError):
        return f"{to}: there is a file already. Name another with --to."
    if isinstance(error, OSError):
        return f"{to}: cannot be written ({error.strerror}). Name another with --to."
    return str(error)
