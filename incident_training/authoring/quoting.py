"""Any text as YAML that `library.read` reads back as itself, one line's spaces apart."""

import json
import re
import textwrap

_PLAIN = re.compile(r"[A-Za-z0-9][\w .,;()%/+–—’“”!?&@=-]*")
_WIDE = 96


def one_line(text: str) -> str:
    """Return a text with every stretch of white space and line ends as one space."""
    return " ".join(text.split())


def scalar(text: str, indent: int = 0) -> str:
    """Return a text, its white space as single spaces, to stand after “name: ”."""
    text = one_line(text)
    if _PLAIN.fullmatch(text) and len(text) + indent <= _WIDE - 12:
        return text
    if len(text) + indent <= _WIDE - 12:
        return json.dumps(text, ensure_ascii=False)
    pad = " " * (indent + 2)
    lines = textwrap.wrap(
        text, max(_WIDE - indent, 40), break_long_words=False, break_on_hyphens=False
    )
    return ">-\n" + "\n".join(pad + line for line in lines)


def comment(text: str, indent: int = 0) -> list[str]:
    """Return a text as lines of a comment."""
    pad = " " * indent + "# "
    return [pad + line for line in textwrap.wrap(one_line(text), _WIDE - indent)] or [pad.rstrip()]
