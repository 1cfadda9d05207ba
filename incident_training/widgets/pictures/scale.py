"""A scale of minutes: linear, but quiet hours are shortened where they would crowd the rest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from incident_training.clock import clock
from incident_training.widgets.pictures.ink import width

_QUIET_MINUTES, _QUIET_SHARE = 150, 0.4  # so long, and so much of what is left to draw
_BREAK, _WIDEST_MINUTE = 84.0, 24.0  # pixels
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360)  # minutes between labels


@dataclass(frozen=True)
class Piece:
    """A stretch of time and where it is drawn; a quiet one is shortened."""

    start: int
    end: int
    left: float
    right: float
    quiet: bool

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Scale:
    """Minutes to pixels, piece by piece."""

    pieces: tuple[Piece, ...]

    def x(self, minute: int) -> float:
        """Return where the minute is drawn; what lies outside is drawn at the edge."""
        piece = next((p for p in self.pieces if minute <= p.end), self.pieces[-1])
        share = (minute - piece.start) / piece.minutes if piece.minutes else 0.0
        return piece.left + min(1.0, max(0.0, share)) * (piece.right - piece.left)

    @property
    def breaks(self) -> tuple[Piece, ...]:
        """The stretches that are shortened."""
        return tuple(piece for piece in self.pieces if piece.quiet)


def scale(moments: Iterable[int], left: float, right: float) -> Scale:
    """Return the scale on which these moments can be told apart, from the first to the last."""
    gaps = list(pairwise(sorted(set(moments))))
    if not gaps:
        at = min(moments)
        return Scale((Piece(at, at, left, right, False),))
    quiet = _quiet(gaps)
    drawn = sum(end - start for start, end in gaps if (start, end) not in quiet)
    room = right - left - _BREAK * len(quiet)
    each = min(_WIDEST_MINUTE, room / drawn) if quiet else room / drawn
    short = (right - left - each * drawn) / len(quiet) if quiet else 0.0
    pieces, x = [], left
    for start, end in gaps:
        wide = short if (start, end) in quiet else each * (end - start)
        pieces.append(Piece(start, end, x, x + wide, (start, end) in quiet))
        x += wide
    return Scale(tuple(pieces))


def labels(
    on: Scale, first: Iterable[int], size: float, edges: tuple[float, float]
) -> list[tuple[int, float]]:
    """Return (minute, centre) of the clock times that fit without touching.

    `first` come first, in that order; then as many round times as there is room for.
    """
    placed: list[tuple[int, float, float]] = []
    for minute in (*first, *_round_times(on)):
        half = width(clock(minute), size) / 2 + 6
        centre = min(edges[1] - half, max(edges[0] + half, on.x(minute)))
        if all(abs(centre - other) > half + its for _, other, its in placed):
            placed.append((minute, centre, half))
    return sorted((minute, centre) for minute, centre, _ in placed)


def _quiet(gaps: list[tuple[int, int]]) -> set[tuple[int, int]]:
    quiet: set[tuple[int, int]] = set()
    while left := [gap for gap in gaps if gap not in quiet]:
        total = sum(end - start for start, end in left)
        longest = max(left, key=lambda gap: gap[1] - gap[0])
        long = longest[1] - longest[0]
        if len(left) == 1 or long < max(_QUIET_MINUTES, _QUIET_SHARE * total):
            return quiet
        quiet.add(longest)
    return quiet


def _round_times(on: Scale) -> Iterator[int]:
    for piece in on.pieces:
        if piece.quiet or not piece.minutes:
            continue
        each = (piece.right - piece.left) / piece.minutes
        step = next((s for s in _STEPS if s * each >= 90), 0)
        if step:
            yield from range(-(-piece.start // step) * step, piece.end, step)
