"""A pack: the scenarios, decks and images of a folder, of a zip, or beside one file.

Scenarios and images are at the top, short scenarios that come only in decks in the folder `cards`,
decks in the folder `decks`. Nothing of a zip is ever written
to a disk: its members are read into memory, and counted as they come.
"""

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from incident_training.library.archive import MOST_BYTES_IN_ALL, MOST_MEMBERS, refused, unzipped
from incident_training.library.faults import ContentError, Fault, NoSuchExercise
from incident_training.library.naming import (
    CARDS,
    IMAGES,
    TEXTS,
    clash,
    is_card,
    is_deck,
    is_image,
    is_scenario,
)
from incident_training.library.read import MOST_BYTES

_KEEP = "Keep only the scenarios, decks and images of one training in it."


@dataclass(frozen=True)
class Pack:
    """The files of a pack by name, such as shop.yaml, decks/week.yaml and queue.png.

    `shown` says how one finds a file; `read` returns its bytes, and one more than `most` where it
    is larger; it raises ContentError.
    """

    names: tuple[str, ...]
    shown: Callable[[str], str]
    read: Callable[[str, int], bytes]

    @property
    def scenarios(self) -> "list[Member]":
        """The scenario files, in the order of their names, cards last."""
        names = sorted(filter(is_scenario, self.names), key=lambda name: (is_card(name), name))
        return [Member(self.shown(name), name, self) for name in names]

    @property
    def decks(self) -> "list[Member]":
        """The deck files, in the order of their names."""
        return [Member(self.shown(name), name, self) for name in self.names if is_deck(name)]

    @property
    def images(self) -> list[str]:
        """The names of the images."""
        return [name for name in self.names if is_image(name)]


@dataclass(frozen=True)
class Member:
    """One scenario or deck of a pack; as text it is what one would type, pack.zip/shop.yaml."""

    shown: str
    name: str
    pack: Pack = field(compare=False, repr=False)

    @property
    def id(self) -> str:
        """The file's name without its ending."""
        return PurePosixPath(self.name).stem

    def content(self) -> bytes:
        """Return its bytes, one too many where there are too many; raises ContentError."""
        return self.pack.read(self.name, MOST_BYTES)

    def __str__(self) -> str:
        return self.shown


def open_pack(path: Path) -> Pack:
    """Return a folder, a zip (by its ending) or a single file as a pack.

    Raises ContentError naming what breaks the rules of a pack, NoSuchExercise if nothing is there.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise NoSuchExercise(f"{_plain(path)}: there is no such file or folder") from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    if stat.S_ISDIR(mode):
        return _folder(path)
    if path.suffix.lower() != ".zip":
        return single(path).pack
    shown = shown_path(path)
    return of_bytes(unzipped(shown, read_file(path, MOST_BYTES_IN_ALL)), shown)


def single(path: Path) -> Member:
    """Return one file, whatever its name, in a pack with the images beside it; reads nothing."""
    folder = path.parent

    def read(name: str, most: int) -> bytes:
        if name != path.name:
            _refuse_outside(folder, name)
        return read_file(path if name == path.name else folder / name, most)

    def shown(name: str) -> str:
        return shown_path(path if name == path.name else folder / name)

    try:
        images = _names(folder, IMAGES)
    except ContentError:
        images = []  # the folder keeps its names to itself; the file may still be read
    return Member(shown(path.name), path.name, Pack((path.name, *images), shown, read))


def of_bytes(members: Mapping[str, bytes], shown: str) -> Pack:
    """Return a pack that is held in memory; `shown` is what stands before the names."""
    return Pack(
        tuple(members), lambda name: f"{shown}/{name}", lambda name, most: members[name][: most + 1]
    )


def read_file(path: Path, most: int) -> bytes:
    """Return the bytes of a file, one too many where there are more than `most`.

    Raises ContentError, also for a folder, a pipe or a device; it never waits for one.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            what = "a folder" if path.is_dir() else "no file but a pipe or a device"
            fix = "Name a scenario file."
            raise ContentError([_fault(path, "not-a-file", f"this is {what}", fix)])
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def shown_path(path: Path) -> str:
    """Return the path as one would type it from here."""
    try:
        here = Path.cwd()
    except OSError:  # the folder one stands in is gone
        return _plain(path)
    return _plain(path.relative_to(here) if path.is_relative_to(here) else path)


def _folder(path: Path) -> Pack:
    names = _names(path, (*TEXTS, *IMAGES))
    for inner in (CARDS, "decks"):
        if (path / inner).is_dir():
            names += [f"{inner}/{name}" for name in _names(path / inner, TEXTS)]
    if len(names) > MOST_MEMBERS:
        message = f"{len(names):,} files are here; at most {MOST_MEMBERS} are read"
        raise ContentError([_fault(path, "too-many", message, _KEEP)])
    for name in names:
        _refuse_outside(path, name)
    if sum((path / name).stat().st_size for name in names) > MOST_BYTES_IN_ALL:
        message = f"the files here hold more than {MOST_BYTES_IN_ALL:,} bytes"
        raise ContentError([_fault(path, "too-large", message, _KEEP)])
    if twice := clash(names):
        raise refused(shown_path(path), *twice)
    return Pack(
        tuple(names),
        lambda name: shown_path(path / name),
        lambda name, most: read_file(path / name, most),
    )


def _names(folder: Path, suffixes: Iterable[str]) -> list[str]:
    """Return the names of the files in a folder that end so and are not hidden, in order."""
    suffixes = tuple(suffixes)
    try:
        found = [one.name for one in folder.iterdir()]
    except (OSError, ValueError) as error:
        raise _unreadable(folder, error) from None
    return sorted(name for name in found if name.endswith(suffixes) and not name.startswith("."))


def _refuse_outside(folder: Path, name: str) -> None:
    path = folder / name
    try:
        outside = not path.resolve().is_relative_to(folder.resolve())
        is_file = path.is_file()
    except (OSError, RuntimeError):  # links in a ring
        outside, is_file = True, False
    if outside:
        fix = "Copy the file itself into the folder."
        raise ContentError([_fault(path, "outside", "the link leads out of the folder", fix)])
    if not is_file:
        raise ContentError([_fault(path, "not-a-file", "this is no file", "Take it out.")])


def _unreadable(path: Path, error: OSError | ValueError) -> ContentError:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        message = "there is no such file"
    elif isinstance(error, OSError):
        message = f"the file cannot be read ({error.strerror or 'no reason is given'})"
    else:
        message = "no file can have this name"
    return ContentError([_fault(path, "unreadable", message, "Name a file that you may read.")])


def _fault(path: Path, rule: str, message: str, fix: str) -> Fault:
    return Fault(shown_path(path), 1, "", rule, message, fix)


def _plain(path: Path) -> str:
    text = str(path)
    return text if text.isprintable() else repr(text)
