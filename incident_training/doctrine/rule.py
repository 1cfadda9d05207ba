"""A definition as a small rule over facts: parsed, never run as code; unknown facts stay unknown.

`and`, `or`, `not` follow Kleene's three-valued logic, so a rule can hold on what is known alone,
fail on what is known alone, or be open.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from operator import eq, ge, gt, le, lt, ne

from incident_training.doctrine.facts import Facts, Value, vocabulary

_COMPARE: dict[type[ast.cmpop], tuple[str, Callable[[Value, Value], bool]]] = {
    ast.Eq: ("==", eq),
    ast.NotEq: ("!=", ne),
    ast.GtE: (">=", ge),
    ast.Gt: (">", gt),
    ast.LtE: ("<=", le),
    ast.Lt: ("<", lt),
}


class RuleError(ValueError):
    """A rule that cannot be read; the sentence says where and what is allowed."""


@dataclass(frozen=True)
class Rule:
    """A parsed rule; `text` is what its author wrote."""

    text: str
    tree: ast.expr

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it reads, in their order in it."""
        found = [node for node in ast.walk(self.tree) if isinstance(node, ast.Name)]
        found.sort(key=lambda node: (node.lineno, node.col_offset))
        return tuple(dict.fromkeys(node.id for node in found))

    def verdict(self, facts: Facts) -> bool | None:
        """True or False if the facts decide it, None if it hangs on a fact nobody has stated."""
        return _verdict(self.tree, facts)


def parse(text: str) -> Rule:
    """Read a rule such as "unplanned and (customer_hit or teams >= 2)", or raise RuleError."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise RuleError(f"{text!r} is not a rule: use facts with and, or, not, ( ), >=") from error
    _refuse_strangers(tree, text)
    return Rule(text, tree)


def _refuse_strangers(tree: ast.expr, text: str) -> None:
    match tree:
        case ast.BoolOp(values=values):
            for value in values:
                _refuse_strangers(value, text)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            _refuse_strangers(operand, text)
        case ast.Name(id=name):
            _refuse_unless(name in vocabulary(), _no_fact(text, name))
            kind = vocabulary()[name]
            plain = not kind.levels and not kind.number
            _refuse_unless(plain, f"{text!r}: compare {name}, which is {kind.allowed}")
        case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[ast.Constant(value=value)]):
            _refuse_unless(name in vocabulary(), _no_fact(text, name))
            _refuse_unless(_fits(name, op, value), f"{text!r}: {name} cannot be compared like that")
        case _:
            raise RuleError(f"{text!r}: only facts, and, or, not, and comparisons are allowed")


def _no_fact(text: str, name: str) -> str:
    near = get_close_matches(name, vocabulary(), 1)
    return f"{text!r}: there is no fact {name!r}" + (f"; did you mean {near[0]}?" if near else "")


def _fits(name: str, op: ast.cmpop, value: object) -> bool:
    kind = vocabulary()[name]
    if kind.levels:
        return isinstance(op, ast.Eq | ast.NotEq) and value in kind.levels
    return kind.number and type(op) in _COMPARE and type(value) is int


def _refuse_unless(fine: bool, sentence: str) -> None:
    if not fine:
        raise RuleError(sentence)


def _verdict(tree: ast.expr, facts: Facts) -> bool | None:
    match tree:
        case ast.BoolOp(op=ast.And(), values=values):
            return _all([_verdict(value, facts) for value in values])
        case ast.BoolOp(values=values):
            return _not(_all([_not(_verdict(value, facts)) for value in values]))
        case ast.UnaryOp(operand=operand):
            return _not(_verdict(operand, facts))
        case ast.Name(id=name):
            value = facts.get(name)
            return None if value is None else bool(value)
        case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[ast.Constant(value=limit)]):
            if name not in facts:
                return None
            return _COMPARE[type(op)][1](facts[name], limit)  # type: ignore[arg-type]  # _fits saw to it
    raise AssertionError(tree)  # parse lets nothing else through


def _all(verdicts: list[bool | None]) -> bool | None:
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _not(verdict: bool | None) -> bool | None:
    return None if verdict is None else not verdict
