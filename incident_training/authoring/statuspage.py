"""Statuspage JSON (its public API) -> rows: one for each update of one incident."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NoReturn

from incident_training.authoring.rows import Row, Told
from incident_training.authoring.spreadsheet import whole
from incident_training.library.faults import ContentError, Fault
from incident_training.library.node import Node
from incident_training.library.read import decoded

_LISTS = ("incidents", "scheduled_maintenances")
_NAMES = ("id", "name")
_EXAMPLE = "Give what the status page's /api/v2/incidents.json holds."
_MOST_NAMED = 12


def read_statuspage(file: str, text: str, where: Sequence[tuple[str, str]] = ()) -> Told:
    """Return the updates of the incident that `where` selects; raises ContentError otherwise."""
    incidents = _incidents(file, text)
    for name, value in where:
        if name not in _NAMES:
            _refuse(file, f"--where knows id and name here, and not {name}", "Say --where id=….")
        kept = [one for one in incidents if one[1].get(name) == value]
        if not kept:
            _refuse(file, f"--where: no incident has {value!r} as its {name}", _choice(incidents))
        incidents = kept
    if len(incidents) > 1:
        _refuse(file, f"{len(incidents)} incidents are here", f"Say --where. {_choice(incidents)}")
    path, incident = incidents[0]
    updates: list[Any] = incident.get("incident_updates") or []
    if not isinstance(updates, list) or not updates:
        _refuse(file, "this incident has no incident_updates", _EXAMPLE)
    rows, times, faults, end = [], [], [], 0
    for count, update in enumerate(updates):
        field = f"{path}incident_updates.{count}"
        if not isinstance(update, dict):
            message = "an update should be a block of fields"
            faults.append(Fault(file, 1, field, "statuspage", message, _EXAMPLE))
            continue
        name = "display_at" if update.get("display_at") else "created_at"
        time = update.get(name)
        time = time if isinstance(time, str) else ""
        times.append(time)
        line, end = _line(text, time, end)
        rows.append(Row(line, f"{field}.{name}", whole(time, None, "update"), _said(update)))
    rows = rows[::-1] if _newest_first(times) else rows
    rows += _planned(path, incident, text)
    name, url = (_text(incident.get(one)) for one in ("name", "shortlink"))
    return Told(file, tuple(rows), tuple(faults), ordered=False, each="update", name=name, url=url)


def _newest_first(times: Sequence[str]) -> bool:
    """Whether the first is later than the last, to the second."""
    try:
        first, last = (datetime.fromisoformat(one) for one in (times[0], times[-1]))
        return first > last
    except (IndexError, TypeError, ValueError):
        return False


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _planned(path: str, incident: dict[str, Any], text: str) -> Iterator[Row]:
    """Yield the hours for which a maintenance was announced."""
    for name, says in (
        ("scheduled_for", "Planned to begin"),
        ("scheduled_until", "Planned to end"),
    ):
        time = incident.get(name)
        if isinstance(time, str) and time:
            line, _ = _line(text, time, 0)
            title = _text(incident.get("name"))
            yield Row(
                line,
                path + name,
                whole(time, None, "update"),
                f"{says}: {title}" if title else says,
            )


def _said(update: dict[str, Any]) -> str:
    status, body = update.get("status"), update.get("body")
    body = body.strip() if isinstance(body, str) else ""
    if not isinstance(status, str) or not status.strip():
        return body
    said = status.strip().replace("_", " ").capitalize()
    return f"{said}: {body}" if body else ""


def _incidents(file: str, text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return each incident with the path that leads into it."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        message = "this is not JSON from here on"
        raise ContentError([Fault(file, error.lineno, "", "json", message, _EXAMPLE)]) from None
    except (RecursionError, ValueError):  # nested too deep, or a number of too many digits
        _refuse(file, "this JSON cannot be read", _EXAMPLE)
    _escaped(file, whole)
    found: list[tuple[str, dict[str, Any]]] = []
    if isinstance(whole, dict):
        for name in _LISTS:
            listed = whole.get(name)
            for count, one in enumerate(listed if isinstance(listed, list) else ()):
                found += [(f"{name}.{count}.", one)] if isinstance(one, dict) else []
        if isinstance(one := whole.get("incident"), dict):
            found.append(("incident.", one))
        if "incident_updates" in whole:
            found.append(("", whole))
    if not found:
        _refuse(file, "no incident is here", _EXAMPLE)
    return found


def _escaped(file: str, whole: Any) -> None:
    """Refuse what is no text and stands there as an escape, such as \\u0007."""
    strings, waiting = [], [whole]
    while waiting:
        match waiting.pop():
            case dict() as fields:
                waiting += [*fields, *fields.values()]
            case list() as items:
                waiting += items
            case str() as text:
                strings.append(text)
    try:
        decoded(Node(file, 1), "\n".join(strings).encode("utf-8", "surrogatepass"))
    except ContentError:
        _refuse(file, "a character that is not text is written as an escape", "Remove it.")


def _choice(incidents: list[tuple[str, dict[str, Any]]]) -> str:
    said = [f"id={one.get('id')} ({one.get('name')})" for _, one in incidents[:_MOST_NAMED]]
    more = len(incidents) - len(said)
    return f"There are {', '.join(said)}{f' and {more} more' if more else ''}."


def _line(text: str, time: str, start: int) -> tuple[int, int]:
    """Return the line on which a time stands, looking on from `start`, and where it ends."""
    quoted = json.dumps(time)
    found = text.find(quoted, start)
    found = found if found >= 0 else max(text.find(quoted), 0)
    return text.count("\n", 0, found) + 1, found + len(quoted)


def _refuse(file: str, message: str, fix: str) -> NoReturn:
    raise ContentError([Fault(file, 1, "", "statuspage", message, fix)])
