"""The debrief of a room: what it said and when, where it split most, how it ended. Never who."""

from collections.abc import Iterator, Sequence

from incident_training.clock import clock
from incident_training.doctrine.policy import policies
from incident_training.measures import hands
from incident_training.measures.hands import CALLS, Counts
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.pictures.hands import spread
from incident_training.widgets.projecting.counted import HEADS, SHORT
from incident_training.widgets.projecting.room import DEBRIEF, Moment, Room, Vote

ENDED = "How it ended, which no call is judged by"
NO_CRIB = "Nobody has written down the best arguments for this shift: ask one person of each call."


def page(room: Room) -> Screen:
    """Return the page of the debrief that one is at."""
    pages = {"said": _said, "split": _split, "ended": _ended}
    return pages[DEBRIEF[room.page]](room)


def most_declared(moments: Sequence[Moment]) -> Vote | None:
    """Return the first vote in which most hands said that it is an incident."""
    last = (moment.votes[-1] for moment in moments if moment.votes)
    return next((vote for vote in last if hands.most(vote.counts)), None)


def most_split(moments: Sequence[Moment]) -> Moment | None:
    """Return the moment whose first hands were furthest from one mind, if any were."""
    voted = [moment for moment in moments if moment.votes]
    found = max(voted, key=lambda moment: hands.split(moment.votes[0].counts), default=None)
    return found if found and hands.split(found.votes[0].counts) else None


def when(room: Room) -> Iterator[str]:
    """Say when most hands were for declaring, and when each rule said yes, in sentences."""
    yield _when_room(list(room.moments()))
    windows = {rule.title: room.run.window(rule).expected for rule in policies().values()}
    said = [f"“{title}” from {clock(at)}" for title, at in windows.items() if at is not None]
    never = [f"“{title}”" for title, at in windows.items() if at is None]
    if said:
        yield f"The rules say yes: {_listed(said)}."
    if never:
        yield f"{_listed(never)} never {'says' if len(never) == 1 else 'say'} yes here."


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _when_room(moments: Sequence[Moment]) -> str:
    voted = [moment.votes[-1] for moment in moments if moment.votes]
    if not voted:
        return "No hands were counted."
    first = most_declared(moments)
    if first is not None:
        return f"At {clock(first.at)}, {_would(first.counts)}."
    top = max(voted, key=lambda vote: hands.yes(vote.counts) / sum(vote.counts))
    return f"At no point did most hands declare; at {clock(top.at)}, {_would(top.counts)}."


def _would(counts: Counts) -> str:
    joins = " or join" if counts[CALLS.index("join")] else ""
    return f"{hands.yes(counts)} of {sum(counts)} would declare{joins}"


def _said(room: Room) -> Screen:
    first, *rest = when(room)
    return {
        "says": " ".join([first, *rest]),
        "main": [
            blocks.words(first, "verdict"),
            blocks.words(" ".join(rest)),
            _table(room),
            _ways(room),
        ],
    }


def _table(room: Room) -> Block:
    heads = ["At", "What came", *HEADS, "Hands", "From here this rule says yes"]
    moments = list(room.moments())
    changes = any(len(moment.votes) > 1 for moment in moments)
    caption = "The room's hands" + (", before → after talking" if changes else "")
    rules = _from(room, moments)
    rows = [[*_row(moment), rules[moment.number]] for moment in moments]
    return blocks.table(caption, heads, rows)


def _row(moment: Moment) -> list[str]:
    inject = moment.run.shown[-1]
    came = " · ".join(filter(None, (inject.channel, inject.sender)))
    counts = [vote.counts for vote in moment.votes]
    cells = [_moved([each[call] for each in counts]) for call in range(len(CALLS))]
    return [clock(moment.run.clock), came, *cells, _moved([sum(each) for each in counts])]


def _from(room: Room, moments: Sequence[Moment]) -> dict[int, str]:
    """Return by moment the titles of the rules that first said yes in it."""
    told = {moment.number: "" for moment in moments}
    for rule in policies().values():
        since = room.run.window(rule).expected
        there = [m for m in moments if since is not None and m.run.clock >= since]
        if there:
            number = there[0].number
            told[number] = ", ".join(filter(None, (told[number], rule.title)))
    return told


def _moved(counts: Sequence[int]) -> str:
    if not counts:
        return "–"
    return f"{counts[0]} → {counts[-1]}" if counts[0] != counts[-1] else str(counts[-1])


def _split(room: Room) -> Screen:
    found = most_split(list(room.moments()))
    crib = room.scenario.crib
    if found is None:
        heading, left = "The room was of one mind each time", []
    else:
        heading = f"The room split most at {clock(found.votes[0].at)}"
        votes = [vote.counts for vote in (found.votes[0], found.votes[-1])]
        votes = votes if len(found.votes) > 1 else votes[:1]
        left = [blocks.words(found.run.shown[-1].text), blocks.picture(spread(votes, SHORT))]
    argued = crib.arguments if crib else {}
    told = [
        block
        for name in CALLS
        if name in argued
        for block in (blocks.words(SHORT[name], "heading"), blocks.words(argued[name]))
    ]
    right = [
        blocks.words("The best argument for each", "eyebrow"),
        *(told or [blocks.words(NO_CRIB)]),
    ]
    return {
        "stage": "show-read",
        "says": heading,
        "left": [blocks.words(heading, "verdict"), *left],
        "right": [*right, _ways(room)],
    }


def _ended(room: Room) -> Screen:
    scenario, part = room.scenario, room.drill.part
    did = scenario.source.did
    left = [
        blocks.words(ENDED, "eyebrow"),
        blocks.words(part.ending),
        *([blocks.words("What they did there", "eyebrow"), blocks.words(did)] if did else []),
        blocks.words("What this shift is for", "eyebrow"),
        blocks.words(scenario.teaches, "verdict"),
    ]
    return {
        "stage": "show-read",
        "says": f"{ENDED}. {part.ending} {scenario.teaches}",
        "left": left,
        "right": [*_reasons(room), _ways(room)],
    }


def _reasons(room: Room) -> Iterator[Block]:
    for name, rule in policies().items():
        if name in room.drill.part.because:
            at = room.run.window(rule).expected
            since = "never, on these facts" if at is None else f"yes from {clock(at)}"
            yield blocks.words(f"{rule.title}: {since}", "heading")
            yield blocks.words(room.drill.part.because[name])


def _ways(room: Room) -> Block:
    last = room.page == len(DEBRIEF) - 1
    on = [blocks.link("Go on", {"do": "on"}, primary=True)]
    away = [blocks.link("Another shift", {"do": "leave"}, primary=True)]
    again = [blocks.link("Again", {"do": "again"})] if last else []
    back, blank = blocks.link("Back", {"do": "back"}), blocks.link("Blank", {"do": "blank"})
    return blocks.links(*(away if last else on), *again, back, blank)


def so_far(room: Room) -> Block:
    """Return every vote so far in a table, one a row."""
    rows = [[clock(v.at), *map(str, v.counts), str(sum(v.counts))] for v in room.votes]
    return blocks.table("Hands so far", ["At", *HEADS, "Hands"], rows)
