"""Who in a sentence is somebody: names and roles, told from systems by the lists of people.toml.

So that a rule can say `{person}` and stay quick, each is signed in place: a name as a handle is
(`@`), a role or a team with `&`. The prose stays as long as it was.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"(?<![\w@&/.-])[^\W\d_][\w-]{1,30}(?![\w/]|[.-]\w)")


def signed(prose: str) -> str:
    """Return prose with the first letter of each name replaced by @, of each role by &."""
    named = _telling().sub(lambda found: f"@{found[0][1:]}", prose)
    return _WORD.sub(lambda found: _sign(found[0], named[found.end() :]), named)


def _sign(word: str, after: str) -> str:
    if word in _names():
        return f"@{word[1:]}"
    if word in _teams() or _role(word.lower()):
        return word if _thing().match(after) else f"&{word[1:]}"
    return word


def _role(word: str) -> bool:
    one = word.removesuffix("s")
    return word in _roles() or one in _roles() or one.endswith(_endings())


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("people.toml").read_text("utf-8"))


@cache
def _names() -> frozenset[str]:
    return frozenset(" ".join(_table()["names"]).split())


@cache
def _teams() -> frozenset[str]:
    return frozenset(" ".join(_table()["teams"]).split())


@cache
def _roles() -> frozenset[str]:
    return frozenset(" ".join(_table()["roles"]).split())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(_table()["endings"])


@cache
def _thing() -> re.Pattern[str]:
    return re.compile(
        rf"(?:['’]s)?[\s-]{{1,3}}(?:{'|'.join(_table()['things'])})(?!\w)", re.IGNORECASE
    )


@cache
def _telling() -> re.Pattern[str]:
    """A word with a capital, before what only a person does, is a name."""
    acts = "|".join(_table()["acts"]).replace(" ", r"\s{1,20}")
    return re.compile(
        rf"(?<![\w@])(?!(?:{_table()['nobody']})\s)[A-Z][^\W\d_]{{2,20}}(?=\s{{1,3}}(?:{acts})(?!\w))"
    )
