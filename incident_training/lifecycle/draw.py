"""The lifecycle drawn: as the map of the course, and with a trainee's walk on it."""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from incident_training.front.svg import Picture
from incident_training.lifecycle.graph import Practice, Process
from incident_training.lifecycle.painting import CALL, EDGE, LEARN, SOFT, Place, paint


def course_map(process: Process, been: Collection[str] = (), next: str | None = None) -> Picture:
    """Return the map of the course: what one practises where, where one has `been`, what is `next`.

    `been` and `next` are states; states that one practises are links to their notebooks.
    """
    _known(process, [*been, *([next] if next else [])])
    places = {state: _practised(process, state, been, next) for state in process.graph}
    words = _map_words(process, been, next)
    return paint(process, places, (), words)


def walked(process: Process, steps: Sequence[str], times: Sequence[str]) -> Picture:
    """Return the map with a walk on it: its states and moves marked, in order, with their times."""
    _known(process, steps)
    visits = list(zip(steps, times, strict=True))
    places = {state: _visited(state, visits) for state in process.graph}
    said = ", ".join(f"{state} at {time}" for state, time in visits)
    words = f"Your walk: {said}." if said else "No walk yet."
    return paint(process, places, list(pairwise(steps)), words)


def _known(process: Process, states: Iterable[str]) -> None:
    for state in states:
        if state not in process.graph:
            names = ", ".join(process.graph)
            raise ValueError(f"{state!r} is not a state of {process.name}; choose from: {names}.")


def _practised(process: Process, state: str, been: Collection[str], next: str | None) -> Place:
    practice: Practice | None = process.graph.nodes[state]["practised"]
    if not practice:
        return Place()
    done, here = state in been, state == next
    minutes = f"{practice.minutes} min"
    below = ("start here", minutes) if here else ("✓ practised",) if done else (minutes,)
    return Place(
        below=below,
        colour=LEARN if done and not here else SOFT,
        stroke=CALL if here else EDGE,
        thick=3 if here else 1.5,
        href=practice.opens,
        label=f"{state}: {_offer(practice, done, here)}",
        quiet=done and not here,
    )


def _offer(practice: Practice, done: bool, here: bool) -> str:
    marks = [*(["practised"] if done else []), *(["start here"] if here else [])]
    return ", ".join([practice.what, f"{practice.minutes} minutes", *marks])


def _visited(state: str, visits: list[tuple[str, str]]) -> Place:
    mine = [(order, time) for order, (where, time) in enumerate(visits, 1) if where == state]
    if not mine:
        return Place(ink=SOFT)
    return Place(
        below=tuple(time for _, time in mine),
        colour=CALL,
        stroke=CALL,
        thick=2.5,
        order="·".join(str(order) for order, _ in mine),
        below_weight=600,
    )


def _map_words(process: Process, been: Collection[str], next: str | None) -> str:
    done = [state for state in process.graph if state in been]
    first = "The lifecycle of an incident."
    if done:
        first += f" You have practised {', '.join(done)}."
    if next:
        first += f" Next: {next}."
    states = [_state_words(process, state, been, next) for state in process.graph]
    learnt = ", ".join(process.learnings)
    return "\n".join([first, *states, *([f"Learnings are {learnt}."] if learnt else [])])


def _state_words(process: Process, state: str, been: Collection[str], next: str | None) -> str:
    practice: Practice | None = process.graph.nodes[state]["practised"]
    moves = process.graph.adj[state].items()
    ways = ", ".join(f"{to} ({move['label']})" if move["label"] else to for to, move in moves)
    offer = f" ({_offer(practice, state in been, state == next)})" if practice else ""
    leads = f" leads to {ways}" if ways else " is an end"
    if ways and state in process.ends:
        leads = f" is an end, and may still lead to {ways}"
    return f"{state}{offer}{leads}."
