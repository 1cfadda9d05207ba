"""What a declaration run shows: the rule and the families, how far apart call and rule were."""

from collections.abc import Iterator
from dataclasses import dataclass

from incident_training.clock import clock, span
from incident_training.kinds.declaration import Mark
from incident_training.kinds.run import Window
from incident_training.widgets.pictures.scale import scale


@dataclass(frozen=True)
class Row:
    """A row of the picture: the rule in force (`yours`), or a family of published definitions.

    A family's window is when one of its definitions says yes, and when most of them do.
    """

    title: str
    window: Window
    yours: bool

    @property
    def name(self) -> str:
        return self.title + (" (yours)" if self.yours else "")

    @property
    def when(self) -> str:
        """When it says yes, in words."""
        one, most = self.window.earliest, self.window.expected
        if self.yours:
            return "never, on these facts" if most is None else f"yes from {clock(most)}"
        if one is None:
            return "none, on these facts"
        if most is None:
            return f"one from {clock(one)}, never most"
        return f"most from {clock(most)}" + (f", one from {clock(one)}" if one < most else "")


@dataclass(frozen=True)
class Run:
    """What is drawn and told: the minutes, the row in force, a row per family."""

    marks: Mark
    rows: tuple[Row, ...]
    yours: Window

    @property
    def apart(self) -> str:
        """How far the declaration lies from the policy's moment, "" where it does not."""
        expected, declared = self.yours.expected, self.marks.declared
        if expected is None or expected == declared:
            return ""
        if declared is None:
            return "not declared"
        return span(abs(declared - expected)) + (" before" if declared < expected else "")

    @property
    def late(self) -> bool:
        """Whether the declaration, or the end without one, comes after the policy's moment."""
        expected, declared = self.yours.expected, self.marks.declared
        return declared is None or expected is None or declared >= expected

    @property
    def moments(self) -> list[int]:
        """Every minute that has to be told from the others, the most telling first."""
        windows = [self.yours, *self.marks.families.values()]
        found = [self.marks.declared, self.yours.expected, self.marks.start, self.marks.end]
        found += [window.expected for window in windows] + [self.yours.earliest, *self.marks.looks]
        return [minute for minute in found if minute is not None]


def told(it: Run) -> Iterator[str]:
    """The text twin: what you did, then the rule and each family, then how to read the axis."""
    yield f"{_you_did(it)} {_your_rule(it)}"
    for row in it.rows:
        early = row.window.earliest
        unsure = row.yours and early is not None and early != row.window.expected
        left_open = f", left open from {clock(early)}" if unsure and early is not None else ""
        yield f"{row.name}: {row.when}{left_open}."
    if it.marks.looks:
        yield f"You looked further {times(it.marks.looks)}."
    yield f"The picture goes from {clock(it.marks.start)} to {clock(it.marks.end)}."
    for piece in scale(it.moments, 0, 600).breaks:
        yield (
            f"It shortens the {span(piece.minutes)} between {clock(piece.start)} and"
            f" {clock(piece.end)}, so that the rest can be read."
        )


def _you_did(it: Run) -> str:
    if it.marks.declared is None:
        return "You did not declare."
    return f"You declared at {clock(it.marks.declared)}."


def _your_rule(it: Run) -> str:
    if it.yours.expected is None:
        return "On these facts your rule never says yes."
    yes = f"Your rule says yes from {clock(it.yours.expected)}"
    if it.marks.declared in (None, it.yours.expected):
        return f"{yes}."
    return f"{yes}; you were {it.apart.removesuffix(' before')} {'later' if it.late else 'sooner'}."


def times(minutes: tuple[int, ...]) -> str:
    """Return "at 09:10 and 09:14"."""
    *first, last = (clock(minute) for minute in sorted(set(minutes)))
    return f"at {', '.join(first)} and {last}" if first else f"at {last}"
