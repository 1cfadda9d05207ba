"""When there is too little to carry a figure, and how numbers are said."""

from math import floor, log10


class TooFew(ValueError):
    """The figure would rest on too little. The text is a sentence that one may show instead."""


def enough(n: int, least: int, one: str, many: str, figure: str) -> None:
    """Raise TooFew, saying what `figure` needs and what there is, if `n` is below `least`."""
    if n < least:
        are = "is" if n == 1 else "are"
        needs = one if least == 1 else many
        raise TooFew(f"{figure} needs at least {least} {needs}; there {are} {n or 'none'}.")


def number(n: int, one: str, many: str) -> str:
    """Return "1 answer" or "3 answers"."""
    return f"{n:,} {one if n == 1 else many}"


def percent(share: float) -> str:
    """Return a share of 0 to 1 as "5 %"; near the ends as finely as it needs to be told from them.

    percent(0.048) is "5 %", percent(0.001) is "0.1 %", percent(0.999) is "99.9 %".
    """
    to_an_end = float(f"{100 * min(share, 1 - share):.1g}")
    digits = -floor(log10(to_an_end)) if 0 < to_an_end < 1 else 0
    return f"{100 * share:.{digits}f} %"
