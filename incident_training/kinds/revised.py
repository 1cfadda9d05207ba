"""What changed between two revisions of a draft, word by word."""

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Literal

from incident_training.kinds.asking import ACTIONS
from incident_training.kinds.workbook import SECTIONS, Texts

Change = Literal["same", "gone", "new"]
Run = tuple[str, Change]
_WORDS = re.compile(r"\s+|[^\s]+")
_MANY = 2_000  # parts that are compared: with more of them a page would wait for many seconds
_FEW = 12  # characters that are the same between two changes, and are shown as changed
_EDGE = 60  # characters of what is the same that are shown beside a change


def changes(before: Texts, after: Texts) -> dict[str, tuple[Run, ...]]:
    """Return the runs of each section that changed, by its name, in order."""
    names = (*SECTIONS, ACTIONS)
    pairs = {name: (before.get(name, ""), after.get(name, "")) for name in names}
    return {n: tuple(_near(runs(*pair))) for n, pair in pairs.items() if pair[0] != pair[1]}


def runs(before: str, after: str) -> list[Run]:
    """Return `after` with what is gone from `before`; put together, same and new are `after`."""
    old, new = _parts(before, after)
    found: list[Run] = []
    i = k = 0
    for start, begin, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        same = "".join(new[begin : begin + size])
        if len(same) < _FEW and begin and begin + size < len(new):
            continue  # a word between two changes: they are read as one
        gone, came = "".join(old[i:start]), "".join(new[k:begin])
        told: list[Run] = [(gone, "gone"), (came, "new"), (same, "same")]
        found += [run for run in told if run[0]]
        i, k = start + size, begin + size
    return found


def _parts(*texts: str) -> list[list[str]]:
    """The words of each; of longer texts the lines; of those with too many lines all in one."""
    ways: tuple[Callable[[str], list[str]], ...] = (
        _WORDS.findall,
        lambda text: text.splitlines(keepends=True),
    )
    for split in ways:
        found = [split(text) for text in texts]
        if max(map(len, found)) <= _MANY:
            return found
    return [[text] if text else [] for text in texts]


def _near(found: list[Run]) -> Iterator[Run]:
    """Shorten what is the same: the words next to a change, and no more."""
    for nth, (text, change) in enumerate(found):
        if change != "same" or len(text) <= 2 * _EDGE:
            yield text, change
            continue
        first = f"{text[:_EDGE]} " if nth else ""
        last = f" {text[-_EDGE:]}" if nth + 1 < len(found) else ""
        yield f"{first}…{last}", "same"
