"""Cut points -> what a trainee reads before each call, and what stays hidden."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from incident_training.authoring.moment import Entry
from incident_training.clock import clock
from incident_training.library.faults import Fault


def merged(entries: Iterable[Entry], cuts: Sequence[int]) -> tuple[list[Entry], list[Entry]]:
    """Return one entry for each cut, and those after the last.

    Between two cuts everything is joined at the cut's minute, each with its own clock time: one
    reads it in one go. What stands alone keeps its minute.
    """
    left, shown = [*entries], []
    for cut in sorted(cuts):
        upto = [one for one in left if one.at <= cut]
        left = left[len(upto) :]
        if upto:
            shown.append(_one(upto, cut))
    return shown, left


def empty_cuts(file: str, cuts: Sequence[int], placed: Sequence[Entry]) -> list[Fault]:
    """Return a fault for each cut with nothing between it and the one before."""
    faults, before = [], -1
    for cut in cuts:
        if not any(before < one.at <= cut for one in placed):
            since = f"after {clock(before)} and " if before >= 0 else ""
            message = f"nothing happens {since}up to {clock(cut)}"
            fix = f"Cut later: entries are from {clock(placed[0].at)} to {clock(placed[-1].at)}."
            if (day := _on_another_day(cut, placed)) is not None:
                fix = f"Did you mean {clock(day)}?"
            faults.append(Fault(file, 1, "--cut", "option", message, fix))
        before = cut
    return faults


def _on_another_day(cut: int, placed: Sequence[Entry]) -> int | None:
    """Return the first later day's minute with that clock time and an entry before it."""
    days = range(cut + 1440, placed[-1].at + 1, 1440)
    return next((day for day in days if placed[0].at <= day), None)


def _one(entries: list[Entry], at: int) -> Entry:
    senders = {one.sender for one in entries}
    channels = sorted({one.channel or "log" for one in entries})
    first = entries[0]
    if len(entries) == 1:
        return first
    sender = first.sender if len(senders) == 1 else None
    channel = first.channel if len(channels) == 1 else " and ".join(channels)
    text = " ".join(_told(one, sender) for one in entries)
    return replace(first, at=at, text=text, channel=channel, sender=sender)


def _told(entry: Entry, sender: str | None) -> str:
    who = f"{entry.sender}: " if entry.sender and not sender else ""
    stop = "" if entry.text.endswith((".", "!", "?", "…", ":")) else "."
    return f"{clock(entry.at)} {who}{entry.text}{stop}"
