"""A scenario to start from: a small whole one that explains itself and passes `check` as it is."""

import re
import sys
from importlib.resources import files
from pathlib import Path

from incident_training import library
from incident_training.kinds import KINDS
from incident_training.library import ContentError
from incident_training.library.naming import wrong_name
from incident_training.library.pack import Member, of_bytes, shown_path
from incident_training.library.shape import slug_of

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
    shown = shown_path(path)
    if refused := _no_kind(kind) or _no_name(path):
        return _no(refused)
    text = template(kind)
    try:
        library.load(Member(shown, path.name, of_bytes({path.name: text.encode()}, shown)))
        if not path.parent.is_dir():
            return _no(f"{shown}: there is no folder {shown_path(path.parent)}; make it first")
        with path.open("x", encoding="utf-8") as file:
            file.write(text.replace("THIS-FILE", path.name))
    except ContentError as error:  # its name is no id, or gives the shift away
        return _no("\n".join(map(str, error.faults)))
    except FileExistsError:
        return _no(f"{shown}: is there already, and stays as it is. Choose another name")
    except OSError as error:
        return _no(f"{shown}: cannot be written ({error.strerror}). Choose another folder")
    typed = f'"{shown}"' if " " in shown else shown
    what = f"a shift with only its {kind.replace('_', ' ')}" if kind else "a whole shift"
    print(f"{shown} is there: {what} to play, and to make your own.")
    print(f"  incident-training preview {typed}")
    print(f"  incident-training check {typed}")
    return 0


def _no_kind(kind: str | None) -> str | None:
    explained = [name for name in KINDS if re.search(rf"^{name}:", template(), re.MULTILINE)]
    if kind is None or kind in explained:
        return None
    return f"the template has no kind {kind!r}; choose from {', '.join(explained)}"


def _no_name(path: Path) -> str | None:
    if path.suffix != ".yaml":
        name = path.parent / f"{slug_of(path.stem) or 'friday-quay'}.yaml"
        return f"{shown_path(path)}: a scenario's file ends in .yaml; name it {shown_path(name)}"
    wrong = wrong_name(path.name)
    return wrong and f"{shown_path(path)}: {wrong}. Choose another"


def _no(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
