"""Which section of a postmortem a heading opens, by the words of sections.toml."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

OTHER = "other"


def section(headings: Sequence[str]) -> str | None:
    """Return the section that a passage under these headings stands in; None: it is not reviewed.

    Of headings inside one another the innermost that is known decides.
    """
    for heading in reversed(headings):
        for name, known in _headings().items():
            if known.match(heading):
                return name if name != "passed" else None
    return OTHER


def names() -> tuple[str, ...]:
    """Return the names of all sections, in their order in a draft."""
    return tuple(_table()["order"])


@cache
def titles() -> re.Pattern[str]:
    """Return what a line without a sign must be, all of it, to be a heading."""
    known = "|".join(part for row in _table()["headings"].values() for part in row)
    return _pattern(rf"(?:{known}|{'|'.join(_table()['titles'])})")


@cache
def _headings() -> Mapping[str, re.Pattern[str]]:
    table = _table()
    before, after = table["before"], table["after"]
    return {
        name: _pattern(rf"{before}(?:{'|'.join(row)}){after}")
        for name, row in table["headings"].items()
    }


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("sections.toml").read_text("utf-8"))


def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written.replace(" ", r"\s{1,20}"), re.IGNORECASE)
