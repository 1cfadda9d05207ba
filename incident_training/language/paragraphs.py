"""A text's lines put together: headings, and paragraphs, items and cells, as Markdown or bare.

What is code, quoted or a rule of a table is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

ALONE = 7  # the level of a heading without a sign
SHORT = 45  # a line as short as this was not wrapped by an editor: it ends where it ends

_FENCE = re.compile(r"(?:[-*+] |\d{1,3}[.)] )?(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})[ \t]")
_UNDERLINE = re.compile(r"(=+|-{3,})$")
_BOLD = re.compile(r"(\*\*|__)([^*_]{1,80})\1:?$|(\*\*|__)([^*_]{1,80}):\3$")
_PLAIN = "•◦▪–"  # no Markdown: such an item ends with its lines' indent
_ITEM = re.compile(r"(?:[-*+•◦▪–]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_REFERENCE = re.compile(r"\[[^\]]{1,200}\]:[ \t]")
_STAMP = re.compile(r"[\[(*_]{0,3}\d{1,4}[-/:.]\d\d")

Kind = Literal["hidden", "blank", "quote", "heading", "row", "item", "prose"]


@dataclass(frozen=True)
class _Line:
    start: int
    text: str
    bare: str
    after: str  # the next line, bare

    @property
    def indented(self) -> bool:
        return self.text[:1] in (" ", "\t")


@dataclass(frozen=True)
class Block:
    """A heading of some level; or, at level 0, prose."""

    start: int
    end: int
    level: int = 0
    item: bool = False
    on: bool = False
    apart: bool = False  # after an empty line


class _Reader:
    """Goes through lines in order and says what each is; remembers what it is inside of."""

    def __init__(self, titles: re.Pattern[str]) -> None:
        self.titles = titles
        self.fence = ""
        self.quoted = self.listed = self.plain = self.apart = False
        self.last = ""

    def kind(self, line: _Line, begun: bool) -> Kind:
        """Return what a line is; `begun` says that a paragraph is open above it."""
        found = self._kind(line, begun)
        if found == "item":
            self.listed, self.plain = True, line.bare[0] in _PLAIN
        elif found == "heading" or (found == "prose" and not begun and not line.indented):
            self.listed = False
        self.quoted = found == "quote"
        self.apart = found == "blank" or (self.apart and found == "hidden")
        return found

    def begins(self, line: _Line) -> bool:
        """Whether a line of prose begins another paragraph than the one above it."""
        last, self.last = self.last, line.bare
        if _STAMP.match(line.bare) or (self.listed and self.plain and not line.indented):
            return True
        short = len(last) < SHORT and not last.endswith((",", ";"))
        return short and line.bare[0].isupper()

    def _kind(self, line: _Line, begun: bool) -> Kind:
        bare = line.bare
        if self.fence:
            closes = bare.startswith(self.fence) and not bare.strip(self.fence[0])
            self.fence = "" if closes else self.fence
            return "hidden"
        if found := _FENCE.match(bare):
            self.fence = found[1]
            return "hidden"
        if not bare:
            return "blank"
        item = _ITEM.match(bare)
        if bare[0] == ">" or (self.quoted and not item):
            return "quote"
        if _level(line, begun, self.titles):
            return "heading"
        if not bare.strip("-=*_ ") or _REFERENCE.match(bare):
            return "hidden"
        if item or bare[0] == "|":
            return "item" if item else "row"
        code = line.text.startswith(("    ", "\t")) and not begun and not self.listed
        return "hidden" if code else "prose"


def blocks(text: str, titles: re.Pattern[str]) -> Iterator[Block]:
    """Yield headings and prose: what is neither code nor quoted."""
    reader = _Reader(titles)
    open_: Block | None = None
    for line in _lines(text):
        apart = reader.apart
        kind = reader.kind(line, open_ is not None)
        if open_ and (kind != "prose" or reader.begins(line)):
            yield replace(open_, end=line.start)
            open_ = None
        if kind == "heading":
            level = _level(line, False, titles)
            yield Block(line.start, line.start + len(line.text), level)
        elif kind == "row":
            yield from _cells(line)
        elif kind in ("item", "prose") and open_ is None:
            open_ = replace(_opened(line, kind == "item", reader), apart=apart)
    if open_:
        yield replace(open_, end=len(text))


def _opened(line: _Line, item: bool, reader: _Reader) -> Block:
    """Return the paragraph or the item that a line begins; its end is not known yet."""
    reader.last = line.bare
    start = line.start + len(line.text) - len(line.text.lstrip())
    found = _ITEM.match(line.bare) if item else None
    on = not item and reader.listed and line.indented
    return Block(start + (found.end() if found else 0), start, item=item, on=on)


def _level(line: _Line, begun: bool, titles: re.Pattern[str]) -> int:
    """Return the level of a heading, ALONE for a line in bold or a title alone, or 0."""
    bare = line.bare
    if found := _HEADING.match(bare):
        return len(found[1])
    if _ITEM.match(bare) or bare[0] == "|":
        return 0
    if not begun and len(bare) <= 120 and (under := _UNDERLINE.match(line.after)):
        return 1 if under[1][0] == "=" else 2
    return ALONE if _BOLD.match(bare) or titles.fullmatch(bare.strip("*_: ")) else 0


def _cells(line: _Line) -> Iterator[Block]:
    at = line.start
    for cell in line.text.split("|"):
        if cell.strip(" \t\r\n-:"):
            yield Block(at, at + len(cell), item=True)
        at += len(cell) + 1


def _lines(text: str) -> Iterator[_Line]:
    """Yield each line with where it starts; only a line feed ends one."""
    lines, at = text.split("\n"), 0
    for number, line in enumerate(lines):
        after = lines[number + 1].strip() if number + 1 < len(lines) else ""
        yield _Line(at, line, line.strip(), after)
        at += len(line) + 1
