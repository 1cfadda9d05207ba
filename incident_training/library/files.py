"""Scenario files: one loaded, or a folder of them; everything wrong with a file comes at once."""

import hashlib
import logging
import re
from pathlib import Path

from pydantic import ValidationError

from incident_training import places
from incident_training.kinds import AnyExercise, Authored, exercises
from incident_training.kinds.base import KindName
from incident_training.kinds.scenario import Scenario
from incident_training.library.faults import ContentError, Fault, NoSuchExercise, listed
from incident_training.library.node import Node
from incident_training.library.read import MOST_BYTES, read
from incident_training.library.sense import sense_faults
from incident_training.library.shape import shape_faults, slug_of

_log = logging.getLogger(__name__)


def load(path: Path | str) -> Scenario:
    """Return the checked scenario of a file.

    Raises ContentError with every fault of the file, or NoSuchExercise if there is none.
    """
    return opened(Path(path))[0]


def opened(path: Path) -> tuple[Scenario, Node]:
    """Return a scenario together with the places it was read from; raises as `load` does."""
    content = _content(path)
    root, faults = read(_shown(path), content)
    faults += _file_name(root, path)
    faults += sense_faults(root, path.stem)
    edition = hashlib.sha256(content).hexdigest()[:12]
    try:
        scenario = Authored.model_validate(root.plain() | {"id": path.stem, "edition": edition})
    except ValidationError as error:
        raise ContentError([*faults, *shape_faults(root, error)]) from None
    if faults:
        raise ContentError(faults)
    return scenario, root


def files(path: Path) -> list[Path]:
    """Return the scenario files of a folder by name, or the file itself; raises NoSuchExercise."""
    if not path.exists():
        raise NoSuchExercise(f"{path}: there is no such file or folder")
    if not path.is_dir():
        return [path]
    found = [one for one in path.iterdir() if one.suffix in (".yaml", ".yml")]
    if names := sorted(one for one in found if not one.name.startswith(".")):
        return names
    raise NoSuchExercise(f"{path}: there is no scenario (a .yaml file) in this folder")


def scenarios(folder: Path | None = None) -> dict[str, Scenario]:
    """Return the scenarios of a folder (else ours) by id, in name order.

    A broken file is left out and logged: it keeps nobody from the others.
    """
    good: dict[str, Scenario] = {}
    for path in files(folder or places.exercises()):
        try:
            good[path.stem] = load(path)
        except ContentError as error:
            _log.warning("left out: %s", error)
    return good


def shipped() -> dict[str, Scenario]:
    """Return the scenarios that come with us, by id, in name order."""
    return scenarios()


def exercise(path_or_id: Path | str, kind: KindName) -> AnyExercise:
    """Return a scenario as that kind of exercise: one of ours by id, or any by its path.

    Raises ContentError, or NoSuchExercise saying what there is.
    """
    scenario = load(_path(path_or_id))
    played = exercises(scenario)
    if kind not in played:
        raise NoSuchExercise(
            f"{scenario.id} cannot be played as {kind!r}; choose from {listed(played)}"
        )
    return played[kind]


def _path(path_or_id: Path | str) -> Path:
    if isinstance(path_or_id, Path) or not re.fullmatch(r"[a-z0-9-]+", path_or_id):
        return Path(path_or_id)
    folder = places.exercises()
    path = folder / f"{path_or_id}.yaml"
    if not path.is_file():
        names = listed(one.stem for one in files(folder))
        raise NoSuchExercise(f"there is no scenario {path_or_id!r}; choose from {names}")
    return path


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise NoSuchExercise(f"{path}: there is no such file") from None
    except OSError as error:
        fix = "Name a file that you may read."
        message = f"the file cannot be read ({error.strerror})"
        raise ContentError([Fault(_shown(path), 1, "", "unreadable", message, fix)]) from None


def _shown(path: Path) -> str:
    """Return the path as one would type it from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _file_name(root: Node, path: Path) -> list[Fault]:
    name = slug_of(path.stem)
    if name == path.stem:
        return []
    message = "the file's name is the scenario's id: small letters, digits and hyphens"
    return [root.fault("file-name", message, f"Name it {name or 'tuesday-shop'}.yaml.")]
