"""Does the hazard graph hold together, and do the actions that are played again on it?"""

from collections.abc import Iterator

from pydantic import ValidationError

from incident_training import hazard
from incident_training.kinds.way import HazardSpec
from incident_training.kinds.workbook import ActionSpec
from incident_training.library.faults import Fault, listed, meant, quoted
from incident_training.library.node import Node
from incident_training.library.story import ids, twice, unknown

_EFFECTS = ("strengthens", "adds", "seen_at", "fewer_hurt")


def fence_faults(root: Node) -> Iterator[Fault]:
    """Yield what is wrong with the hazard graph and with the actions."""
    fence, part = root.get("hazard"), root.get("postmortem")
    found = [*_graph(fence)]
    for actions in (part.get("actions"), part.get("exemplar").get("candidates")):
        for action in actions.items:
            found += _action(root, fence, action)
    yield from found or _played(fence, part.get("actions"))


def _graph(fence: Node) -> Iterator[Fault]:
    nodes, edges = fence.get("nodes").fields, fence.get("edges").items
    for end in ("trigger", "harm"):
        yield from unknown(fence.get(end), nodes, "node")
    ways: dict[tuple[str, str], Node] = {}
    for edge in edges:
        yield from unknown(edge.get("from"), nodes, "node")
        yield from unknown(edge.get("to"), nodes, "node")
        if edge.get("barrier").there and edge.get("luck").there:
            fix = "Keep one, or put a node between."
            yield edge.fault("both", "a barrier and luck guard the same edge", fix)
        yield from _parallel(edge, ways)
    yield from twice(edge.get("barrier") for edge in edges)
    yield from _harm_out_of_reach(fence, ways)


def _parallel(edge: Node, ways: dict[tuple[str, str], Node]) -> Iterator[Fault]:
    start, end = edge.get("from").text, edge.get("to").text
    if start is None or end is None:
        return
    if start == end:
        yield edge.fault("loop", f"{start} leads back to itself", "Lead on to another node.")
    if (start, end) in ways:
        message = f"an edge from {start} to {end} is there, on line {ways[start, end].line}"
        yield edge.fault("parallel", message, "Put a node between to tell them apart.")
    ways.setdefault((start, end), edge)


def _harm_out_of_reach(fence: Node, ways: dict[tuple[str, str], Node]) -> Iterator[Fault]:
    trigger, harm = fence.get("trigger"), fence.get("harm")
    known = {None, *fence.get("nodes").fields}
    named = {trigger.text, harm.text, *(name for way in ways for name in way)}
    if trigger.text is None or harm.text is None or not named <= known:
        return  # said already
    if trigger.text == harm.text:
        fix = "Name what began and what it ended in."
        yield harm.fault("unreachable", "the trigger is named as the harm", fix)
        return
    reached, waiting = {trigger.text}, [trigger.text]
    while waiting:
        start = waiting.pop()
        onward = {to for one, to in ways if one == start} - reached
        reached |= onward
        waiting += onward
    if harm.text not in reached:
        message = f"no edges lead from {trigger.text} to {harm.text}"
        yield harm.fault("unreachable", message, "Add the steps between them under edges.")


def _action(root: Node, fence: Node, action: Node) -> Iterator[Fault]:
    edges = fence.get("edges").items
    barriers = [edge.get("barrier").get("id").text for edge in edges]
    yield from unknown(action.get("seen_at"), ids(root.get("injects")), "inject")
    if (strengthens := action.get("strengthens")).text and fence.there:
        names = [name for name in barriers if name]
        if not names:
            fix = "Let the action add one: “adds: [from, to]”."
            yield strengthens.fault("unknown-barrier", "this hazard graph has no barrier", fix)
        yield from unknown(strengthens, names, "barrier")
    yield from _added(action.get("adds"), edges)
    if len(given := [name for name in _EFFECTS if action.get(name).there]) > 1:
        fix = "Keep one, or write two actions."
        yield action.fault("two-effects", f"{' and '.join(given)} in one action", fix)


def _added(adds: Node, edges: list[Node]) -> Iterator[Fault]:
    names = [node.text for node in adds.items]
    ways = [f"{edge.get('from').text} {edge.get('to').text}" for edge in edges]
    if len(names) != 2 or None in names or not ways:
        return  # shape says so
    start, end = names
    if (way := f"{start} {end}") not in ways:
        choices = [f"[{one.replace(' ', ', ')}]" for one in ways]
        fix = meant(f"[{start}, {end}]", choices, f"Edges are {listed(choices)}.")
        yield adds.fault("unknown-edge", f"there is no edge {quoted(way)}", fix)


def _played(fence: Node, actions: Node) -> Iterator[Fault]:
    """One fix should work, and one that looks as good should be bypassed."""
    if not (fence.there and actions.there):
        return
    try:
        graph = HazardSpec.model_validate(fence.plain()).graph
        specs = [ActionSpec.model_validate(node.plain()) for node in actions.items]
    except ValidationError:
        return  # shape says so
    except hazard.UnsoundHazard as error:
        yield from (
            fence.fault("hazard", one.rstrip("."), "Mend the graph.") for one in error.faults
        )
        return
    built = [hazard.Action(s.text, s.strengthens, s.adds) for s in specs if s.strengthens or s.adds]
    works = [hazard.replay(graph, action).more_left for action in built]
    if True not in works:
        fix = "Add one that strengthens or adds a barrier on every way to the harm."
        yield actions.fault("no-fix-works", "none of these actions stops the story", fix)
    if False not in works:
        fix = "Add one that strengthens or adds a barrier the story goes round."
        yield actions.fault("no-fix-fails", "every action here stops the story", fix)
