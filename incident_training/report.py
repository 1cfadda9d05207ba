"""Attempts -> tables: what was practised, and what splits those who practised it.

Counts before statistics, and no person singled out: a figure rests on five people or is not shown.
pandas is loaded by the functions that need it, so that `--json` works without it.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from incident_training.kinds.base import plural
from incident_training.session import Attempt
from incident_training.store import Store, StoreError

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 5
TOO_FEW = f"fewer than {FEWEST}"
NOBODY = "Nobody has practised here yet."
_ASKED = ["scenario", "kind", "policy"]
_KEYS = ["who", "scenario", "kind", "edition", "policy", "page", "started", "finished"]
_KEPT = [*_KEYS, "score", "hints"]
_REMARKED = ["item", "given", "expected", "score", "because"]
_Titles = Mapping[str, str]


def attempts_frame(attempts: Iterable[Attempt]) -> "pd.DataFrame":
    """Return one row per attempt, in order of arrival.

    Columns: who, scenario, kind, edition, policy, page; started, finished (UTC); score (0 to 1, or
    missing where nothing was scored), hints.
    """
    return _frame(_KEPT, (attempt.model_dump(include=set(_KEPT)) for attempt in attempts))


def items_frame(attempts: Iterable[Attempt]) -> "pd.DataFrame":
    """Return one row per remark: item, given, expected, score (0 to 1, missing if not answered),
    because; after the columns of its attempt (all of `attempts_frame` but score and hints).
    """
    return _frame(
        [*_KEYS, *_REMARKED],
        (
            attempt.model_dump(include=set(_KEYS)) | remark.model_dump()
            for attempt in attempts
            for remark in attempt.remarks
        ),
    )


def summary(
    attempts: Iterable[Attempt], titles: _Titles | None = None, reader: str | None = None
) -> "pd.DataFrame":
    """Return one row per item: of those who answered it, how many earned all of it; by exercise.

    Columns: shift (its title, or its id where `titles` lacks it), kind, policy, item; people,
    earned_all (counts, missing below five people) and said ("3 of 7", or "fewer than 5").
    Only a person's first attempt counts: a second has read the reasons. Editions are not told
    apart. With a `reader`, only the exercises this person has played, so that it gives none away.
    """
    first = items_frame(_first(_open_to(reader, list(attempts))))
    answered = first.dropna(subset=["score"])
    answered = answered.assign(all=answered["score"] >= 1)
    table = (
        answered.groupby([*_ASKED, "item"], sort=False)["all"]
        .agg(people="size", earned_all="sum")
        .astype("Int64")
        .reset_index()
        .sort_values(_ASKED, kind="stable", ignore_index=True)
    )
    table.loc[table["people"] < FEWEST, ["people", "earned_all"]] = None
    table["said"] = [
        _said(*counts) for counts in zip(table["people"], table["earned_all"], strict=True)
    ]
    return _named(table, titles)


def mine(attempts: Iterable[Attempt], who: str, titles: _Titles | None = None) -> "pd.DataFrame":
    """Return one person's own attempts, in order of arrival; nothing is hidden from oneself.

    Columns: shift (its title), kind, policy, finished (UTC), earned ("3 of 4 items"), hints.
    """
    own = [attempt for attempt in attempts if attempt.who == who]
    table = attempts_frame(own)[[*_ASKED, "finished", "hints"]]
    table.insert(len(table.columns) - 1, "earned", [_earned(attempt) for attempt in own])
    return _named(table, titles)


def jsonl(attempts: Iterable[Attempt]) -> Iterator[str]:
    """Return each attempt as one line of JSON."""
    return (attempt.model_dump_json() for attempt in attempts)


def print_report(path: Path, as_json: bool, titles: Callable[[], _Titles] = dict) -> int:
    """Print what was practised, or with `as_json` one attempt a line; return the exit status.

    `titles` is asked only when there is something to name. No file is made if there is none.
    """
    if above := next((p for p in path.parents if p.is_file()), None):
        print(f"{above}: this is a file. Name a folder: --data DIR", file=sys.stderr)
        return 1
    try:
        attempts = Store(path).attempts() if path.exists() else []
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    for line in jsonl(attempts) if as_json else _lines(attempts, titles):
        print(line)
    return 0


def _lines(attempts: list[Attempt], titles: Callable[[], _Titles]) -> Iterator[str]:
    if not attempts:
        yield NOBODY
        return
    people = plural(len({attempt.who for attempt in attempts}), "person", "people")
    yield f"{plural(len(attempts), 'attempt', 'attempts')} by {people}."
    yield "How many earned all of an item, of those who answered it at their first attempt:"
    counts = summary(attempts, titles())
    for (shift, kind, policy), items in counts.groupby(["shift", "kind", "policy"]):
        yield f"\n{shift}: {str(kind).replace('_', ' ')} (policy: {policy})"
        for said, item in zip(items["said"], items["item"], strict=True):
            yield f"  {said:<12}  {shorten(item, 80, placeholder=' …')}"


def _open_to(reader: str | None, attempts: list[Attempt]) -> list[Attempt]:
    played = {(a.scenario, a.kind) for a in attempts if reader in (None, a.who)}
    return [a for a in attempts if (a.scenario, a.kind) in played]


def _first(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return each person's first attempt at each exercise under each policy."""
    first: dict[tuple[str, ...], Attempt] = {}
    for attempt in attempts:
        first.setdefault((attempt.who, attempt.scenario, attempt.kind, attempt.policy), attempt)
    return list(first.values())


def _said(people: Any, earned_all: Any) -> str:
    import pandas as pd

    return TOO_FEW if pd.isna(people) else f"{earned_all} of {people}"


def _earned(attempt: Attempt) -> str:
    scores = [remark.score for remark in attempt.remarks if remark.score is not None]
    if not scores:
        return "nothing scored"
    return f"{sum(score >= 1 for score in scores)} of {plural(len(scores), 'item', 'items')}"


def _frame(columns: list[str], rows: Iterable[dict[str, Any]]) -> "pd.DataFrame":
    import pandas as pd

    frame = pd.DataFrame.from_records(list(rows), columns=columns)
    for column in ("started", "finished"):
        frame[column] = pd.to_datetime(frame[column], utc=True, format="ISO8601").dt.as_unit("us")
    kinds = {"score": "float64", "hints": "int64"}
    return frame.astype({name: kind for name, kind in kinds.items() if name in columns})


def _named(table: "pd.DataFrame", titles: _Titles | None) -> "pd.DataFrame":
    """Return the table with the shift's title in place of its id."""
    names = [(titles or {}).get(id, id) for id in table["scenario"]]
    return table.assign(scenario=names).rename(columns={"scenario": "shift"})


def readable(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Return the frame as a person reads it: words for names, short times, no doubled counts."""
    shown = frame.drop(columns=["people", "earned_all"] if "said" in frame else [])
    if "finished" in shown:
        shown["finished"] = shown["finished"].dt.strftime("%Y-%m-%d %H:%M UTC")
    if "kind" in shown:
        shown["kind"] = shown["kind"].str.replace("_", " ")
    names = {"said": "earned all of it", "kind": "practised", "finished": "when"}
    return shown.astype(object).where(shown.notna(), "not given").rename(columns=names)
