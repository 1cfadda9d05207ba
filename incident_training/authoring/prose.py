"""Markdown with times -> rows: list items, table rows, headings and lines that begin with a time.

A line that says a day and no time holds for the times below it: a heading for its section. Text
below a timed line belongs to it while it is indented, and below a timed heading up to the next.
"""

import re
from dataclasses import dataclass, field, replace

from incident_training.authoring import columns
from incident_training.authoring.dates import Slashes, Unreadable, Written, weekday_only
from incident_training.authoring.leftout import HEAD, LINE, LISTED, ROW, Seen
from incident_training.authoring.markup import HEADING, ITEM, RULE, cells, fence, plain
from incident_training.authoring.rows import Row
from incident_training.authoring.sections import LISTS, Heading, Sections
from incident_training.authoring.spreadsheet import beside, is_timed, whole
from incident_training.authoring.written import written
from incident_training.library.faults import Fault

_CLOCK = re.compile(r"\b\d{1,2}:\d\d|^\W*\d{1,2}[.h]\d\d\b")
_LABEL = re.compile(r"(?P<label>[^\W\d][^\d|]{2,50}?)[\s:–—*_-]+(?=\d{4}-\d\d?-\d\d?\b)")
_TIMES_ARE = re.compile(r"\btime ?zone|\btimes?\b.{0,20}\b(?:in|are|is)\b", re.IGNORECASE)
_SHORT = 60  # a line that names times and a zone, and hardly anything else


@dataclass
class Reader:
    """Where we are in the file."""

    file: str
    sections: Sections
    slashes: Slashes | None
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    zones: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    elsewhere: list[int] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    block: int = 0
    indent: int | None = None  # of the entry that is open; -1 for a heading; None for none
    listed: bool = False  # it is a list item
    gap: bool = False  # an empty line stands between it and here
    wrapped: bool = False  # the line above is prose that may run on
    header: list[str] | None = None
    title: str = ""

    def read(self, lines: list[str]) -> None:
        opened: str | None = None
        began = 0
        for count, line in enumerate(lines, 1):
            began = began if opened else count
            opened, fenced = fence(line, opened)
            if fenced:
                self._leave(count, line)
            elif not line.strip():
                self.gap, self.wrapped, self.header = True, False, None
            else:
                self._line(count, line)
                self.gap = False
        if opened:
            message, fix = "a code block opens here and is never closed", f"Close it with {opened}."
            self.faults.append(Fault(self.file, began, "", "code", message, fix))

    def _line(self, count: int, line: str) -> None:
        if heading := HEADING.match(line):
            self._heading(count, len(heading[1]), heading[2])
        elif line.lstrip().startswith("|"):
            self._table(count, cells(line))
        elif item := ITEM.match(line):
            self._item(count, len(item[1].expandtabs()), item[2])
        else:
            self._plain(count, line)

    def _heading(self, count: int, level: int, text: str) -> None:
        self.sections.enter(level, text)
        self.title = self.title or plain(text) if level == 1 else self.title
        self.indent, self.wrapped = None, False
        if self._timed(count, text, -1, f"{HEAD} {level}"):
            return
        self.block += 1
        if not self.sections.says_day(level, text):
            if level > 1:
                self._see(count, text, f"{HEAD} {level}", taken=False)
            self.sections.name(Heading(level, count, plain(text)))
            if _CLOCK.search(text):
                self.elsewhere.append(count)
        self._zone(count, text, heads=True)

    def _item(self, count: int, indent: int, text: str) -> None:
        self.wrapped = False
        if self._timed(count, text, indent, LISTED) or self._date_line(text, indent):
            return
        if self.indent is not None and (self.indent < indent or self.indent < 0):
            self._more(text)
            return
        self._see(count, text, LISTED, taken=False, indent=indent)
        self.sections.enter(LISTS + indent, text)
        self.block += 1
        self.indent = None
        self._zone(count, text)
        self._leave(count, text)

    def _plain(self, count: int, text: str) -> None:
        runs_on = self.indent is not None and self.indent >= 0 and not self.gap
        indented = len(text) - len(text.lstrip()) > max(self.indent or 0, 0)
        inside = self.indent is not None and (self.indent < 0 or runs_on or indented)
        own = not self.wrapped and not (inside and (indented or self.listed))
        if own and (self._timed(count, text, 0, LINE) or self._date_line(text, 0)):
            return
        if inside:
            self._more(text)
            return
        if not self.wrapped:
            self._see(count, text, LINE, taken=False)
        self.indent, self.wrapped = None, True
        self._zone(count, text)
        self._leave(count, text)

    def _table(self, count: int, row: list[str]) -> None:
        self.indent, self.wrapped = None, False
        if self.header is None:
            self.header = row
            self._zone(count, " ".join(row), heads=True)
            self.block += 1
            if not is_timed(row, self.slashes):
                if self.sections.wanted:
                    self.notes += columns.dropped(row, f" from the table on line {count}")
                return
            self.header = [""] * len(row)
        if RULE.fullmatch("|".join(row)):
            return
        try:
            places = columns.columns(self.header)
        except columns.Open:
            places, row = columns.Columns(0, 1), [row[0], "; ".join(filter(None, row[1:]))]
            if not is_timed(row, self.slashes):
                self._see(count, "; ".join(filter(None, [row[0], row[1]])), ROW, taken=False)
                for text in row:
                    self._leave(count, text)
                return
        self._table_row(count, row, places)

    def _table_row(self, count: int, row: list[str], places: columns.Columns) -> None:
        def cell(place: int | None) -> str:
            return row[place] if place is not None and place < len(row) else ""

        name = (self.header or [""])[0] if places.time == 0 else (self.header or [])[places.time]
        time = whole(" ".join(filter(None, (cell(places.date), cell(places.time)))), self.slashes)
        if self.sections.wanted:
            text = beside(time, plain(cell(places.text)))
            sender = plain(cell(places.sender)) or None
            channel = cell(places.channel) or None
            self._take(Row(count, name, time, text, channel, sender), ROW, 0)

    def _timed(self, count: int, text: str, indent: int, form: str) -> bool:
        """Take a line as a row if it begins with a time, or with a label and a date and time."""
        bare, alone = plain(text), form == LINE
        try:
            said: Written | Unreadable | None = written(bare, self.slashes, form == LISTED)
        except Unreadable as why:
            said = why
        rest = said.rest if isinstance(said, Written) else bare
        dateless = isinstance(said, Written) and said.clock is None
        if dateless and (not rest or alone or indent < 0):
            return False
        if said is None and not alone and (label := _LABEL.match(bare)):
            said = whole(bare[label.end() :], self.slashes)
            rest = label["label"].strip(" *_:")
            if isinstance(said, Unreadable):
                return False
        if said is None:
            return False
        if not self.sections.wanted:
            self.indent = None
            return True
        self._take(Row(count, "", said, rest), form, indent)
        self.indent, self.listed = indent, not alone
        return True

    def _take(self, row: Row, form: str, indent: int) -> None:
        above = self.sections.above
        section = above[-1].text if above else ""
        self.rows.append(replace(row, day=self.sections.day, block=self.block, section=section))
        self._see(row.line, row.text, form, taken=True, indent=indent)

    def _see(self, count: int, text: str, form: str, *, taken: bool, indent: int = 0) -> None:
        if self.sections.wanted:
            above = self.sections.above
            self.seen.append(Seen(count, plain(text), form, indent, above, taken))

    def _date_line(self, text: str, indent: int) -> bool:
        """Take a line that says a day and nothing else as a heading of the lowest level."""
        bare = plain(text)
        try:
            said = written(bare, self.slashes)
        except Unreadable:
            return False
        alone = said is not None and said.clock is None and not said.rest.strip(" :")
        if not alone and not weekday_only(bare):
            return False
        self.sections.enter(LISTS + indent, bare)
        self.sections.says_day(LISTS + indent, bare)
        self.block += 1
        self.indent = None
        return True

    def _more(self, text: str) -> None:
        if self.rows:
            last = self.rows[-1]
            self.rows[-1] = replace(last, text=f"{last.text} {plain(text)}".strip())

    def _zone(self, count: int, text: str, heads: bool = False) -> None:
        short = len(text) < _SHORT and re.search(r"\btimes?\b", text, re.IGNORECASE)
        if (names := columns.zones(text)) and (heads or short or _TIMES_ARE.search(text)):
            self.zones.append((count, names))

    def _leave(self, count: int, text: str) -> None:
        if _CLOCK.search(text) and self.sections.wanted and count not in self.elsewhere[-1:]:
            self.elsewhere.append(count)
