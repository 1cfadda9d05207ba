"""What a model says about a file's shape, said to its author: plain sentences, line and fix."""

import re
from collections.abc import Callable
from functools import cache
from itertools import islice
from typing import Any

from pydantic import BaseModel, ValidationError

from incident_training.kinds import Authored
from incident_training.library.faults import Fault, listed, meant, quoted
from incident_training.library.node import Node

Schema = dict[str, Any]
Said = tuple[str, str, str]  # rule, message, fix

_WHY = {  # what a missing field is for
    "because": "Say why: feedback teaches the reason, not the verdict.",
    "hint": "Say one thing to look at that does not give the answer away.",
    "briefing": "Say what the trainee knows when the shift begins.",
    "source": "Say whether the story is invented, or public and from where.",
    "teaches": "Say what it teaches; trainees read it afterwards.",
    "ending": "Say what happened after; the call is not judged by it.",
    "exemplar": "Give the response that earns everything.",
}
MOST_FAULTS = 200  # of shape, and of sense: a file that has more is another file
_SET_BY_US = ("id", "edition", "images", "card")
_MOST = (  # what takes long to play: every action, on the whole graph
    (("hazard", "nodes"), 40),
    (("hazard", "edges"), 40),
    (("postmortem", "actions"), 20),
    (("postmortem", "exemplar", "candidates"), 20),
)


def crowd_faults(root: Node) -> list[Fault]:
    """Return a fault for each list that is too long to be played again in a moment."""
    found = [(root.nearest(path), path, most) for path, most in _MOST]
    return [
        node.fault(
            "too-many",
            f"{len(node.value)} are here, and {most} at most are played",
            "Keep those that matter.",
        )
        for node, path, most in found
        if node.path == path and isinstance(node.value, dict | list) and len(node.value) > most
    ]


def shape_faults(
    root: Node, error: ValidationError, model: type[BaseModel] = Authored
) -> list[Fault]:
    """Return a fault for each thing the model refused, except where the file's own is known."""
    told = [
        dict(one) | {"whole": _whole(model)}
        for one in islice(error.errors(include_url=False), MOST_FAULTS)
    ]
    return [fault for one in told if (fault := _fault(root, one))]


def _fault(root: Node, error: dict[str, Any]) -> Fault | None:
    path = tuple(part for part in error["loc"] if part != "[key]")
    node = root.nearest(path)
    if node.said:
        return None
    kind = error["type"]
    if error["loc"][-1] == "[key]":
        rule, message, fix = _unknown_field(path, error)
    else:
        rule, message, fix = _SAY.get(kind, _otherwise)(path, error)
    if kind == "missing":
        node = Node(node.file, node.line, path)
    return node.fault(rule, message, fix)


def _missing(path: tuple[Any, ...], _error: dict[str, Any]) -> Said:
    if isinstance(path[-1], int):
        return "missing", "too few items are here", f"Give item {path[-1] + 1} as well."
    return "missing", "is missing", _WHY.get(path[-1]) or f"Add a line “{path[-1]}: …”."


def _unknown_field(path: tuple[Any, ...], error: dict[str, Any]) -> Said:
    schema = _schema(path[:-1], error)
    names = [*schema.get("properties", schema.get("propertyNames", {}).get("enum", ()))]
    names = [name for name in names if path[:-1] or name not in _SET_BY_US]
    otherwise = f"Fields here are {listed(names)}." if names else "Remove it."
    return "unknown-field", "there is no such field here", meant(str(path[-1]), names, otherwise)


def _choice(path: tuple[Any, ...], error: dict[str, Any]) -> Said:
    schema = _schema(path, error)
    names = [*schema.get("enum", [schema.get("const", "")])]
    got = str(error["input"])
    message = f"should be {listed(names)}; got {quoted(got)}"
    return "choice", message, meant(got, names, "Write one of these.")


def _too_long(_path: tuple[Any, ...], error: dict[str, Any]) -> Said:
    most, has = error["ctx"]["max_length"], len(error["input"])
    return "too-long", f"is {has:,} characters long; at most {most:,} fit", "Shorten it."


def _too_many(_path: tuple[Any, ...], error: dict[str, Any]) -> Said:
    most = error["ctx"]["max_length"]
    return "too-many", f"holds more than {most} items", f"Keep {most}."


def _id(_path: tuple[Any, ...], error: dict[str, Any]) -> Said:
    slug = slug_of(error["input"])
    message = (
        "should be an id of small letters, digits and hyphens, at most 41 of them;"
        f" got {quoted(error['input'])}"
    )
    return "id", message, f"Write {slug or 'something such as pool-full'}."


def _number(path: tuple[Any, ...], error: dict[str, Any]) -> Said:
    if path[-1] == "at":
        return "type", f"should be a clock time; {_got(error)}", "Write it as 09:10."
    whole = "whole " if error["type"].startswith("int") else ""
    return "type", f"should be a {whole}number; {_got(error)}", "Write it in figures, as in 4."


def _limit(_path: tuple[Any, ...], error: dict[str, Any]) -> Said:
    [(name, limit)] = error["ctx"].items()
    bound = "at least" if name in ("ge", "gt") else "at most"
    return "limit", f"should be {bound} {limit}; got {quoted(error['input'])}", "Change it."


def _text(_path: tuple[Any, ...], error: dict[str, Any]) -> Said:
    return "type", f"should be a text; {_got(error)}", "Write one text, in quotes if it needs them."


def _list(_path: tuple[Any, ...], error: dict[str, Any]) -> Said:
    return "type", f"should be a list; {_got(error)}", "Start each item on a line with “- ”."


def _block(path: tuple[Any, ...], error: dict[str, Any]) -> Said:
    names = [*_schema(path, error).get("properties", ())]
    fields = f" ({', '.join(names)})" if names else ""
    fix = "Write each as “name: text”, indented, on a line of its own."
    return "type", f"should be a block of fields{fields}; {_got(error)}", fix


def _value(_path: tuple[Any, ...], error: dict[str, Any]) -> Said:
    fix = "Write hours and minutes, as in 14:05; after midnight 00:10 +1d."
    return "value", str(error["ctx"]["error"]), fix


def _otherwise(_path: tuple[Any, ...], error: dict[str, Any]) -> Said:
    return "value", f"cannot be read; {_got(error)}", "Compare it with a file that works."


_SAY: dict[str, Callable[[tuple[Any, ...], dict[str, Any]], Said]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_field,
    "literal_error": _choice,
    "string_too_long": _too_long,
    "too_long": _too_many,
    "string_pattern_mismatch": _id,
    "string_type": _text,
    "int_type": _number,
    "int_parsing": _number,
    "int_parsing_size": _number,
    "float_type": _number,
    "float_parsing": _number,
    "greater_than_equal": _limit,
    "less_than_equal": _limit,
    "tuple_type": _list,
    "model_type": _block,
    "model_attributes_type": _block,
    "dict_type": _block,
    "value_error": _value,
}


def slug_of(text: str) -> str:
    """Return a text as an id: small letters, digits and hyphens; empty if nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:41]


def _got(error: dict[str, Any]) -> str:
    got = error["input"]
    if isinstance(got, dict):
        return "got a block of fields"
    return "got a list" if isinstance(got, list) else f"got {quoted(got)}"


@cache
def _whole(model: type[BaseModel]) -> Schema:
    return model.model_json_schema()


def _schema(path: tuple[Any, ...], error: dict[str, Any]) -> Schema:
    """Return what the model allows at a path; empty where it knows no such place."""
    whole = error["whole"]
    schema = _plain(whole, whole)
    for part in path:
        if isinstance(part, int):
            inner = schema.get("items") or [*schema.get("prefixItems", ())][part : part + 1]
        else:
            inner = schema.get("properties", {}).get(part) or schema.get("additionalProperties")
        inner = inner[0] if isinstance(inner, list) and inner else inner
        schema = _plain(inner, whole) if isinstance(inner, dict) else {}
    return schema


def _plain(schema: Schema, whole: Schema) -> Schema:
    """Follow references, and take what may be left out as what it is when it is there."""
    while "$ref" in schema or "anyOf" in schema:
        if "$ref" in schema:
            schema = whole["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        else:
            schema = next(one for one in schema["anyOf"] if one.get("type") != "null")
    return schema
