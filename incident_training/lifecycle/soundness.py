"""What is wrong with a process graph, in sentences that name the culprits.

After python-statemachine, which refuses a bad machine when it is built rather than when it runs.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import networkx as nx


def faults(graph: nx.DiGraph) -> list[str]:
    """Return a sentence for each fault of a process graph; an empty list means sound.

    Any plain nx.DiGraph will do whose `graph.graph` holds `starts` and `ends`, lists of states, and
    `loops` = True where the process goes round on purpose and so needs no end. A loop with a way
    out is sound. Anything else than such a graph is told in a sentence too, never raised.
    """
    if not isinstance(graph, nx.DiGraph) or graph.is_multigraph():
        return [f"A process is a networkx.DiGraph; this is a {type(graph).__name__}."]
    if not graph:
        return ["The process has no states."]
    starts, wrong_starts = _declared(graph, "starts")
    ends, wrong_ends = _declared(graph, "ends")
    loops = bool(graph.graph.get("loops"))
    return [
        *wrong_starts,
        *_no_start(graph, starts, bool(wrong_starts)),
        *_unreached(graph, starts),
        *wrong_ends,
        *_no_end(ends, loops or bool(wrong_ends)),
        *_no_way_out(graph, ends, loops),
    ]


def unknown_name(name: str, names: Iterable[str]) -> str:
    """Return the end of a sentence: the name, that it is not a state, and which it may mean."""
    names = list(dict.fromkeys(map(str, names)))
    near = get_close_matches(str(name), names, n=1)
    hint = f"Did you mean “{near[0]}”?" if near else f"States are: {', '.join(names) or 'none'}."
    return f"“{name}”, which is not a state. {hint}"


def part(graph: nx.DiGraph, states: set[str]) -> nx.DiGraph:
    """Return the frozen subgraph of the states, in the graph's own order (networkx keeps none)."""
    kept = nx.DiGraph()
    kept.add_nodes_from((state, at) for state, at in graph.nodes(data=True) if state in states)
    kept.add_edges_from(
        (start, to, at)
        for start, to, at in graph.edges(data=True)
        if start in states and to in states
    )
    return nx.freeze(kept)


def _declared(graph: nx.DiGraph, role: str) -> tuple[list[str], list[str]]:
    """Return the states declared as `starts` or `ends` that exist, and faults of the others."""
    given = graph.graph.get(role) or ()
    if isinstance(given, str) or not isinstance(given, Iterable):
        return [], [f"The graph's `{role}` should be a list of states; got {given!r}."]
    given = list(given)
    wrong = [f"`{role}` names {unknown_name(name, graph)}" for name in given if name not in graph]
    return [name for name in given if name in graph], wrong


def _no_start(graph: nx.DiGraph, starts: list[str], told: bool) -> Iterator[str]:
    if starts or told:
        return
    first = [f"“{state}”" for state, moves in graph.in_degree if not moves]
    hint = f"; nothing leads to {', '.join(first)}" if first else ""
    yield f"No start is declared: list in `starts` the states where it may begin{hint}."


def _unreached(graph: nx.DiGraph, starts: list[str]) -> Iterator[str]:
    if not starts:
        return
    reached = set(starts).union(*(nx.descendants(graph, start) for start in starts))
    for state in graph:
        if state not in reached:
            yield f"No start reaches “{state}”; starts are: {', '.join(map(str, starts))}."


def _no_end(ends: list[str], excused: bool) -> Iterator[str]:
    if not ends and not excused:
        yield "No end is declared: list one in `ends`, or say `loops` if it goes round on purpose."


def _no_way_out(graph: nx.DiGraph, ends: list[str], loops: bool) -> Iterator[str]:
    """Tell dead ends, and loops from which no end is reached; with no end known, any last state."""
    last = [state for state, moves in graph.out_degree if not moves]
    if loops:
        yield from (_dead_end(state) for state in last if state not in ends)
        return
    ways_out = ends or last
    if not ways_out:
        return  # one great loop without an end: told already
    safe = set(ways_out).union(*(nx.ancestors(graph, end) for end in ways_out))
    trapped = part(graph, set(graph) - safe)
    for knot in _knots(trapped):
        yield _trap(trapped, knot)


def _knots(graph: nx.DiGraph) -> list[list[str]]:
    """Return the strongly connected parts, each and all in the graph's own order."""
    order = {state: at for at, state in enumerate(graph)}
    knots = [
        sorted(knot, key=order.__getitem__) for knot in nx.strongly_connected_components(graph)
    ]
    return sorted(knots, key=lambda knot: order[knot[0]])


def _trap(graph: nx.DiGraph, knot: list[str]) -> str:
    first = knot[0]
    if len(knot) == 1 and not graph.has_edge(first, first):
        return f"From “{first}” no end is reached." if graph.out_degree(first) else _dead_end(first)
    trip = _round(part(graph, set(knot)), first)
    return f"The loop {trip} has no way out: no end is reached from it."


def _round(knot: nx.DiGraph, first: str) -> str:
    """Return a round trip through every state of the knot, such as "A → B → A"."""
    if knot.has_edge(first, first) and len(knot) == 1:
        return f"{first} → {first}"
    stops = [first]
    while missing := [state for state in knot if state not in stops]:
        stops += nx.shortest_path(knot, stops[-1], missing[0])[1:]
    stops += nx.shortest_path(knot, stops[-1], first)[1:]
    return " → ".join(map(str, stops))


def _dead_end(state: str) -> str:
    return f"“{state}” leads nowhere and is not declared an end."
