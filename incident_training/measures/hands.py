"""A room's calls by show of hands: counts for the calls 1 to 5, typed or read from a call's chat.

read("Anna: 3\\nBen: 2\\nAnna: 4").counts  # (0, 1, 0, 1, 0): the last word of each named person

What is read as a call is a 1 to 5 that stands alone. A line that has none, or two that differ, is
left for somebody to look at: guessed for nobody.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

CALLS = ("declare", "triage", "watch", "no", "join")  # the calls with the numbers 1 to 5
Counts = tuple[int, ...]

_SLACK = re.compile(r":(one|two|three|four|five):")
_SPOKEN = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_KEYCAP = re.compile(r"([0-9#*])\ufe0f?\u20e3")
_STAMP = re.compile(
    r"[\[(]?(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?[ T]{0,2})?"
    r"(?<!\d)\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\b\.?)?(?!\d)[\])]?",
    re.IGNORECASE,
)
_AT = "\n"  # stands for a time: no line has one
_ZOOM = re.compile(r"from (?P<name>[^:]{1,80}?)(?: to [^:]{1,80})? ?: ?(?P<body>.*)", re.IGNORECASE)
_NAMED = re.compile(r"<?(?P<name>[^:>\n]{1,80}?) ?[:>] ?(?P<body>.*)", re.DOTALL)
_GAP = re.compile(r"(?P<name>[^\t]{1,80}?)(?: {2,}|\t)(?P<body>.*)", re.DOTALL)
_UNITS = re.compile(
    r"\W*(mins?|minutes?|secs?|seconds?|h|hours?|days?|of|am|pm|people|persons|customers|users|times"
    r"|percent|more)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Hands:
    """How many were for each call, in the order of CALLS; `unread` are lines that said none."""

    counts: Counts
    unread: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """All hands."""
        return sum(self.counts)


def read(text: str) -> Hands:
    """Return the hands in lines pasted from a chat, whichever way it writes names and times."""
    chat = _Chat()
    for line in text.splitlines():
        if plain := _plain(line):
            chat.hear(plain, line.strip())
    return chat.hands()


def moved(first: Sequence[int], second: Sequence[int]) -> Counts:
    """Return by how many each call went up or down from one vote to the next; of nobody who."""
    return tuple(after - before for before, after in zip(first, second, strict=True))


def split(counts: Sequence[int]) -> float:
    """Return how far a room is from one mind: 0 where all made one call, towards 1 else."""
    return 1 - max(counts) / sum(counts) if sum(counts) else 0.0


def yes(counts: Sequence[int]) -> int:
    """Return how many hands say that it is an incident: to declare, or to join one declared."""
    return counts[CALLS.index("declare")] + counts[CALLS.index("join")]


def most(counts: Sequence[int]) -> bool:
    """Whether more than half of the hands say that it is an incident."""
    return 2 * yes(counts) > sum(counts)


@dataclass
class _Chat:
    """What was heard so far. `header` is who a line without a name belongs to.

    The line above, if it was left unread, may have been a name: `bare`, or with a `time` before it.
    """

    by_name: dict[str, int] = field(default_factory=dict)
    nameless: list[int] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    header: str | None = None
    above: Literal["", "bare", "time"] = ""

    def hear(self, line: str, raw: str) -> None:
        above, self.above = self.above, ""
        name, body, stamped = _parts(line)
        if name is None and not body:  # nothing but a time
            self.header = _key(self.unread.pop()) if above else self.header
        elif name is not None and not body:
            self.header = _key(name)
        else:
            if name is None and not stamped and above == "time":
                self.unread.pop()
            who = self.header if name is None else _key(name)
            self.header = who if name is None else None
            self._count(who, _call(body), raw)
            if raw in self.unread[-1:] and name is None:
                self.above = "time" if stamped else "bare"
                self.header = _key(body) if stamped else self.header

    def _count(self, who: str | None, call: int | None, raw: str) -> None:
        if call is None:
            self.unread.append(raw)
        elif who:
            self.by_name[who] = call
        else:
            self.nameless.append(call)

    def hands(self) -> Hands:
        said = [*self.by_name.values(), *self.nameless]
        return Hands(tuple(said.count(call + 1) for call in range(len(CALLS))), tuple(self.unread))


def _parts(line: str) -> tuple[str | None, str, bool]:
    """Return whose line it is (None: not said), what they say, whether it begins with a time."""
    marked = _STAMP.sub(_AT, line).strip(" \t|,")
    stamped = marked.startswith(_AT)
    rest = marked.lstrip(f" \t-–—|,{_AT}") if stamped else marked
    found = (stamped and _ZOOM.fullmatch(rest)) or _NAMED.fullmatch(rest)
    if found and _is_name(found["name"], found["body"]):
        return found["name"], _said(found["body"]), stamped
    if stamped and (gap := _GAP.fullmatch(rest)) and _is_name(gap["name"], gap["body"]):
        return gap["name"], _said(gap["body"]), True
    before, at, after = rest.partition(_AT)
    if at and _is_name(before, after) and (_call(after) or not (after.strip() or _call(before))):
        return before, _said(after), stamped
    if stamped and (last := _last_word(rest)):
        return *last, True
    return None, _said(rest), stamped


def _last_word(rest: str) -> tuple[str, str] | None:
    """Return "Ben 2" as a name and a call, where a time stands before it."""
    name, _, last = rest.rpartition(" ")
    return (name, last) if _is_name(name, last) and _call(last) and not _call(name) else None


def _is_name(name: str, body: str) -> bool:
    """Whether that can be a name; a sentence with a colon in it, such as "3: the log", is none."""
    words = name.split()
    if not any(letter.isalpha() for letter in name):
        return False
    return not (words and _digit(words[0]) and _call(body) is None)


def _said(body: str) -> str:
    return " ".join(body.replace(_AT, " ").split())


def _key(name: str) -> str:
    return _said(_STAMP.sub(" ", _plain(name))).casefold()


def _call(body: str) -> int | None:
    """Return the one call that stands in it; None if there is none, or two that differ."""
    words = body.split()
    found = {
        digit
        for at, word in enumerate(words)
        if (digit := _digit(word)) and not _counted(words[at + 1 : at + 2])
    }
    return found.pop() if len(found) == 1 else None


def _counted(after: Iterable[str]) -> bool:
    """Whether the word after a number makes it a number of something."""
    return any(_UNITS.fullmatch(word) for word in after)


def _digit(word: str) -> int | None:
    """Return the call that a word is: "2!" and "(4)" are one, "+1", "3%", "v2" and "2.5" not."""
    bare = word.rstrip("".join(c for c in word if not c.isalnum() and c != "%"))
    bare = bare.lstrip("".join(c for c in bare if not (c.isalnum() or _binds(c))))
    return int(bare) if bare in ("1", "2", "3", "4", "5") else None


def _binds(letter: str) -> bool:
    """Whether a sign before a number makes it another: +1 is applause, $3 is money."""
    return letter in "+-−%." or unicodedata.category(letter) == "Sc"


def _plain(line: str) -> str:
    """Return a line with its numbers as plain digits, and without what cannot be seen."""
    keyed = _KEYCAP.sub(r" \1 ", _SLACK.sub(lambda m: f" {_SPOKEN[m[1]]} ", line))
    seen = (c for c in keyed if c == "\t" or unicodedata.category(c) not in ("Cf", "Mn", "Cc"))
    digits = (str(unicodedata.decimal(c, None) or c) if c.isdecimal() else c for c in seen)
    return unicodedata.normalize("NFKC", "".join(digits)).strip()
