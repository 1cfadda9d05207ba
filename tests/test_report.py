"""Tables of attempts: counts with their people, nobody singled out, nothing given away."""

import json
import subprocess
import sys
from typing import Any

import pandas as pd
import pytest

from incident_training import report
from incident_training.kinds.base import Remark
from incident_training.session import Attempt
from incident_training.store import Event, Store

WHEN = "when to declare"
TITLES = {"tuesday-shop": "Tuesday, the shop"}
EVIL = "<img src=x onerror=alert(1)>"


def attempt(
    who: str = "calm-wren-1", score: float | None = 1.0, item: str = WHEN, **changed: Any
) -> Attempt:
    remark = Remark(item=item, given="09:18", expected="09:10", score=score, because="two signals")
    given = {
        "who": who,
        "scenario": "tuesday-shop",
        "kind": "declaration",
        "edition": "0123456789ab",
        "policy": "learning",
        "response": {"acts": []},
        "remarks": (remark,),
        "score": score,
        "hints": 1,
        "started": "2026-03-03T09:00:00.000+00:00",
        "finished": "2026-03-03T09:30:00+00:00",
    }
    return Attempt.model_validate(given | changed)


def people(n: int, score: float | None = 1.0, **changed: Any) -> list[Attempt]:
    return [attempt(f"calm-wren-{score}-{i}", score, **changed) for i in range(n)]


def kept(path, attempts: list[Attempt]) -> None:
    store = Store(path)
    for n, one in enumerate(attempts):
        where = (one.finished, one.who, one.scenario, one.kind, one.edition)
        store.append(Event(f"{n}", *where, "attempt", one.model_dump(mode="json")))


def test_an_attempt_is_a_row_with_times_in_utc():
    frame = report.attempts_frame([attempt(), attempt("kind-lark-2", None)])

    keys = ["who", "scenario", "kind", "edition", "policy", "page", "started", "finished"]
    assert list(frame.columns) == [*keys, "score", "hints"]
    assert frame["who"].tolist() == ["calm-wren-1", "kind-lark-2"]
    assert frame["finished"][0] - frame["started"][0] == pd.Timedelta(minutes=30)
    assert str(frame["finished"].dt.tz) == "UTC"
    assert frame["score"].isna().tolist() == [False, True]  # not answered: never zero


def test_a_remark_is_a_row_with_the_keys_of_its_attempt():
    remarks = (*attempt().remarks, *attempt(score=None, item="severity").remarks)
    frame = report.items_frame([attempt(remarks=remarks)])

    assert frame["item"].tolist() == [WHEN, "severity"]
    assert frame["who"].tolist() == ["calm-wren-1"] * 2
    assert frame["score"].isna().tolist() == [False, True]
    assert {"given", "expected", "because", "scenario", "finished"} <= set(frame.columns)


@pytest.mark.parametrize("make", [report.attempts_frame, report.items_frame, report.summary])
def test_nothing_practised_is_an_empty_table_with_the_same_columns_and_types(make):
    empty, filled = make([]), make([attempt()])

    assert len(empty) == 0
    assert list(empty.columns) == list(filled.columns)
    numbers = ["score", "hints", "people", "earned_all", "started", "finished"]
    numbers = [name for name in numbers if name in filled]
    assert empty[numbers].dtypes.to_dict() == filled[numbers].dtypes.to_dict()


def test_five_people_are_counted():
    (row,) = report.summary([*people(3), *people(2, 0.5)], TITLES).to_dict("records")

    assert (row["shift"], row["kind"], row["item"]) == ("Tuesday, the shop", "declaration", WHEN)
    assert (row["people"], row["earned_all"], row["said"]) == (5, 3, "3 of 5")


def test_four_people_are_not_counted_but_said():
    (row,) = report.summary([*people(3), *people(1, 0.0)]).to_dict("records")

    assert row["said"] == "fewer than 5"
    assert pd.isna(row["people"])
    assert pd.isna(row["earned_all"])


def test_one_person_five_times_is_still_one_person():
    (row,) = report.summary([attempt() for _ in range(5)]).to_dict("records")

    assert row["said"] == "fewer than 5"


def test_only_the_first_attempt_counts_for_a_second_has_read_the_reasons():
    again = [attempt(first.who, 1.0) for first in people(5, 0.0)]
    (row,) = report.summary([*people(5, 0.0), *again]).to_dict("records")

    assert row["said"] == "0 of 5"


def test_who_did_not_answer_is_not_among_those_who_did():
    (row,) = report.summary([*people(5), *people(3, None)]).to_dict("records")

    assert row["said"] == "5 of 5"


def test_two_policies_are_two_questions():
    assert len(report.summary([*people(5), *people(5, 0.0, policy="customers")])) == 2


def test_a_summary_names_no_person_and_no_expected_answer():
    shown = report.readable(report.summary(people(6))).to_string()

    assert "calm-wren" not in shown
    assert "09:10" not in shown
    assert "two signals" not in shown


def test_a_reader_sees_only_shifts_they_have_played():
    attempts = [*people(6), *people(6, 0.0, scenario="friday-cards"), attempt("kind-lark-2")]

    assert report.summary(attempts, reader="kind-lark-2")["shift"].tolist() == ["tuesday-shop"]
    assert report.summary(attempts, reader="nobody-yet-3").empty


def test_ones_own_list_is_shown_whole():
    remarks = (*attempt().remarks, *attempt(score=0.5, item="severity").remarks)
    attempts = [attempt(), attempt("kind-lark-2"), attempt(remarks=remarks), attempt(score=None)]

    own = report.mine(attempts, "calm-wren-1", TITLES)
    assert own["earned"].tolist() == ["1 of 1 item", "1 of 2 items", "nothing scored"]
    assert own["shift"].unique().tolist() == ["Tuesday, the shop"]
    assert report.mine(attempts, "nobody-yet-3").empty


def test_each_attempt_is_one_line_of_json():
    written = attempt(response={"impact": "one\ntwo\u2028three"})
    lines = "\n".join(report.jsonl([written, attempt("kind-lark-2")])).split("\n")

    assert len(lines) == 2
    assert Attempt.model_validate_json(lines[0]) == written


def test_a_score_never_given_reads_as_words():
    shown = report.readable(report.attempts_frame([attempt(score=None)])).to_string()

    assert "not given" in shown
    assert "nan" not in shown.lower()


def test_nobody_yet_is_said_and_makes_no_file(tmp_path, capsys):
    path = tmp_path / "data" / "training.sqlite"

    assert report.print_report(path, as_json=False) == 0
    assert capsys.readouterr().out == "Nobody has practised here yet.\n"
    assert report.print_report(path, as_json=True) == 0
    assert capsys.readouterr().out == ""
    assert not path.parent.exists()


def test_the_report_says_who_many_and_each_item(tmp_path, capsys):
    kept(tmp_path / "t.sqlite", [*people(5), *people(2, 0.0), attempt("a", item="severity")])

    assert report.print_report(tmp_path / "t.sqlite", as_json=False, titles=lambda: TITLES) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("8 attempts by 8 people.")
    assert "5 of 7" in shown
    assert "fewer than 5" in shown
    assert "Tuesday, the shop" in shown


def test_the_report_as_json_is_what_was_kept(tmp_path, capsys):
    kept(tmp_path / "t.sqlite", people(2))

    assert report.print_report(tmp_path / "t.sqlite", as_json=True) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["who"] for line in lines] == ["calm-wren-1.0-0", "calm-wren-1.0-1"]


def test_a_store_that_cannot_be_read_is_one_sentence(tmp_path, capsys):
    (tmp_path / "t.sqlite").write_text("not a database " * 100)

    assert report.print_report(tmp_path / "t.sqlite", as_json=False) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "not a database" in said.err
    assert said.err.count("\n") == 1


def test_json_lines_need_no_pandas(tmp_path):
    kept(tmp_path / "t.sqlite", people(2))
    script = """
import sys
from pathlib import Path
from incident_training.report import print_report
print_report(Path(sys.argv[1]), True)
sys.exit("pandas" in sys.modules)
"""
    command = [sys.executable, "-c", script, str(tmp_path / "t.sqlite")]

    assert subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there a closed pipe is another error")
def test_a_reader_who_has_seen_enough_gets_no_traceback(tmp_path):
    kept(tmp_path / "training.sqlite", [attempt(response={"text": "x" * 9000}) for _ in range(50)])
    command = [sys.executable, "-m", "incident_training.cli", "report", "--json"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}

    with subprocess.Popen([*command, "--data", str(tmp_path)], **pipes) as printing:
        printing.stdout.readline()
        printing.stdout.close()
        assert printing.stderr.read() == ""
