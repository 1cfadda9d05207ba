"""Entries -> a scenario's YAML in which what is to be written is marked in place."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import get_args

from incident_training.authoring.moment import Base, Entry
from incident_training.authoring.quoting import comment, one_line, scalar
from incident_training.clock import clock
from incident_training.doctrine.policy import policies
from incident_training.kinds.base import Channel
from incident_training.library.unwritten import TO_WRITE

MOST_WORDS = 50  # of an inject, as exercises/README.md has it
TASKS = "What a person still has to do"
_CHANNELS = get_args(Channel)
_SOURCE = 80  # characters of a name or an address
_ASKED_CHANNEL = f"one of {', '.join(_CHANNELS)}"


@dataclass(frozen=True)
class Draft:
    """What a draft is made of. `hidden` came after the last cut; `left` was not taken.

    `decided` is said at once and at the top, `notes` at the top only. `read` counts the entries,
    `known` those of them from before the shift. `name` and `url` are the file's own.
    """

    file: str
    base: Base
    shown: tuple[Entry, ...]
    hidden: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    cut: bool = False
    left: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()
    read: int = 0
    known: int = 0
    name: str = ""
    url: str = ""


def drafted(draft: Draft) -> str:
    """Return the YAML of a draft; `check` names each place that is marked in it."""
    parts = (_top(draft), _head(draft), _injects(draft), _rest(draft))
    return "\n".join(chain.from_iterable(parts)) + "\n"


def to_write(what: str) -> str:
    """Return the mark for a place a person writes."""
    return f"{TO_WRITE}: {what}"


def _top(draft: Draft) -> Iterator[str]:
    zone = draft.base.zone.key
    yield from comment(
        f"A draft from {draft.file}: {draft.base.weekday} {draft.base.date}, times in {zone}."
    )
    yield from comment(
        "“incident-training check” on this file names each place marked TO WRITE. Read"
        " exercises/README.md first; a scenario that ships shows each section in full."
    )
    yield "#"
    yield f"# {TASKS}:"
    for task in _tasks(draft):
        first, *more = comment(task)
        yield f"# - {first.removeprefix('# ')}"
        yield from (f"#   {line.removeprefix('# ')}" for line in more)
    for note in (*draft.decided, *draft.notes):
        yield "#"
        yield from comment(note)
    yield ""


def _tasks(draft: Draft) -> Iterator[str]:
    yield "Write every text in your own words."
    yield "Change names and numbers of people, places and systems until nobody is recognised."
    yield "Strike what was known only later: the cause, a total, what was found out afterwards."
    if draft.cut:
        yield "What came after the last cut is no inject: it stands beside “ending”, for you alone."
    else:
        yield (
            "Every entry is an inject. To join those before each call, and to hide what came after,"
            " import again with --cut 09:10 for each moment at which a trainee decides."
        )
    yield f"Cut each text to {MOST_WORDS} words, in the voice of its channel, as known then."
    yield (
        "Channel is log wherever the file names none: change it to where people saw it,"
        f" {_ASKED_CHANNEL}."
    )
    yield (
        "Give each inject its facts (incident-training check --facts), or remove the line;"
        " worth_review always with its because."
    )
    yield "Write evidence that costs minutes, a hint and a because for everything that is expected."
    yield "Draw the hazard graph from trigger to harm; then the hunt, and the postmortem."
    yield "Remove a section whole (declaration, near_miss, hazard with postmortem) if unused."
    yield from draft.left


def _head(draft: Draft) -> Iterator[str]:
    yield from _fields(
        0,
        title=to_write("a day and a place; it gives nothing away"),
        teaches=to_write("what one learns; read afterwards"),
        domain=to_write("such as health care or payments"),
        level=to_write("foundation, practitioner or expert"),
    )
    yield "source:"
    yield from _fields(
        2,
        kind=to_write("public with name, url and changed; or invented, once nobody is recognised"),
        changed=to_write("what you changed: names, numbers, the order of things"),
    )
    yield "  # Only if it is public:"
    yield f"  # name: {_short(draft.name or 'who published it, and its title')}"
    yield f"  # url: {_short(draft.url or 'where it can be read')}"
    yield from _fields(
        0,
        day=draft.base.weekday,
        briefing=to_write("what the trainee looks after and knows when the shift begins"),
    )
    yield "# hurt_unit: customers were charged twice  (if injects count them: “hurt: 12”)"
    yield ""


def _injects(draft: Draft) -> Iterator[str]:
    yield "injects:"
    taken: set[str] = set()
    for entry in draft.shown:
        known = entry.channel or "log"
        channel = known if known in _CHANNELS else None
        words = len(entry.text.split())
        yield f"  - id: {_id(channel, entry.at, taken)}  # line {entry.line} of the file"
        yield f"    at: {clock(entry.at)}"
        asked = f"{_ASKED_CHANNEL}; the file says {one_line(known)}"
        yield from _fields(4, channel=channel or to_write(asked))
        if entry.sender:
            yield from _fields(4, **{"from": entry.sender})
        if words > MOST_WORDS:
            yield f"    # {words} words: cut them to {MOST_WORDS}"
        yield from _fields(4, text=entry.text)
        yield from _fields(4, facts=to_write("what this makes known, or remove the line"))
    yield ""


def _rest(draft: Draft) -> Iterator[str]:
    yield from _fields(0, evidence=to_write("what one may open at a cost, or remove the line"))
    yield "\ndeclaration:"
    yield from _fields(2, hint=to_write("one thing to look at that does not give the answer away"))
    yield "  because:"
    reason = "why, for an early, a prompt and a late call alike"
    yield from _fields(4, **{policy: to_write(reason) for policy in policies()})
    for name, values in (
        ("who", "log, oncall, team or everyone"),
        ("severity", "the level of harm to the service: none, low, medium or high"),
        ("impact", "the level of harm to people: none, low, medium or high"),
    ):
        yield f"  {name}:"
        yield from _fields(4, value=to_write(values), because=to_write("why"))
    if draft.hidden:
        yield "  # After the last cut, hidden from trainees until they have made their call:"
        for entry in draft.hidden:
            said = f"{entry.sender}: {entry.text}" if entry.sender else entry.text
            yield from comment(f"{clock(entry.at)} {said}", 2)
    yield from _fields(
        2,
        ending=to_write("what happened after; it judges nobody"),
        exemplar=to_write(
            "the steps that earn everything, such as - {after: an-id, choice: watch}"
        ),
    )
    yield "\nnear_miss:"
    yield from _fields(
        2,
        hint=to_write("one thing to look at that does not give the answer away"),
        observations=to_write("a log of 11 to 13 lines, one to three of them with facts"),
    )
    yield ""
    yield from _fields(0, hazard=to_write("trigger, harm, nodes and edges with their barriers"))
    yield "\npostmortem:"
    yield from _fields(
        2,
        hint=to_write("one thing to look at that does not give the answer away"),
        noticed=to_write("the id of the inject at which people saw that something was wrong"),
    )
    yield "  because:"
    reasons = ("impact", "factors", "luck", "action")
    yield from _fields(4, **{name: to_write("why") for name in reasons})
    yield "  exemplar:"
    yield from _fields(
        4,
        impact=to_write("who was harmed, how many and for how long"),
        factors=to_write("a list of conditions, never a person"),
        luck=to_write("what merely happened to go well"),
        candidates=to_write("a list of actions with their effects"),
    )
    yield from _fields(
        2, actions=to_write("one that works, and one that looks as good and does not")
    )


def _short(text: str) -> str:
    """Return a text as a scalar of one line."""
    text = one_line(text)
    return scalar(text if len(text) <= _SOURCE else f"{text[: _SOURCE - 1]}…")


def _fields(indent: int, **values: str) -> Iterator[str]:
    for name, value in values.items():
        yield f"{' ' * indent}{name}: {scalar(value, indent)}"


def _id(channel: str | None, at: int, taken: set[str]) -> str:
    days, rest = divmod(at, 1440)
    name = f"{channel or 'inject'}-{f'{days}d-' if days else ''}{rest // 60:02}{rest % 60:02}"
    count, free = 2, name
    while free in taken:
        free, count = f"{name}-{count}", count + 1
    taken.add(free)
    return free
