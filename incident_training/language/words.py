"""What the rules look for: patterns with named lists, read in small letters.

A list of review.toml or of a family's own is named `{so}`. A space is any space, ` .. ` up to three
words between. A pattern is compiled when it is first needed: many a rule never is.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

CASED = "(?-i:"  # in a pattern that holds it, case matters inside its brackets, and nowhere else

_NAMED = re.compile(r"\{([a-z-]{2,30})\}")
_SPACE = re.compile(r"(?<!\\)\[[^\]]{1,40}\]| \.\. | ")  # in a class of characters it is itself
_SPACES = {" ": r"\s{1,20}", " .. ": r"(?:\s{1,20}[^\s]{1,40}){0,3}\s{1,20}"}
_CAPITAL = re.compile(r"\\.|([A-Z])")  # what is escaped stays


@cache
def shared() -> Mapping[str, Any]:
    """Return review.toml: the words that rules share, and what holds for all of them."""
    return tomllib.loads(files(__package__).joinpath("review.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Said:
    """A sentence as it stands, and in small letters, as long."""

    text: str
    small: str


def said(text: str) -> Said:
    """Return a text to look in; a letter whose small one is longer stays."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    return Said(text, small)


class Words:
    """One pattern, or several that are alternatives, as a rule writes them."""

    def __init__(self, written: str | list[str], lists: Mapping[str, list[str]]) -> None:
        self._written = written if isinstance(written, str) else "|".join(written)
        self._lists = lists

    @cached_property
    def pattern(self) -> str:
        """The regular expression, with its lists in it."""
        lists, written = shared()["words"] | self._lists, self._written
        while _NAMED.search(written):
            written = _NAMED.sub(lambda found: f"(?:{'|'.join(lists[found[1]])})", written)
        if CASED not in written:
            written = _CAPITAL.sub(
                lambda found: found[1].lower() if found[1] else found[0], written
            )
        spaced = _SPACE.sub(lambda found: _SPACES.get(found[0], found[0]), written)
        return rf"(?<!\w)(?:{spaced})(?!\w)"

    @cached_property
    def _cased(self) -> bool:
        return CASED in self.pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE if self._cased else re.NOFLAG)

    def search(self, here: Said) -> re.Match[str] | None:
        """Return the first place where they stand in a sentence."""
        return self._compiled.search(here.text if self._cased else here.small)
