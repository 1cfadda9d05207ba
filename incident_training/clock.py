"""The simulated clock: minutes since the midnight before a shift, written 14:05 or 00:10 +1d."""

import re

_WRITTEN = re.compile(r"(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?: \+(?P<d>\d)d)?")


def minute(text: str) -> int:
    """Return the minutes for "09:10" or "00:10 +1d"; raise ValueError saying the form otherwise."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"should be a clock time such as 09:10 or 00:10 +1d; got {text!r}")
    return int(found["d"] or 0) * 1440 + int(found["h"]) * 60 + int(found["m"])


def clock(at: int) -> str:
    """Return the minute as one reads it: 550 -> "09:10", 1450 -> "00:10 +1d"."""
    days, rest = divmod(at, 1440)
    return f"{rest // 60:02}:{rest % 60:02}" + (f" +{days}d" if days else "")


def span(minutes: int) -> str:
    """Return a stretch of time as one says it: "8 minutes", "2 hours", "10 h 18 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} minute" + ("" if rest == 1 else "s")
    if not rest:
        return f"{hours} hour" + ("" if hours == 1 else "s")
    return f"{hours} h {rest} min"


def weekday(first: str, at: int) -> str:
    """Return the day's name at that minute of a shift that begins on `first`."""
    return WEEK[(WEEK.index(first) + at // 1440) % 7] if first in WEEK else first


WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
