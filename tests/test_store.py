"""What was submitted is kept: committed when acknowledged, once, in order, and nobody by name."""

import json
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from stories import shop

from incident_training.kinds import exercises
from incident_training.places import CannotKeep
from incident_training.session import begin
from incident_training.store import (
    Behind,
    Draft,
    Event,
    Store,
    StoreError,
    database,
    prepare,
    pseudonym,
)

TOKEN = "3f9a1c2b44d07e5a91c0ffee00112233"
WHO = pseudonym(TOKEN)

PRAGMAS = {"journal_mode": "truncate", "synchronous": 2, "fullfsync": 1, "secure_delete": 1}

WRITER = """
import sys
from pathlib import Path
from incident_training.store import Event, Store, StoreError

def patiently(do):
    while True:  # on a busy machine the queue may be too long; a page asks again as well
        try:
            return do()
        except StoreError as error:
            assert "held it for too long" in str(error)

path, name, many = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
store = patiently(lambda: Store(path))
for n in range(many):
    event = Event(f"{name}-{n}", "2026-03-03T09:00:00Z", name, "tuesday-shop", "declaration",
                  "0123456789ab", "step", {"text": "x" * 300})
    patiently(lambda: store.append(event))
    print(event.id, flush=True)
"""


def event(id: str = "a", **changed: Any) -> Event:
    at, edition = "2026-03-03T09:10:00Z", "0123456789ab"
    given = Event(id, at, WHO, "tuesday-shop", "declaration", edition, "step", {"choice": "watch"})
    return replace(given, **changed)


def python(script: str, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "training.sqlite"


@pytest.fixture
def store(path: Path) -> Store:
    return Store(path)


@pytest.fixture
def shop_attempt():
    session = begin(WHO, exercises(shop())["declaration"], "2026-03-03T09:00:00Z")
    return session.attempt("2026-03-03T09:30:00Z", page="declare")


def test_what_is_acknowledged_is_read_by_another_process(store, path):
    store.append(event(data={"text": "Zoë wrote: “it’s back” 🙂\0\n", "chance": 0.1, "who": None}))

    script = """
import json, sys
from pathlib import Path
from incident_training.store import Store
print(json.dumps([e.data for e in Store(Path(sys.argv[1])).events()]))
"""
    with python(script, path) as reader:
        assert json.loads(reader.stdout.read()) == [
            {"text": "Zoë wrote: “it’s back” 🙂\0\n", "chance": 0.1, "who": None}
        ]


def test_an_event_comes_back_as_it_was_given(store):
    store.append(event())

    assert store.events() == [event()]


def test_the_same_id_again_is_counted_once_and_the_first_stays(store):
    assert store.append(event()) is True
    assert store.append(event()) is False
    assert store.append(event(data={"choice": "declare"})) is False

    assert store.events() == [event()]


def test_one_persons_id_never_swallows_anothers_event(store):
    assert store.append(event(who="calm-wren-1"))
    assert store.append(event(who="kind-lark-2"))


def test_eight_processes_writing_at_once_lose_nothing(path):
    writers = [python(WRITER, path, f"writer-{n}", 50) for n in range(8)]
    acknowledged = [line for writer in writers for line in writer.communicate()[0].split()]

    assert len(acknowledged) == 400
    assert sorted(e.id for e in Store(path).events()) == sorted(acknowledged)


def test_a_commit_waits_for_the_disk(store, path):
    """No test can pull the plug; this one sees to it that SQLite is told to mind it."""
    with closing(database.connect(path)) as db:
        told = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS]

    assert dict(zip(PRAGMAS, told, strict=True)) == PRAGMAS


def test_threads_may_share_a_store(store):
    with ThreadPoolExecutor(8) as threads:
        new = list(threads.map(lambda n: store.append(event(f"{n % 80}")), range(160)))

    assert sum(new) == len(store.events()) == 80


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_store_may_be_used_on_both_sides_of_a_fork(path):
    script = """
import os, sys
from pathlib import Path
from incident_training.store import Event, Store
store = Store(Path(sys.argv[1]))
def write(name):
    for n in range(50):
        store.append(Event(f"{name}-{n}", "", name, "", "", "", "step", {}))
write("before")
child = os.fork()
write("child" if child == 0 else "parent")
if child == 0:
    os._exit(0)
sys.exit(os.waitpid(child, 0)[1])
"""
    with python(script, path) as writer:
        assert writer.wait() == 0

    assert len(Store(path).events()) == 150


@pytest.mark.parametrize("after", [1, 7, 40])
def test_a_writer_killed_mid_way_loses_nothing_acknowledged(path, after):
    with python(WRITER, path, "killed", 100_000) as writer:
        acknowledged = [writer.stdout.readline().strip() for _ in range(after)]
        writer.kill()
        acknowledged += writer.stdout.read().split()

    kept = [e.id for e in Store(path).events()]
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) <= len(acknowledged) + 1  # one may be committed and not yet acknowledged
    assert Store(path).append(event())


def test_a_writer_killed_before_its_commit_leaves_nothing_half_done(store, path):
    store.append(event())
    script = """
import os, sys
from pathlib import Path
from incident_training.store import database
with database.turn(Path(sys.argv[1])):
    db = database.connect(Path(sys.argv[1]))
    db.execute("PRAGMA cache_size=1")  # so that pages reach the file before the commit
    db.execute("BEGIN IMMEDIATE")
    for n in range(500):
        db.execute("INSERT INTO event (id, at, who, scenario, kind, edition, name, data)"
                   " VALUES (?, '', 'w', '', '', '', 'step', ?)", (str(n), "x" * 2000))
    os.kill(os.getpid(), 9)
"""
    with python(script, path) as writer:
        assert writer.wait() != 0
    assert Path(f"{path}-journal").stat().st_size > 0

    assert store.events() == [event()]
    assert store.append(event("b"))


def test_two_processes_may_prepare_at_once(path):
    script = """
import sys
from pathlib import Path
from incident_training.store import prepare
print("ready", flush=True)
sys.stdin.readline()
prepare(Path(sys.argv[1]))
"""
    command = [sys.executable, "-c", script, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    several = [subprocess.Popen(command, **pipes) for _ in range(6)]
    for one in several:
        assert one.stdout.readline() == "ready\n"
    for one in several:
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in several:
        one.communicate()

    assert [one.returncode for one in several] == [0] * 6
    assert Store(path).append(event())


def test_preparing_again_keeps_what_is_there(store, path):
    store.append(event())
    prepare(path)

    assert store.events() == [event()]


def test_who_waited_while_another_made_the_tables_leaves_them_be(store, path):
    store.append(event())
    with closing(database.connect(path)) as db:
        database._bring_up(db, path)

    assert store.events() == [event()]


def test_a_page_prepares_a_store_left_half_made(path):
    path.parent.mkdir()
    path.touch()

    assert Store(path).append(event())


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_only_the_owner_can_read_the_file(store, path):
    store.append(event())

    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_token_is_nowhere_in_the_files(store, path):
    store.append(event(data={"text": "a secret stays one"}))

    everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert TOKEN.encode() not in everything
    assert WHO.encode() in everything


def test_the_last_event_is_the_last_to_arrive_whatever_the_clock_says(store):
    store.append(event("first", at="2026-03-03T10:00:00Z"))
    store.append(event("second", at="2026-03-03T09:00:00Z"))  # the clock was set back
    store.append(event("other", kind="near_miss", at="2026-03-03T08:00:00Z"))

    assert [e.id for e in store.events()] == ["first", "second", "other"]


def test_events_are_those_that_match_all_that_is_given(store):
    store.append(event("a"))
    store.append(event("b", name="hint"))
    store.append(event("c", scenario="friday-cards"))
    store.append(event("d", who="calm-wren-1"))

    assert [e.id for e in store.events(who=WHO, scenario="tuesday-shop")] == ["a", "b"]
    assert [e.id for e in store.events(name="hint")] == ["b"]
    assert store.events(who="' OR 1 --") == []


def test_an_attempt_comes_back_as_it_was_submitted(store, shop_attempt):
    data = shop_attempt.model_dump(mode="json")
    store.append(event("a", name="attempt", data=data, who=shop_attempt.who))
    store.append(event("b", name="step"))

    assert store.attempts() == store.attempts(shop_attempt.who) == [shop_attempt]
    assert store.attempts("calm-wren-1") == []


def test_an_attempt_of_another_version_is_left_out_and_logged(store, caplog):
    store.append(event("odd", name="attempt", data={"planet": "Mars"}))

    assert store.attempts() == []
    assert "event odd" in caplog.text


def test_a_file_of_the_first_form_is_brought_up_and_keeps_its_events(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        for statement in database._FORMS[0]:
            db.execute(statement)
        db.execute("PRAGMA user_version=1")
        db.execute(
            "INSERT INTO event VALUES (1, 'old', 'at', ?, 's', 'declaration', 'e', 'step', '{}')",
            (WHO,),
        )
        db.commit()

    store = Store(path)
    store.keep_draft(Draft(WHO, "shift", "screen", 1, {"choice": "watch"}))

    assert [kept.id for kept in store.events()] == ["old"]
    assert store.draft(WHO, "shift", "screen").given == {"choice": "watch"}


def test_an_event_that_does_not_follow_on_is_refused_and_leaves_no_trace(store):
    store.append(event("first"), after="")
    store.append(event("other", who="somebody-else"))
    store.append(event("second"), after="first")

    with pytest.raises(Behind):
        store.append(event("third"), after="first")

    assert [kept.id for kept in store.events(who=WHO)] == ["first", "second"]
    assert store.append(event("second"), after="nothing we know") is False


def test_one_draft_is_kept_for_each_person_and_page(store):
    first = Draft(WHO, "shift", "one", 2, {"impact": "43"})
    others = (replace(first, page="postmortem"), replace(first, who="somebody-else"))
    for draft in (first, *others):
        store.keep_draft(draft)

    store.keep_draft(replace(first, screen="two", rev=1))

    assert store.draft(WHO, "shift", "one") is None
    assert store.draft(WHO, "shift", "two").rev == 1
    assert store.draft(WHO, "postmortem", "one") == others[0]


def test_a_draft_of_somebody_who_went_on_since_is_refused_and_leaves_the_newer_one(store):
    store.append(event("first"))
    newer = Draft(WHO, "shift", "two", 1, {"impact": "43"})
    store.keep_draft(newer, after="first")

    with pytest.raises(Behind):
        store.keep_draft(replace(newer, screen="one", rev=9), after="")

    assert store.draft(WHO, "shift", "two") == newer


def test_an_event_takes_the_draft_of_its_page_with_it_and_a_hint_does_not(store):
    draft = Draft(WHO, "shift", "one", 1, {})
    store.keep_draft(draft)
    store.keep_draft(replace(draft, page="postmortem"))

    store.append(event("hinted", name="hint", data={"page": "shift"}))
    assert store.draft(WHO, "shift", "one") == draft
    store.append(event("given", data={"page": "shift"}))

    assert store.draft(WHO, "shift", "one") is None
    assert store.draft(WHO, "postmortem", "one")


@pytest.mark.parametrize(
    "bent", [{"screen": 3}, {"page": "a\0b"}, {"given": {"a": float("nan")}}, {"rev": 2**63}]
)
def test_a_draft_that_would_not_come_back_as_given_is_refused(store, bent):
    with pytest.raises(StoreError):
        store.keep_draft(replace(Draft(WHO, "shift", "one", 1, {}), **bent))


def test_a_newer_schema_is_refused_and_left_as_it_is(path):
    prepare(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version={database.SCHEMA + 1}")
    before = path.read_bytes()

    for refused in (Store, prepare):
        with pytest.raises(StoreError, match="newer incident-training"):
            refused(path)
    assert path.read_bytes() == before


def test_a_file_that_is_not_a_database_is_refused_and_left_as_it_is(path):
    path.parent.mkdir()
    path.write_text("Dear diary, today the shop was slow again. " * 100)
    before = path.read_bytes()

    for refused in (Store, prepare):
        with pytest.raises(StoreError, match="not a database"):
            refused(path)
    assert path.read_bytes() == before


def test_somebody_elses_database_is_refused_and_left_as_it_is(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipes (name)")
    before = path.read_bytes()

    with pytest.raises(StoreError, match="something else"):
        Store(path)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(CannotKeep, match="Name a folder you can write to") as refused:
        Store(tmp_path / "file" / "training.sqlite")
    assert "\n" not in str(refused.value)


def test_a_file_that_goes_away_is_noticed_not_written_into_nothing(store, path):
    path.unlink()

    with pytest.raises(StoreError, match="gone"):
        store.append(event())
    assert not path.exists()


def test_a_full_disk_is_said_and_keeps_what_was_acknowledged(store, monkeypatch):
    store.append(event())
    few_pages = (*database._PRAGMAS, "PRAGMA max_page_count=8")
    with monkeypatch.context() as full:
        full.setattr(database, "_PRAGMAS", few_pages)
        with pytest.raises(StoreError, match="disk is full"):
            store.append(event("b", data={"text": "x" * 100_000}))

    assert store.events() == [event()]
    assert store.append(event("b"))


@pytest.mark.skipif(sys.platform == "win32", reason="there SQLite's own lock does the waiting")
def test_a_writer_that_never_ends_its_turn_is_said_and_reads_go_on(store, path, monkeypatch):
    store.append(event())
    monkeypatch.setattr(database, "PATIENCE_SECONDS", 0.0)

    with database.turn(path):
        with pytest.raises(StoreError, match="held it for too long"):
            store.append(event("b"))
        assert store.events() == [event()]
    assert store.append(event("b"))


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"chance": float("nan")}, "data.chance: should be a finite number"),
        ({"acts": [{"at": float("inf")}]}, "data.acts.0.at: should be a finite number"),
        ({"text": "half \ud83d"}, "data.text: holds half a character"),
        ({"half \ud83d": 1}, "data: holds half a character"),
        ({"at": 2**63}, "data.at: should be at most"),
        ({1: "one"}, "data: names should be text"),
        ({"at": object()}, "data.at: cannot be kept; got object"),
    ],
)
def test_what_would_not_come_back_as_given_is_refused(store, value, place):
    with pytest.raises(StoreError) as refused:
        store.append(event(data=value))

    assert str(refused.value).startswith(place)
    assert store.events() == []


@pytest.mark.parametrize("changed", [{"who": "a\0b"}, {"at": None}, {"name": "stepp"}])
def test_an_event_with_a_bent_field_is_refused(store, changed):
    with pytest.raises(StoreError, match=rf"^{next(iter(changed))}: should be"):
        store.append(event(**changed))


def test_a_pseudonym_is_the_same_each_time_and_carries_64_bits():
    words, _, digits = WHO.rpartition("-")

    assert pseudonym(TOKEN) == WHO
    assert pseudonym(TOKEN + "0") != WHO
    assert words.replace("-", "").isalpha()
    assert len(digits) * 4 + 2 * 5 >= 64
    assert TOKEN not in WHO


def test_an_odd_token_has_a_pseudonym_and_an_empty_one_is_refused():
    assert pseudonym("\ud800 ?me=anything")

    with pytest.raises(StoreError, match="token"):
        pseudonym("")
