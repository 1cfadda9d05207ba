"""A file imports only from floors below its own, and knows only what those floors may know."""

import pkgutil
import re
import subprocess
import sys
from functools import cache

import pytest

import incident_training

# Ground up: the rooms of a floor, and the libraries that it is the first to know.
FLOORS = [
    (
        ["places", "front", "clock", "lifecycle", "doctrine", "hazard", "language", "measures"],
        ["networkx"],
    ),
    (["kinds"], ["pydantic"]),
    (["library"], ["yaml"]),
    (["session", "authoring"], []),
    (["store", "report"], ["sqlite3"]),
    (["widgets"], ["ipywidgets", "anywidget"]),
    (["pages", "commands", "cli"], ["voila", "jupyterlab", "tornado", "jupyter_server"]),
]
NEVER_WITHOUT_NEED = ["pandas", "numpy", "matplotlib", "sqlalchemy"]
ROOMS = [(floor, room) for floor, (rooms, _) in enumerate(FLOORS) for room in rooms]
HOUSE = {module.name for module in pkgutil.iter_modules(incident_training.__path__)}


@pytest.mark.parametrize(("floor", "room"), ROOMS)
def test_a_room_loads_nothing_of_the_floors_above(floor, room):
    above = FLOORS[floor + 1 :]
    rooms = {f"incident_training.{other}" for others, _ in above for other in others}
    libraries = {library for _, known in above for library in known}

    assert loaded(room) & (rooms | libraries) == set()


@pytest.mark.parametrize("room", ["widgets", "library", "store"])
def test_what_a_trainee_s_kernel_loads_stays_small(room):
    assert loaded(room).isdisjoint(NEVER_WITHOUT_NEED)


def test_every_room_has_a_floor_and_a_line_on_the_map():
    text = incident_training.__doc__
    mapped = set(re.findall(r"^(?:\d| )      (\w+) ", text, re.MULTILINE))

    assert mapped == HOUSE == {room for _, room in ROOMS}


def test_the_map_and_the_table_agree_on_the_floors():
    text, floor, mapped = incident_training.__doc__, 0, []
    for number, room in re.findall(r"^(\d| )      (\w+) ", text, re.MULTILINE):
        floor = int(number) if number.strip() else floor
        mapped.append((floor, room))

    assert sorted(mapped) == sorted(ROOMS)


@cache
def loaded(room):
    """The names of all modules, after every module of one room is imported in a new interpreter."""
    code = f"""
import importlib, pkgutil, sys
room = importlib.import_module("incident_training.{room}")
for inner in pkgutil.walk_packages(getattr(room, "__path__", []), room.__name__ + "."):
    importlib.import_module(inner.name)
print(*sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())
