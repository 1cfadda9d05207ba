"""The one SQLite file: made, opened, waited for; what goes wrong is said in a sentence."""

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

from incident_training.places import CannotKeep

if sys.platform != "win32":
    import fcntl

PATIENCE_SECONDS = 4.0  # a page says that nobody answers after 5
_POLL_SECONDS = 0.002

# TRUNCATE, not WAL: before SQLite 3.51.3, which few Pythons have yet, two processes that reset a
# WAL at once can corrupt the file. Measured: 1.1 ms an event (WAL 0.4), 0 of 4,000 lost from 50
# processes at once, the slowest 1 to 2 s (WAL 0.2); and a copy of the one file is a whole backup.
_PRAGMAS = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",  # on macOS a plain fsync may stop at the drive's cache
    "PRAGMA secure_delete=ON",
)
# What made each form of the schema out of the one before; only ever added to.
_FORMS = (
    (
        """CREATE TABLE event (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            scenario TEXT NOT NULL,
            kind TEXT NOT NULL,
            edition TEXT NOT NULL,
            name TEXT NOT NULL,
            data TEXT NOT NULL,
            UNIQUE (who, id)
        )""",
        "CREATE INDEX event_of_exercise ON event (who, scenario, kind)",
    ),
    (
        """CREATE TABLE draft (
            who TEXT NOT NULL,
            page TEXT NOT NULL,
            screen TEXT NOT NULL,
            rev INTEGER NOT NULL,
            given TEXT NOT NULL,
            PRIMARY KEY (who, page)
        )""",
    ),
)
SCHEMA = len(_FORMS)


class StoreError(CannotKeep):
    """Something cannot be kept, or what was kept cannot be read; the sentence says why."""


def prepare(path: Path) -> None:
    """Make folder, file and schema unless they are there; raise StoreError if that cannot be.

    Several processes may do so at once. Only the owner can read the file.
    """
    with sentences(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with turn(path):
            if not path.exists():
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            path.open("r+b").close()  # refuse now what could not be written later: the file,
            TemporaryFile(dir=path.parent).close()  # and the folder, which holds the journal
            connect(path).close()


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that is there (SQLite alone would make one) with our tables."""
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=PATIENCE_SECONDS,
        isolation_level=None,
    )
    try:
        version = _version(db, path)
        for pragma in _PRAGMAS:
            db.execute(pragma)
        if version < SCHEMA:
            _bring_up(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _version(db: sqlite3.Connection, path: Path) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA:
        raise StoreError(
            f"{path}: was written by a newer incident-training (its form is {version}, this one "
            f"knows {SCHEMA}). Install the newer one, or name another folder: --data DIR"
        )
    return version


def _bring_up(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables, or what a newer form adds to them: all of it or nothing."""
    db.execute("BEGIN EXCLUSIVE")
    version = _version(db, path)  # another process may have done it while we waited
    if version == 0 and db.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise StoreError(
            f"{path}: is a database of something else. Name another folder: --data DIR"
        )
    for form in _FORMS[version:]:
        for statement in form:
            db.execute(statement)
    db.execute(f"PRAGMA user_version={SCHEMA}")
    db.execute("COMMIT")


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait for our turn to write: SQLite's own waiting is unfair when many write at once.

    A queue only: where there is none (Windows, some network disks) SQLite's own lock still holds.
    """
    if sys.platform == "win32":
        yield
        return
    # Opened anew each time: a descriptor carried over a fork would share its lock.
    descriptor = os.open(f"{path}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        _wait_for(descriptor, path)
        yield
    finally:
        with suppress(OSError):  # a disk without locks has nothing to give back
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def _wait_for(descriptor: int, path: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise StoreError(_sentence(path, "SQLITE_BUSY")) from None
            time.sleep(_POLL_SECONDS)
        except OSError:
            return None  # this disk knows no such locks


_WHY = {
    "SQLITE_BUSY": "another program has held it for too long. Close that program and try again.",
    "SQLITE_CANTOPEN": "it is gone or cannot be opened. Restart incident-training, or name another "
    "folder: --data DIR",
    "SQLITE_CORRUPT": "it is damaged. Keep a copy, then put a backup in its place.",
    "SQLITE_FULL": "the disk is full. Free some space and try again.",
    "SQLITE_NOTADB": "it is not a database. Move it away, or name another folder: --data DIR",
    "SQLITE_READONLY": "it is read-only. Make it writable, or name another folder: --data DIR",
}


def _sentence(path: Path, code: str, error: object = "") -> str:
    why = next((text for start, text in _WHY.items() if code.startswith(start)), str(error))
    return f"{path}: your work cannot be kept here: {why}"


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorname", "")
        raise StoreError(_sentence(path, code, error)) from error
    except OSError as error:
        why = f"{error.strerror or error}. Name a folder you can write to: --data DIR"
        raise StoreError(f"{path}: your work cannot be kept here: {why}") from error
