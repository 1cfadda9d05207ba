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
from incident_training.kinds.vocabulary import WHO

Schema = dict[str, Any]
OURS = ("id", "edition", "images")  # the library's to set
CLOCK: Schema = {
    "type": "string",
    "pattern": r"^([01]?\d|2[0-3]):[0-5]\d( \+\d+d)?$",
    "examples": ["09:10", "00:10 +1d"],
}
_CLOCKED = ("Inject", "Observation", "NodeSpec")


def schema() -> Schema:
    """Return the schema, 2020-12, with a description of every field."""
    whole = Authored.model_json_schema(by_alias=True)
    models = {name: _plain(model) for name, model in whole.pop("$defs").items()}
    top = _plain(whole)
    for name in OURS:
        top["properties"].pop(name, None)
    _clocks(models)
    _facts(models)
    top["properties"]["policy"] = {"enum": [*policies()]}
    reasons = {name: {"type": "string"} for name in policies()}
    models["DeclarationPart"]["properties"]["because"] = _block(reasons, required=[*policies()])
    for name, allowed in (("who", WHO), ("severity", LEVELS), ("impact", LEVELS)):
        told = {"value": {"enum": [*allowed]}, "because": {"type": "string"}}
        models["DeclarationPart"]["properties"][name] = _block(told, required=[*told])
    described = {"Scenario": top, **models}
    for model, fields in descriptions().items():
        for field, means in fields.items():
            described[model]["properties"][field]["description"] = means
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "title": "A scenario", **top, "$defs": {**models, "Clock": CLOCK}}


def descriptions() -> dict[str, dict[str, str]]:
    """Return what each field is for, by model and field."""
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


def _clocks(models: dict[str, Schema]) -> None:
    at = {"$ref": "#/$defs/Clock"}
    for name in _CLOCKED:
        models[name]["properties"]["at"] = dict(at)
    before = models["PostmortemPart"]["properties"]["before"]
    before["items"]["prefixItems"][0] = dict(at)
    nodes = models["HazardSpec"]["properties"]["nodes"]
    nodes["additionalProperties"] = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/NodeSpec"}]}


def _facts(models: dict[str, Schema]) -> None:
    told = {name: _fact(name) for name in vocabulary()}
    for name in ("Inject", "Evidence"):
        models[name]["properties"]["facts"] = _block(told)
    models.pop("Fact")


def _fact(name: str) -> Schema:
    kind = vocabulary()[name]
    levels = [*(kind.levels or ("yes", "no")), UNKNOWN]
    value: Schema = {"enum": levels}
    if kind.number:
        value = {"anyOf": [{"type": "integer", "minimum": 0}, {"enum": [UNKNOWN]}]}
    reasoned = _block({"value": value, "because": {"type": "string"}}, required=["value"])
    if kind.judgement:
        reasoned["required"] = ["value", "because"]
        return {**reasoned, "description": kind.means}
    return {"anyOf": [value, reasoned], "description": kind.means}


def _block(properties: Schema, required: list[str] | None = None) -> Schema:
    block: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**block, "required": required} if required else block
