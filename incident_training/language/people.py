"""Who in a sentence is somebody: names and roles, told from systems by the lists of people.toml.

So that a rule can say `{person}` and stay quick, each is signed in place and made one word: a name
as a handle is (`@`), a role or a team with `&`: “the &ight-shift”. The prose stays as long.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"(?<![\w@&/.-])[^\W\d_][\w-]{1,30}(?![\w/]|[.-]\w)")
_APART = re.compile(r"[^\w-]")


def signed(prose: str) -> str:
    """Return prose with each name as one word that begins with @, each role with &."""
    named = _telling().sub(lambda found: f"@{found[0][1:]}", prose)
    told = _any("phrases").sub(lambda found: _one_word("&", found[0]), named)
    words = _WORD.sub(lambda found: _sign(found[0], told[found.end() :]), told)
    return _any("longer").sub(lambda found: _longer(found[0]), words)


def _longer(said: str) -> str:
    return _one_word("&" if said[0] == "&" else "@", said)


def _one_word(sign: str, said: str) -> str:
    return sign + _APART.sub("-", said[1:])


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
def _any(name: str) -> re.Pattern[str]:
    said = "|".join(_table()[name]).replace(" ", r"\s{1,20}")
    return re.compile(rf"(?<![\w@&/.-])(?:{said})(?![\w/])", re.IGNORECASE)


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
