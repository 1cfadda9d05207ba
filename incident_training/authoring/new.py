"""A scenario to start from: a small whole one that explains itself and passes `check` as it is."""

import re
import sys
from importlib.resources import files
from pathlib import Path

from incident_training import library
from incident_training.kinds import KINDS
from incident_training.library import ContentError

_SECTION = re.compile(r"^(?:#.*\n)*(?P<name>\w+):.*\n(?:(?![#\w]).*\n)*", re.MULTILINE)
_DRAWN = ("near_miss", "postmortem")  # the kinds that show the hazard graph


def template(kind: str | None = None) -> str:
    """Return the text to start from; with a kind, only what that kind needs."""
    text = files(__package__).joinpath("template.yaml").read_text("utf-8")
    if kind is None:
        return text
    unneeded = {*KINDS} - {kind} | ({"hazard"} - ({"hazard"} if kind in _DRAWN else set()))
    return _SECTION.sub(lambda found: "" if found["name"] in unneeded else found[0], text)


def say_new(path: Path, *, kind: str | None = None) -> int:
    """Write the template to a file that is not there yet, and say what comes next."""
    if kind is not None and kind not in KINDS:
        return _no(f"there is no kind {kind!r}; choose from {', '.join(KINDS)}")
    if path.suffix != ".yaml":
        return _no(f"{path}: a scenario's file ends in .yaml; name it {path.with_suffix('.yaml')}")
    if not path.parent.is_dir():
        return _no(f"{path}: there is no folder {path.parent}; make it first")
    text = template(kind).replace("THIS-FILE", str(path))
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        library.load(path)
    except ContentError as error:  # its name is no id, or gives the shift away
        path.unlink()
        return _no("\n".join(map(str, error.faults)))
    except FileExistsError:
        return _no(f"{path}: is there already, and stays as it is. Choose another name")
    except OSError as error:
        return _no(f"{path}: cannot be written ({error.strerror}). Choose another folder")
    print(f"{path} is there: a whole shift to play, and to make your own.")
    print(f"  incident-training preview {path}")
    print(f"  incident-training check {path}")
    return 0


def _no(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
