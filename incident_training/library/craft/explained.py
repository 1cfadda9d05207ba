"""Warnings an author has explained: silent, as long as each explanation is of one that applies."""

from collections.abc import Iterable, Iterator

from incident_training.library.craft.rules import rules, weighed
from incident_training.library.faults import Fault, meant, quoted
from incident_training.library.node import Node


def unexplained(explained: Node, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield these faults weighed, without the warnings explained; then explanations in vain."""
    found = [weighed(fault) for fault in faults]
    for fault in found:
        if fault.weight == "error" or fault.rule not in explained.fields:
            yield fault
    applying = {fault.rule for fault in found}
    for name, node in explained.fields.items():
        yield from map(weighed, _in_vain(name, node, applying))


def _in_vain(name: str, node: Node, applying: set[str]) -> Iterator[Fault]:
    warnings = [rule.id for rule in rules().values() if rule.weight == "warning"]
    if name not in rules():
        fix = meant(name, warnings, "See check --rules for those there are.")
        yield node.fault("explained", f"there is no rule {quoted(name)} to explain", fix)
    elif name not in warnings:
        message = f"{name} is an error, and an error cannot be explained away"
        yield node.fault("explained", message, "Mend it, and remove this line.")
    elif name not in applying:
        message = f"{name} does not apply here, so there is nothing to explain"
        yield node.fault("explained", message, "Remove the line.")
