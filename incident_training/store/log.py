"""The log: events go in once and come out in the order they arrived, whatever the clocks say.

Beside it the drafts: one for each person and page, gone when what it was for is given.

A connection lives for one call: none is carried over a fork or shared by threads, and a file
deleted meanwhile is noticed instead of written into nothing.
"""

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from incident_training.session import Attempt
from incident_training.store.database import connect, prepare, sentences, turn
from incident_training.store.event import IN_PLACE, Draft, Event, EventName, draft_row, row

_log = logging.getLogger(__name__)
_COLUMNS = ", ".join(field.name for field in fields(Event))
_KNOWN = "SELECT 1 FROM event WHERE who = ? AND id = ?"
_INSERT = f"INSERT INTO event ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_LAST = "SELECT id FROM event WHERE who = ? ORDER BY sequence DESC LIMIT 1"
_DROP = "DELETE FROM draft WHERE who = ? AND page = ?"
_KEEP = (
    "INSERT INTO draft (who, page, screen, rev, given) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (who, page) DO UPDATE SET screen = excluded.screen, rev = excluded.rev, "
    "given = excluded.given WHERE excluded.screen <> draft.screen OR excluded.rev > draft.rev"
)
_DRAFT = "SELECT rev, given FROM draft WHERE who = ? AND page = ? AND screen = ?"


class Behind(Exception):
    """Somebody's log went on since it was read: in another window, or on another computer."""


class Store:
    """The log of events in one SQLite file; safe to share between threads and across a fork."""

    def __init__(self, path: Path) -> None:
        """Open the store, preparing it if there is no file yet; raises StoreError."""
        self.path = path
        if not path.exists():
            prepare(path)
        with self._reading():
            pass  # refuse now what cannot be read, not at a person's first step

    def append(self, event: Event, after: str | None = None) -> bool:
        """Commit the event; return False if this person's event of that id is already kept.

        `after` is the id of this person's last event as the caller knows it, "" for none: raises
        Behind, and keeps nothing, if there is a later one. What was drafted for the event on its
        page goes with it, but for a hint or a question: they leave one at the same screen.
        """
        values = row(event)
        with self._writing() as db:
            if db.execute(_KNOWN, (event.who, event.id)).fetchone():
                return False
            _follow(db, event.who, after)
            db.execute(_INSERT, values)
            if event.name not in IN_PLACE:
                db.execute(_DROP, (event.who, str(event.data.get("page"))))
        return True

    def keep_draft(self, draft: Draft, after: str | None = None) -> None:
        """Commit what somebody has begun to give; an older revision changes nothing.

        `after` is as for `append`: raises Behind, and keeps nothing, if this person went on since.
        """
        values = draft_row(draft)
        with self._writing() as db:
            _follow(db, draft.who, after)
            db.execute(_KEEP, values)

    def draft(self, who: str, page: str, screen: str) -> Draft | None:
        """Return what somebody has begun to give on a screen."""
        with self._reading() as db:
            found = db.execute(_DRAFT, (who, page, screen)).fetchone()
        return Draft(who, page, screen, found[0], json.loads(found[1])) if found else None

    def events(
        self,
        who: str | None = None,
        scenario: str | None = None,
        kind: str | None = None,
        name: EventName | None = None,
    ) -> list[Event]:
        """Return the events that match all that is given, in order of arrival."""
        return self._select(who=who, scenario=scenario, kind=kind, name=name)

    def attempts(self, who: str | None = None) -> list[Attempt]:
        """Return the attempts of one person, or of all, in order of arrival.

        One that another version kept in another form is left out, and logged.
        """
        found = (_attempt(event) for event in self.events(who=who, name="attempt"))
        return [attempt for attempt in found if attempt]

    def _select(self, **given: str | None) -> list[Event]:
        wanted = {column: value for column, value in given.items() if value is not None}
        where = " AND ".join(f"{column} = ?" for column in wanted) or "1"
        with self._reading() as db:
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM event WHERE {where} ORDER BY sequence",
                tuple(wanted.values()),
            ).fetchall()
        return [_event(*kept) for kept in rows]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with sentences(self.path), turn(self.path), closing(connect(self.path)) as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")  # what fails before this is rolled back when the connection closes

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with sentences(self.path), closing(connect(self.path)) as db:
            yield db


def _follow(db: sqlite3.Connection, who: str, after: str | None) -> None:
    """Raise Behind unless `after` is the id of that person's last event; None is not asked."""
    last = db.execute(_LAST, (who,)).fetchone()
    if after is not None and (last[0] if last else "") != after:
        raise Behind


def _event(*kept: Any) -> Event:
    return Event(*(*kept[:-1], json.loads(kept[-1])))


def _attempt(event: Event) -> Attempt | None:
    try:
        return Attempt.model_validate(event.data)
    except ValueError:
        _log.warning("event %s of %s is no attempt this version can read", event.id, event.at)
        return None
