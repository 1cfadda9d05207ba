"""Sentences labelled by people who saw no rule: what the review flags, asks about and leaves alone.

The rules were written with `tuning` at hand. `held` and `aside` were set aside before, each scored
once, and no rule is written for either; `aside` was labelled by its writer and, blind, by two more
readers, and the majority counts. Floors are low: they catch a rule that goes wrong, and are no aim.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from incident_training.language import sections
from incident_training.language.review import review, rules

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "sentences.jsonl").read_text("utf-8").splitlines()
]
PARTS = {part: [row for row in ROWS if row["part"] == part] for part in ("tuning", "held", "aside")}


def outcome(row):
    found = {one.outcome for one in review(row["text"], row["section"])}
    return "flag" if "flag" in found else "ask" if found else "silent"


@pytest.fixture(scope="module", params=PARTS)
def judged(request):
    return request.param, [(row["outcome"], outcome(row)) for row in PARTS[request.param]]


def test_the_set_is_large_and_nothing_in_it_comes_twice():
    assert len(ROWS) >= 400
    assert len({" ".join(row["text"].lower().split()) for row in ROWS}) == len(ROWS)
    assert len(PARTS["held"]) + len(PARTS["aside"]) >= 400


def test_every_row_has_a_section_and_a_family_where_it_is_not_silent():
    families = {rule.family for rule in rules().values()}

    for row in ROWS:
        assert row["section"] in sections.names()
        assert row["family"] in families if row["outcome"] != "silent" else row["family"] is None
    assert {row["family"] for row in ROWS} - {None} == families


def test_of_three_readers_the_majority_counts():
    for row in PARTS["aside"]:
        top, votes = Counter(row["votes"]).most_common(1)[0]
        assert len(row["votes"]) == 3
        assert row["outcome"] == (top if votes > 1 else "ask")


def test_each_part_holds_tempting_sentences_that_are_fine_and_each_outcome():
    for rows in PARTS.values():
        counts = Counter(row["outcome"] for row in rows)
        assert min(counts["flag"], counts["ask"], counts["silent"]) >= 30


def test_what_is_flagged_is_worth_it(judged):
    part, pairs = judged
    flagged = [meant for meant, got in pairs if got == "flag"]

    floor = {"tuning": 0.97, "held": 0.85, "aside": 0.9}[part]
    assert flagged.count("flag") / len(flagged) >= floor


def test_what_people_would_ask_about_is_asked_about(judged):
    part, pairs = judged
    worth = [got for meant, got in pairs if meant != "silent"]

    floor = {"tuning": 0.97, "held": 0.8, "aside": 0.8}[part]
    assert 1 - worth.count("silent") / len(worth) >= floor


def test_what_is_fine_is_left_alone(judged):
    part, pairs = judged
    fine = [got for meant, got in pairs if meant == "silent"]

    floor = {"tuning": 0.97, "held": 0.9, "aside": 0.92}[part]
    assert fine.count("silent") / len(fine) >= floor
