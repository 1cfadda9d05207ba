"""Scenario files: one loaded, or a pack of them; everything wrong with a file comes at once."""

import hashlib
import logging
import re
from pathlib import Path

from pydantic import ValidationError

from incident_training import places
from incident_training.kinds import AnyExercise, Authored, exercises
from incident_training.kinds.base import KindName
from incident_training.kinds.scenario import FORMAT, Scenario
from incident_training.library.faults import ContentError, Fault, NoSuchExercise, listed
from incident_training.library.image import edition_of, images
from incident_training.library.naming import is_card
from incident_training.library.node import Node
from incident_training.library.pack import Member, open_pack, single
from incident_training.library.read import read
from incident_training.library.sense import sense_faults
from incident_training.library.shape import crowd_faults, shape_faults, slug_of
from incident_training.library.unwritten import unwritten_faults, written_only

_log = logging.getLogger(__name__)


def load(path: Path | str | Member) -> Scenario:
    """Return the checked scenario of a file.

    Raises ContentError with every fault of the file, or saying that there is none; nothing else.
    """
    return opened(path)[0]


def opened(path: Path | str | Member) -> tuple[Scenario, Node]:
    """Return a scenario together with the places it was read from; raises as `load` does."""
    file = path if isinstance(path, Member) else single(Path(path))
    content = file.content()
    root, faults = read(file.shown, content)
    _refuse_newer(root)
    faults += unwritten_faults(root)
    root = written_only(root)
    faults += _file_name(root, file.id)
    if crowded := crowd_faults(root):
        raise ContentError([*faults, *crowded])
    shown, wrong = images(root, file.pack)
    faults += [*wrong, *sense_faults(root, file.id)]
    edition = hashlib.sha256(b"".join(edition_of(content, shown))).hexdigest()[:12]
    card = is_card(file.name)
    ours = {"id": file.id, "edition": edition, "images": shown, "card": card}
    try:
        scenario = Authored.model_validate(root.plain() | ours)
    except ValidationError as error:
        raise ContentError([*faults, *shape_faults(root, error)]) from None
    if faults:
        raise ContentError(faults)
    return scenario, root


def files(path: Path) -> list[Member]:
    """Return the scenario files of a folder or a zip by name, or the file itself.

    Raises NoSuchExercise if there is none, ContentError naming what no pack may hold.
    """
    if found := open_pack(path).scenarios:
        return found
    raise NoSuchExercise(f"{path}: there is no scenario (a .yaml file) in it")


def refuse_bad_pack() -> None:
    """Raise ContentError or NoSuchExercise where the exercises in use cannot be opened at all."""
    files(places.exercises())


def scenarios(path: Path | None = None) -> dict[str, Scenario]:
    """Return the scenarios of a folder, a zip or a file (else ours) by id, in name order.

    A broken file is left out and logged: it keeps nobody from the others. Raises as `files` does.
    """
    good: dict[str, Scenario] = {}
    for file in files(path or places.exercises()):
        try:
            good[file.id] = load(file)
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
    scenario = load(_file(path_or_id))
    played = exercises(scenario)
    if kind not in played:
        raise NoSuchExercise(
            f"{scenario.id} cannot be played as {kind!r}; choose from {listed(played)}"
        )
    return played[kind]


def _file(path_or_id: Path | str) -> Path | Member:
    if isinstance(path_or_id, Path) or not re.fullmatch(r"[a-z0-9-]+", path_or_id):
        return Path(path_or_id)
    ours = files(places.exercises())
    for file in ours:
        if file.id == path_or_id:
            return file
    names = listed(file.id for file in ours)
    raise NoSuchExercise(f"there is no scenario {path_or_id!r}; choose from {names}")


def _refuse_newer(root: Node) -> None:
    needs = root.get("format")
    if needs.text and re.fullmatch(r"[0-9]{1,9}", needs.text) and int(needs.text) > FORMAT:
        message = f"this file needs format {int(needs.text)}, and this version knows {FORMAT}"
        raise ContentError([needs.fault("format", message, "Install a newer incident-training.")])


def _file_name(root: Node, id: str) -> list[Fault]:
    name = slug_of(id)
    if name == id:
        return []
    message = "the file's name is the scenario's id: small letters, digits and hyphens"
    return [root.fault("file-name", message, f"Name it {name or 'tuesday-shop'}.yaml.")]
