"""What a projector shows at each step of a shift: evidence left, the room's part right."""

from collections.abc import Callable, Sequence

from incident_training.clock import clock, weekday
from incident_training.kinds.base import plural
from incident_training.kinds.vocabulary import CHOICES
from incident_training.measures.hands import CALLS
from incident_training.widgets import arrived, blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.pictures.hands import spread, words
from incident_training.widgets.projecting import debrief
from incident_training.widgets.projecting.counted import SHORT
from incident_training.widgets.projecting.revealed import matrix, ruled, rulings
from incident_training.widgets.projecting.room import Room

ASK = "Your call, on what you know now"
PASTE = "Or paste the lines of a call's chat"
NOTE = "One line a person, such as “Anna: 3”. The last word of each counts; no name is kept."
CROWD = 5  # items that have arrived
LABELS = {
    "hands": "Take hands",
    "reveal": "Reveal",
    "next": "Next",
    "back": "Back",
    "on": "Go on",
    "mend": "Correct the counts",
    "blank": "Blank",
    "skip": "Skip to the end",
}


def shown(room: Room, unread: Sequence[str] = ()) -> Screen:
    """Return the screen of a room; `unread` are lines of a chat that said no call."""
    if room.blank:
        return _blank(room)
    views: dict[str, Callable[[], Screen]] = {
        "read": lambda: _reading(room),
        "hands": lambda: _hands(room, unread),
        "spread": lambda: _spread(room),
        "reveal": lambda: _reveal(room),
        "debrief": lambda: debrief.page(room),
    }
    seen = views[room.view]()
    return {**_head(room), "stage": "show", **seen}


def ways(room: Room, *names: str, primary: str, again: str = LABELS["hands"]) -> Block:
    """Return the steps on from here as buttons, the likeliest first."""
    labels = {**LABELS, "hands": again}
    return blocks.links(
        *(
            blocks.link(labels[name], {"do": name}, primary=name == primary)
            for name in names
            if name in room.allowed
        )
    )


def items(room: Room) -> list[Block]:
    """What has arrived: the newest large, the one before it open, the rest folded to a line.

    In a crowd only the newest stays open, so that all of it is on one screen.
    """
    listed = arrived.items(room.run, room.before, room.scenario.images)
    last = len(listed) - (2 if len(listed) <= CROWD else 1)
    folded = [
        {**item, "old": not item["new"] and number < last} for number, item in enumerate(listed)
    ]
    return [*_briefed(room), *folded]


def _head(room: Room) -> Screen:
    here = room.run
    return {
        "title": room.scenario.title,
        "clock": clock(here.clock),
        "day": f"{weekday(room.scenario.day, here.clock)}, simulated",
        "home": "index.ipynb",
    }


def _blank(room: Room) -> Screen:
    again = blocks.links(blocks.link("Show it again", {"do": "blank"}))
    return {**_head(room), "stage": "blank", "says": "Blank.", "main": [again]}


def _reading(room: Room) -> Screen:
    listed = items(room)
    again = "Vote again" if room.now else LABELS["hands"]
    return {
        "says": arrived.says(room.run, listed),
        "left": [*_brief(room), blocks.feed(listed), *_looks(room)],
        "right": [
            _calls(),
            ways(room, "hands", "next", "reveal", "blank", "skip", primary="hands", again=again),
        ],
    }


def _hands(room: Room, unread: Sequence[str]) -> Screen:
    form = {
        "is": "hands",
        "legend": "Correct the counts" if room.mending else "How many hands?",
        "rows": [{**row, "value": _value(room, at)} for at, row in enumerate(_rows())],
        "button": "Show the spread",
        "paste": PASTE,
        "note": NOTE,
    }
    return {
        "says": "How many hands for each call?",
        "left": [blocks.feed(items(room))],
        "right": [*_unread(room, unread), form, ways(room, "back", "blank", primary="")],
    }


def _value(room: Room, at: int) -> str | None:
    return str(room.typed[at]) if room.typed else None


def _unread(room: Room, lines: Sequence[str]) -> list[Block]:
    """Say that some of the chat has to be looked at, and show it while it is there."""
    if not room.unread:
        return []
    count = plural(room.unread, "line says", "lines say")
    told = blocks.words(f"{count} no call that could be read. Add what was meant, if anything.")
    gone = "What people wrote is not kept, so it is no longer here."
    return [told, blocks.ending("Look", "\n".join(lines) or gone)]


def _spread(room: Room) -> Screen:
    votes = [vote.counts for vote in room.now][-2:]
    primary = "reveal" if len(room.now) > 1 else "hands"
    return {
        "says": words(votes, SHORT).replace("\n", " "),
        "left": [blocks.feed(items(room)), *_looks(room)],
        "right": [
            blocks.words("The room" if len(votes) == 1 else "The room, after talking", "heading"),
            blocks.picture(spread(votes, SHORT)),
            ways(
                room,
                *("hands", "reveal", "next", "mend", "blank", "skip"),
                primary=primary,
                again="Vote again",
            ),
        ],
    }


def _reveal(room: Room) -> Screen:
    here = room.run
    return {
        "stage": "show-read",
        "says": " ".join(f"{one.words}." for one in rulings(room)),
        "left": [blocks.words("The rules, on what is known now", "eyebrow"), *ruled(room)],
        "right": [
            matrix(here.facts_at(here.clock), here.clock),
            ways(room, "next", "back", "blank", "skip", primary="next"),
        ],
    }


def _brief(room: Room) -> list[Block]:
    return [] if room.acts else [blocks.words(room.scenario.briefing, "lead")]


def _briefed(room: Room) -> list[Block]:
    """The briefing as the oldest line of what has arrived, once the room has gone on from it."""
    line = {"id": "briefing", "at": "", "channel": "your shift", "from": None, "alt": None}
    told = {"text": room.scenario.briefing, "picture": None, "image": None}
    return [{**line, **told, "new": False, "old": True}] if room.acts else []


def _looks(room: Room) -> list[Block]:
    closed = [(one.id, one.label, one.minutes) for one in room.run.closed]
    return [blocks.looks(closed)] if closed else []


def _calls() -> Block:
    return {"is": "calls", "legend": ASK, "rows": _rows()}


def _rows() -> list[Block]:
    notes = {name: label.partition(": ")[2] or None for name, label in CHOICES.items()}
    return [
        {"number": number, "name": name, "label": SHORT[name], "note": notes[name]}
        for number, name in enumerate(CALLS, start=1)
    ]
