"""The marks of Markdown: what kind of line it is, and its text without them."""

import re

HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)[\s#]*$")
ITEM = re.compile(r"(\s*)(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$")
RULE = re.compile(r"\s*\|?[\s:|-]*-{2,}[\s:|-]*$")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})([^`]*)$")
_TAGS = "a|b|br|code|details|div|em|hr|i|img|kbd|li|ol|p|pre|span|strong|su[bp]|summary|ul"
_HTML = re.compile(rf"<!--.*?-->|</?(?:{_TAGS})\b[^<>\n]{{0,300}}>", re.DOTALL | re.IGNORECASE)


def lines_of(text: str) -> list[str]:
    """Return the lines without HTML and without what stands before a file's text (front matter)."""
    lines = _HTML.sub(lambda found: "\n" * found[0].count("\n"), text).split("\n")
    if lines[:1] == ["---"] and "---" in lines[1:]:
        end = lines.index("---", 1)
        return [""] * (end + 1) + lines[end + 1 :]
    return lines


def fence(line: str, opened: str | None) -> tuple[str | None, bool]:
    """Return the fence that is open after a line, and whether the line is in or of a code block."""
    found = _FENCE.match(line)
    if opened is None:
        return (found[1], True) if found else (None, False)
    closes = found and found[1].startswith(opened) and not found[2].strip()
    return (None if closes else opened), True


def cells(line: str) -> list[str]:
    """Return the cells of a table's row."""
    bare = line.strip().removeprefix("|").removesuffix("|")
    return [one.replace("\\|", "|").strip() for one in re.split(r"(?<!\\)\|", bare)]


def plain(text: str) -> str:
    """Return a text without emphasis, code marks and the targets of links."""
    text = re.sub(r"!?\[([^\[\]\n]{0,400})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,400}\])", r"\1", text)
    return " ".join(re.sub(r"\*\*|__|`", "", text).split())
