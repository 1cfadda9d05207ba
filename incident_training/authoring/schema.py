"""The JSON Schema of a scenario file as an author writes it: what an editor completes and explains.

It follows from the models. `check` asks more: this is what an editor can know while one types.
"""

import json
import tomllib
from importlib.resources import files
from typing import Any

from incident_training.doctrine.facts import UNKNOWN, vocabulary
from incident_training.doctrine.policy import policies
from incident_training.doctrine.priority import LEVELS
from incident_training.kinds import Authored
from incident_training.kinds.vocabulary import DEADLINES, WHO

Schema = dict[str, Any]
OURS = ("id", "edition", "images", "card")  # the library's to set
CLOCK: Schema = {
    "type": "string",
    "pattern": r"^([01]?\d|2[0-3]):[0-5]\d( \+\dd)?$",
    "examples": ["09:10", "00:10 +1d"],
}
_AT: Schema = {"$ref": "#/$defs/Clock"}
_PUBLIC: Schema = {
    "if": {"properties": {"kind": {"const": "public"}}},
    "then": {"required": ["name", "url", "changed"]},
}
_PICTURED: Schema = {"dependentRequired": {"series": ["alt"], "image": ["alt"]}}


def schema() -> Schema:
    """Return the schema, 2020-12, with a description of every field."""
    whole = Authored.model_json_schema(by_alias=True)
    models = {name: _plain(model) for name, model in whole.pop("$defs").items()}
    top = _plain(whole)
    for name in OURS:
        top["properties"].pop(name, None)
    _describe({"Scenario": top, **models})
    _clocks(models)
    _facts(models)
    _reasons(models)
    _put(models["ExemplarStep"], "minutes", {"enum": [int(text) for text in DEADLINES]})
    _put(top, "policy", {"enum": [*policies()]})
    top["dependentRequired"] = {"postmortem": ["hazard"]}
    models["Source"].update(_PUBLIC)
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "title": "A scenario", **top, "$defs": {**models, "Clock": CLOCK}}


def descriptions() -> dict[str, dict[str, str]]:
    """Return what each field is for, by model and field.

    A field that is not here describes itself, by `Field(description=…)`.
    """
    return tomllib.loads(files(__package__).joinpath("fields.toml").read_text("utf-8"))


def say_schema() -> int:
    """Print the schema."""
    print(json.dumps(schema(), indent=2, ensure_ascii=False))
    return 0


def _plain(model: Any) -> Any:
    """Return a model's schema without what only a program reads: titles, defaults, null."""
    if isinstance(model, list):
        return [_plain(each) for each in model]
    if not isinstance(model, dict):
        return model
    kept = {name: _plain(value) for name, value in model.items() if name != "default"}
    if isinstance(kept.get("title"), str):
        kept.pop("title")
    if "properties" in kept:
        kept.pop("description", None)  # of the model, for whoever reads the code
    given = [one for one in kept.pop("anyOf", []) if one != {"type": "null"}]
    if len(given) == 1:
        return {**kept, **given[0]}
    return {**kept, "anyOf": given} if given else kept


def _describe(models: dict[str, Schema]) -> None:
    for name, fields in descriptions().items():
        for field, means in fields.items():
            models[name]["properties"][field]["description"] = means


def _put(model: Schema, field: str, allowed: Schema) -> None:
    """Say anew what a field allows; what it is for stays."""
    means = model["properties"][field]["description"]
    model["properties"][field] = {**allowed, "description": means}


def _clocks(models: dict[str, Schema]) -> None:
    for name in ("Inject", "Observation", "NodeSpec"):
        _put(models[name], "at", _AT)
    models["PostmortemPart"]["properties"]["before"]["items"]["prefixItems"][0] = _AT
    nodes = models["HazardSpec"]["properties"]["nodes"]
    clause = {"type": "string", "minLength": 1}
    nodes["additionalProperties"] = {"anyOf": [clause, {"$ref": "#/$defs/NodeSpec"}]}


def _facts(models: dict[str, Schema]) -> None:
    reasoned = models.pop("Fact")
    models["Facts"] = _block({name: _fact(name, reasoned) for name in vocabulary()})
    for name in ("Inject", "Evidence"):
        _put(models[name], "facts", {"$ref": "#/$defs/Facts"})
        models[name].update(_PICTURED)


def _fact(name: str, reasoned: Schema) -> Schema:
    kind = vocabulary()[name]
    value: Schema = {"enum": [*(kind.levels or ("yes", "no")), UNKNOWN]}
    if kind.number:
        value = {"anyOf": [{"type": "integer", "minimum": 0}, {"enum": [UNKNOWN]}]}
    block = _valued(reasoned, value)
    if kind.judgement:
        return {**block, "required": ["value", "because"], "description": kind.means}
    return {"anyOf": [value, block], "description": kind.means}


def _reasons(models: dict[str, Schema]) -> None:
    judged = models.pop("Judged")
    because = judged["properties"]["because"]
    drill, draft = models["DeclarationPart"], models["PostmortemPart"]
    for name, allowed in (("who", WHO), ("severity", LEVELS), ("impact", LEVELS)):
        _put(drill, name, _valued(judged, {"enum": [*allowed]}))
    asked = {name: {**because, "description": each.question} for name, each in policies().items()}
    _put(drill, "because", _block(asked, required=[*asked]))
    parts = draft["properties"]["because"]["propertyNames"]["enum"]
    _put(draft, "because", _block(dict.fromkeys(parts, because), required=parts))


def _valued(model: Schema, value: Schema) -> Schema:
    """Return a block of value and because, of which the value is one of these."""
    valued = {**model, "properties": dict(model["properties"])}
    _put(valued, "value", value)
    return valued


def _block(properties: Schema, required: list[str] | None = None) -> Schema:
    block: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**block, "required": required} if required else block
