"""What stands on the page of a hazard graph: in words first, what one may try, the picture."""

from collections.abc import Iterator, Mapping, Sequence

import networkx as nx

from incident_training import hazard
from incident_training.hazard import Barrier, Change
from incident_training.widgets import blocks, pictures
from incident_training.widgets.blocks import Block, Screen

NOT_KEPT = (
    "Nothing here is judged, and what you try is not kept: a reload shows the story as it was."
)
COUNTS = (
    "Barriers that held, or were never tested, may fail. Luck is not counted: it was there that"
    " day, and nobody built it."
)


def shown(graph: nx.DiGraph, tried: Sequence[Change]) -> Screen:
    """Return what the page says and shows of the graph with what is tried on it."""
    again = hazard.retell(graph, tried)
    verdict = hazard.words(again.after, now=bool(tried))
    picture = pictures.hazard_graph(graph, again if tried else None)
    return {
        "says": f"{verdict} {again.words}" if tried else verdict,
        "main": [
            blocks.words(verdict, "verdict"),
            *_went_on(again, bool(tried)),
            blocks.words("What if?", "heading"),
            blocks.links(*(_button(graph, one) for one in to_try(graph, tried))),
            *([blocks.links(*_undoing(graph, tried))] if tried else []),
            blocks.picture(picture),
            blocks.words("What would have to fail", "heading"),
            blocks.words("\n".join(hazard.minimal_sets(again.graph).words)),
            blocks.words(COUNTS, "soft"),
            blocks.links(blocks.link("Another shift", {"do": "leave"})),
            blocks.words(NOT_KEPT, "small"),
        ],
    }


def to_try(graph: nx.DiGraph, tried: Sequence[Change]) -> list[Change]:
    """Return what may be tried next: in the order of the graph what may go, then what may hold."""
    now = hazard.retell(graph, tried).graph
    barriers: list[Barrier] = [one for *_, one in now.edges(data="barrier") if one]
    lucky = any(luck for *_, luck in now.edges(data="luck"))
    return [
        *(Change("remove", one.id) for one in barriers if one.held != "no"),
        *(Change("strengthen", one.id) for one in barriers if one.held != "yes"),
        *([Change("luck")] if lucky else []),
    ]


def _went_on(again: hazard.Retelling, tried: bool) -> Iterator[Block]:
    if tried:
        yield blocks.words(again.words, "lead")
        yield blocks.words(f"As it was: {_inside(hazard.words(again.before))}", "soft")


def _inside(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _button(graph: nx.DiGraph, change: Change) -> Block:
    return blocks.link(_said(graph, change), _message(change))


def _undoing(graph: nx.DiGraph, tried: Sequence[Change]) -> Iterator[Block]:
    yield blocks.link(f"Undo: {_inside(_said(graph, tried[-1]))}", {"do": "undo"})
    if len(tried) > 1:
        yield blocks.link(f"Undo all {len(tried)}: the story as it was", {"do": "reset"})


def _message(change: Change) -> Mapping[str, str]:
    return {"do": change.do, "name": change.barrier}


def _said(graph: nx.DiGraph, change: Change) -> str:
    """Return the change as one says it on a button."""
    if change.do == "luck":
        return "Set the luck aside"
    text = next(
        one.text for *_, one in graph.edges(data="barrier") if one and one.id == change.barrier
    ).rstrip(".")
    return f"Take away “{text}”" if change.do == "remove" else f"Make “{text}” hold"
