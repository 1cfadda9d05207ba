"""A pasted text taken apart: which stretches are somebody's own prose, and under which heading.

Markdown or plain text. Code, quotations, comments, tables' rules, addresses and template headings
are left out; where an address stood, one sign says so. Every position is one of the pasted text, in
code points; the work grows with its length and no faster.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from incident_training.language.paragraphs import ALONE, blocks

LINK = "§"  # what is read where an address stood
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
    for block in blocks(clean, titles):
        said = clean[block.start : block.end]
        if block.level:
            above = [one for one in above if one[0] < block.level]
            above.append((block.level, said.strip(" \t#*_:=\n\r")))
            listed = told = False
            continue
        # Under a bare title stands one list, or the lines up to the next empty one.
        if not block.item and not block.on and (listed or (told and block.apart)):
            above, listed = [one for one in above if one[0] < ALONE], False
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
