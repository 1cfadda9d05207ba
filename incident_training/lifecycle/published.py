"""The processes we ship, read from `data/`: each a TOML file with its source."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from incident_training.lifecycle.graph import Move, Practice, Process, State, build

_DATA = files("incident_training.lifecycle") / "data"


class UnknownProcess(LookupError):
    """No process of that name is shipped."""


def names() -> list[str]:
    """Return the names of the processes there are."""
    found = (file.name for file in _DATA.iterdir())
    return sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml"))


@cache
def process(name: str) -> Process:
    """Return the process of that name, or raise UnknownProcess naming those there are."""
    read = _read(name)
    return build(
        name,
        [_state(state) for state in read["states"]],
        [Move(move["from"], move["to"], move.get("label", "")) for move in read["moves"]],
        starts=read["starts"],
        ends=read["ends"],
        loops=read.get("loops", False),
        title=read["title"],
        source=read["source"],
    )


def _read(name: str) -> dict[str, Any]:
    """Return what a file says, after the states and moves of the process that it `keeps`."""
    if name not in names():
        raise UnknownProcess(f"There is no process {name!r}; choose from: {', '.join(names())}.")
    read = tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))
    if kept := read.get("keeps"):
        base = _read(kept)
        read |= {part: [*base[part], *read[part]] for part in ("states", "moves")}
    return read


def _state(read: dict[str, Any]) -> State:
    practised = Practice(**read["practised"]) if "practised" in read else None
    return State(read["id"], read.get("label", ""), read["phase"], practised)
