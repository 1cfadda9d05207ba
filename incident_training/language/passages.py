"""A pasted text taken apart: which stretches are somebody's own prose, and under which heading.

Markdown or plain text. Code, quotations, comments, tables' rules, addresses and template headings
are left out; where an address stood, one sign says so. Every position is one of the pasted text, in
code points; the work grows with its length and no faster.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

LINK = "§"  # what is read where an address stood
SHORT = 45  # a line as short as this was not wrapped by an editor: it ends where it ends

_FENCE = re.compile(r"(?:[-*+] |\d{1,3}[.)] )?(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})[ \t]")
_ALONE = 7  # the level of a heading without a sign
_UNDERLINE = re.compile(r"(=+|-{3,})$")
_BOLD = re.compile(r"(\*\*|__)([^*_]{1,80})\1:?$|(\*\*|__)([^*_]{1,80}):\3$")
_PLAIN = "•◦▪–"  # no Markdown: such an item ends with its lines' indent
_ITEM = re.compile(r"(?:[-*+•◦▪–]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_REFERENCE = re.compile(r"\[[^\]]{1,200}\]:[ \t]")
_STAMP = re.compile(r"[\[(*_]{0,3}\d{1,4}[-/:.]\d\d")
_NOT_PROSE = re.compile(
    r"(?P<code>`[^`\n]{1,400}`)"
    r"|(?P<address>\]\([^()\n]{0,400}\)|<[^<>\n]{1,400}>|\b(?:https?|ftp)://[^\s)\]>]{1,2000})"
    r"|(?P<emphasis>\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|~~|[\[\]])"
)
_STOP = re.compile(r"[.!?…][\"')”’\]]{0,2}\s{1,200}(?=[\"'(“‘\[]{0,2}[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|cf|ca|approx|no|[A-Za-z]|M[rs]|Mrs|Dr|St"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)

Kind = Literal["hidden", "blank", "quote", "heading", "row", "item", "prose"]


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item or a cell: `prose` is as long as the stretch of text it stands for.

    It goes `on` where it is what follows in an item, after code or an empty line.
    """

    start: int
    prose: str
    headings: tuple[str, ...]
    on: bool = False

    @property
    def end(self) -> int:
        """The position after its last character."""
        return self.start + len(self.prose)


def passages(text: str, titles: re.Pattern[str]) -> Iterator[Passage]:
    """Yield the prose of a text in order; a line that is all one of `titles` is a heading too."""
    clean = _uncommented(text)
    above: list[tuple[int, str]] = []
    listed = told = False
    for block in _blocks(clean, titles):
        said = clean[block.start : block.end]
        if block.level:
            above = [one for one in above if one[0] < block.level]
            above.append((block.level, said.strip(" \t#*_:=\n\r")))
            listed = told = False
            continue
        # Under a bare title stands one list, or the lines up to the next empty one.
        if not block.item and not block.on and (listed or (told and block.apart)):
            above, listed = [one for one in above if one[0] < _ALONE], False
        listed, told = listed or block.item, True
        yield Passage(block.start, _prose(said), tuple(name for _, name in above), block.on)


def sentences(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a passage starts and ends in the text."""
    prose, start = passage.prose, 0
    for stop in _STOP.finditer(prose):
        if _ABBREVIATED.search(prose, max(start, stop.start() - 8), stop.start() + 1):
            continue
        yield from _trimmed(passage, start, stop.end())
        start = stop.end()
    yield from _trimmed(passage, start, len(prose))


def _trimmed(passage: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    said = passage.prose[start:end]
    if said.strip():
        lead, tail = len(said) - len(said.lstrip()), len(said) - len(said.rstrip())
        yield passage.start + start + lead, passage.start + end - tail


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
class _Block:
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


def _blocks(text: str, titles: re.Pattern[str]) -> Iterator[_Block]:
    """Yield headings and prose: what is neither code nor quoted."""
    reader = _Reader(titles)
    open_: _Block | None = None
    for line in _lines(text):
        apart = reader.apart
        kind = reader.kind(line, open_ is not None)
        if open_ and (kind != "prose" or reader.begins(line)):
            yield replace(open_, end=line.start)
            open_ = None
        if kind == "heading":
            level = _level(line, False, titles)
            yield _Block(line.start, line.start + len(line.text), level)
        elif kind == "row":
            yield from _cells(line)
        elif kind in ("item", "prose") and open_ is None:
            open_ = replace(_opened(line, kind == "item", reader), apart=apart)
    if open_:
        yield replace(open_, end=len(text))


def _opened(line: _Line, item: bool, reader: _Reader) -> _Block:
    """Return the paragraph or the item that a line begins; its end is not known yet."""
    reader.last = line.bare
    start = line.start + len(line.text) - len(line.text.lstrip())
    found = _ITEM.match(line.bare) if item else None
    on = not item and reader.listed and line.indented
    return _Block(start + (found.end() if found else 0), start, item=item, on=on)


def _level(line: _Line, begun: bool, titles: re.Pattern[str]) -> int:
    """Return the level of a heading, _ALONE for a line in bold or a title alone, or 0."""
    bare = line.bare
    if found := _HEADING.match(bare):
        return len(found[1])
    if _ITEM.match(bare) or bare[0] == "|":
        return 0
    if not begun and len(bare) <= 120 and (under := _UNDERLINE.match(line.after)):
        return 1 if under[1][0] == "=" else 2
    return _ALONE if _BOLD.match(bare) or titles.fullmatch(bare.strip("*_: ")) else 0


def _cells(line: _Line) -> Iterator[_Block]:
    at = line.start
    for cell in line.text.split("|"):
        if cell.strip(" \t\r\n-:"):
            yield _Block(at, at + len(cell), item=True)
        at += len(cell) + 1


def _lines(text: str) -> Iterator[_Line]:
    """Yield each line with where it starts; only a line feed ends one."""
    lines, at = text.split("\n"), 0
    for number, line in enumerate(lines):
        after = lines[number + 1].strip() if number + 1 < len(lines) else ""
        yield _Line(at, line, line.strip(), after)
        at += len(line) + 1


def _prose(said: str) -> str:
    """Return the words of it, in place: what is code or an address is no word."""
    words = _NOT_PROSE.sub(lambda found: _masked(found[0], found.lastgroup), said)
    return words.replace("\n", " ").replace("\r", " ")


def _masked(said: str, kind: str | None) -> str:
    if kind == "address" and ("://" in said or said[0] == "]"):
        return f" {LINK}".ljust(len(said))
    return ("x" if kind == "code" else " ") * len(said)


def _uncommented(text: str) -> str:
    """Return the text with its HTML comments blanked, its lines where they were."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        comment = text[start : end + 3]
        kept += [text[at:start], "".join(c if c == "\n" else " " for c in comment)]
        at = end + 3
    return "".join([*kept, text[at:]])
