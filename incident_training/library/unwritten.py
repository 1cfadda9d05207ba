"""Places that a draft marks “TO WRITE: …”: each is a fault of its own, and nothing else is."""

from collections.abc import Iterator
from dataclasses import replace

from incident_training.library.faults import Fault
from incident_training.library.node import Node

TO_WRITE = "TO WRITE"
_MOST = 150  # characters of what is asked that one line of `check` repeats


def unwritten_faults(root: Node) -> Iterator[Fault]:
    """Yield a fault of rule to-write for each place that is marked, in the file's order."""
    for node in _places(root):
        if _marked(node):
            asked = (node.text or "").removeprefix(TO_WRITE).lstrip(": ")
            asked = asked if len(asked) <= _MOST else f"{asked[: _MOST - 1].rstrip()}…"
            fix = f"Write: {asked.rstrip('.')}." if asked else "Write it, or remove the line."
            yield node.fault("to-write", "is still to be written", fix)


def written_only(root: Node) -> Node:
    """Return the tree with each marked place emptied and marked as said: no check adds to it."""
    if _marked(root):
        return replace(root, value=None, said=True)
    if isinstance(root.value, dict):
        return replace(root, value={name: written_only(one) for name, one in root.value.items()})
    if isinstance(root.value, list):
        return replace(root, value=[written_only(one) for one in root.value])
    return root


def _marked(node: Node) -> bool:
    return node.text is not None and node.text.startswith(TO_WRITE)


def _places(node: Node) -> Iterator[Node]:
    yield node
    for inner in [*node.fields.values(), *node.items]:
        yield from _places(inner)
