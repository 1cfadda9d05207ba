"""The class, high potential and the clock follow from facts; what is not known decides nothing."""

import csv
from dataclasses import astuple, fields, replace
from functools import cache
from itertools import product
from typing import get_args

import pytest

from incident_training import doctrine, hazard
from incident_training.doctrine.near_miss import (
    BARRIERS,
    OUTCOMES,
    QUESTIONS,
    REMAINING,
    STOP_MEANS,
    STOP_REASONS,
    Class,
    Facts,
    Remaining,
    StopReason,
    Worst,
    chain,
    classify,
    in_words,
    priority_in_words,
    priority_of,
)
from incident_training.doctrine.near_misses import examples
from incident_training.hazard.graph import Kind
from incident_training.kinds.log import ObservedFacts
from incident_training.kinds.potential import class_of, observed

YES_NO = (True, False)
VALUES = {
    "normal": YES_NO,
    "started": YES_NO,
    "reached": YES_NO,
    "harm": YES_NO,
    "stopped_by": get_args(StopReason),
    "worst": get_args(Worst),
    "left": get_args(Remaining),
    "clock": YES_NO,
}
FULL = [Facts(*values) for values in product(*VALUES.values())]
PARTIAL = [Facts(*values) for values in product(*((None, *v) for v in VALUES.values()))]

# The 25 examples as they were collected, without their sentences: normal to harm, then the rest.
LIST = """
autoscale yes yes no no - minor effective NE no
pod-restart yes yes no no - minor effective NE no
planned-window yes yes yes no - minor effective NE no
unpatched no no no no - major limited HZ no
shared-admin no no no no - major limited HZ no
backup-silent no no no no - catastrophic none HZ no
single-node no no no no - major none HZ no
runbook-stale no no no no - minor effective HZ no
drop-denied no yes no no barrier catastrophic limited NM yes
ci-gate no yes no no barrier major effective NM no
config-typo no yes no no catch major none NM yes
cert-six-hours no yes no no catch major none NM yes
disk-94 no yes no no luck major none NM yes
timeout-hop no yes no no luck catastrophic none NM yes
wrong-tenant no yes no no luck major none NM yes
token-3-min no yes yes no - catastrophic none NH yes
phish-reported no yes no no catch major effective NM no
retry-success no yes no no barrier minor effective NM no
flapping no yes no no luck major limited NM yes
wipe-run-once no no no no - catastrophic none HZ no
gameday-stop no yes no no catch major limited NM yes
canary-1pct no yes yes no - major effective NH no
mail-twice no yes yes no - minor limited NH no
export-other no yes yes yes - major none IN no
checkout-down no yes yes yes - major none IN no
"""
CODES = {
    "NE": "routine",
    "HZ": "hazard",
    "NM": "near miss",
    "NH": "no-harm incident",
    "IN": "incident",
}
STOPS = {"barrier": ("engineered", "procedure"), "-": (None,)}
ROWS = list(csv.reader(LIST.split("\n")[1:-1], delimiter=" "))
OURS = [one for one in examples().values() if not one.listed]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_list_s_facts_carry_over_and_derive_to_its_class_and_potential(row):
    name, *yes_no, stop, worst, left, code, high = row
    one = examples()[name]
    found = classify(one.facts)

    assert one.listed
    assert astuple(one.facts)[:4] == tuple(word == "yes" for word in yes_no)
    assert one.facts.stopped_by in STOPS.get(stop, (stop,))
    assert (one.facts.worst, one.facts.left) == (worst, left)
    assert (found.class_, found.high_potential) == (CODES[code], high == "yes")


@pytest.mark.parametrize("row", [row for row in ROWS if row[5] == "barrier"], ids=lambda r: r[0])
@pytest.mark.parametrize("kind", STOPS["barrier"])
def test_either_kind_of_barrier_gives_the_list_s_class_and_potential(row, kind):
    found = classify(replace(examples()[row[0]].facts, stopped_by=kind))

    assert found.stopped_by == kind
    assert (found.class_, found.high_potential) == (CODES[row[-2]], row[-1] == "yes")


@pytest.mark.parametrize("one", OURS, ids=lambda one: one.name)
def test_our_own_examples_derive_to_their_class_and_potential(one):
    found = classify(one.facts)

    assert (found.class_, found.high_potential) == (one.class_, one.high_potential)
    assert found.clock is one.facts.clock
    assert found.next is None


def test_there_are_25_listed_and_at_least_20_of_ours_a_third_of_them_tempting():
    tempting = [one for one in OURS if one.tempting]

    assert [one.name for one in examples().values() if one.listed] == [row[0] for row in ROWS]
    assert len(OURS) >= 20
    assert len(tempting) * 3 >= len(OURS)
    assert {one.class_ for one in OURS} == set(get_args(Class))
    assert {one.facts.stopped_by for one in OURS} >= {*BARRIERS, "luck"}
    assert all(one.tempting != classify(one.facts).class_ for one in examples().values())


def test_a_pushed_secret_is_a_no_harm_incident_however_fast_it_was_taken_back():
    for name in ("token-3-min", "key-in-notebook", "key-still-live"):
        assert classify(examples()[name].facts).class_ == "no-harm incident"


def test_a_backup_that_fails_silently_is_a_hazard_for_nothing_has_started():
    for name in ("backup-silent", "archive-never-read"):
        found = classify(examples()[name].facts)

        assert (found.class_, found.clock) == ("hazard", False)
        assert found.chain[1] == "Did something start? No: a condition, waiting."


def test_harm_that_was_short_is_an_incident():
    assert classify(examples()["mended-fast"].facts).class_ == "incident"


def test_only_where_a_clock_runs_or_has_just_been_stopped_does_our_overlay_differ_from_the_list():
    differing = {one.name for one in examples().values() if one.differs}
    running = {one.name for one in examples().values() if one.listed and one.facts.clock}

    assert differing == {"cert-six-hours", "single-node"}
    assert running == {"single-node"}


def test_the_last_standby_gone_has_the_priority_of_its_harm_for_nobody_can_promise_it_the_night():
    """The list has no clock: by its matrix a hazard that hurts nobody yet is priority 4."""
    found = classify(examples()["single-node"].facts)

    assert (found.class_, found.clock) == ("hazard", True)
    assert priority_of(found, "high", "high") == 1


def test_a_certificate_is_a_near_miss_once_renewed_and_until_then_a_hazard_with_a_clock():
    """The list takes its notice for a catch that ended it; noticed alone, it still runs out."""
    renewed, tonight = (
        classify(examples()[name].facts) for name in ("cert-six-hours", "certificate-tonight")
    )

    assert (renewed.class_, priority_of(renewed, "medium", "medium")) == ("near miss", 4)
    assert (tonight.class_, tonight.clock) == ("hazard", True)
    assert priority_of(tonight, "medium", "medium") == 2


def test_every_full_combination_of_facts_has_a_class_and_nothing_left_to_ask():
    for facts in FULL:
        found = classify(facts)

        assert found.class_ in get_args(Class)
        assert found.high_potential in YES_NO
        assert found.clock in YES_NO
        assert found.next is None


def test_what_stopped_it_changes_neither_class_nor_potential_nor_clock():
    for facts in (facts for facts in PARTIAL if facts.stopped_by is None):
        found = {
            _outcome(replace(facts, stopped_by=stop)) for stop in (None, *VALUES["stopped_by"])
        }

        assert len(found) == 1


def test_luck_has_at_least_the_potential_of_any_barrier():
    for facts in FULL:
        lucky = classify(replace(facts, stopped_by="luck")).high_potential

        assert all(
            lucky >= classify(replace(facts, stopped_by=kind)).high_potential for kind in BARRIERS
        )


def test_a_graver_outcome_or_less_left_never_lowers_the_potential():
    for facts in FULL:
        graver = [classify(replace(facts, worst=worst)).high_potential for worst in VALUES["worst"]]
        barer = [classify(replace(facts, left=left)).high_potential for left in VALUES["left"]]

        assert graver == sorted(graver)
        assert barer == sorted(barer)


def test_what_is_said_while_facts_are_unknown_is_just_what_all_they_could_be_agree_on():
    for facts in PARTIAL:
        could = [set(said) for said in zip(*_could(facts), strict=True)]

        assert _outcome(facts) == tuple(said.pop() if len(said) == 1 else None for said in could)


def test_a_question_is_asked_only_where_its_answer_could_matter():
    for facts in PARTIAL:
        found = classify(facts)
        if found.next is None:
            continue
        answers = [replace(facts, **{found.next: value}) for value in VALUES[found.next]]

        assert getattr(facts, found.next) is None
        assert found.next == "stopped_by" or len({_could(facts) for facts in answers}) > 1


def test_answering_what_is_asked_leads_to_the_class_in_at_most_six_questions():
    for told in FULL:
        facts, count = Facts(), 0
        while name := classify(facts).next:
            facts, count = replace(facts, **{name: getattr(told, name)}), count + 1
        found, all_told = classify(facts), classify(told)

        assert count <= 6
        assert (found.class_, found.stopped_by) == (all_told.class_, all_told.stopped_by)
        assert found.high_potential is all_told.high_potential
        assert found.clock is all_told.clock or found.class_ not in ("hazard", "routine")
        assert len(found.chain) == count


def test_a_chain_reads_as_questions_and_answers_up_to_the_one_that_is_asked_next():
    full = Facts(False, True, False, None, "luck", "major", "none")

    assert classify(full).chain == (
        "Normal and designed for? No.",
        "Did something start? Yes.",
        "Did it get out? No.",
        "What stopped it? Luck: timing, load, coincidence.",
        f"{QUESTIONS['worst']} Major: people hurt in what they count on.",
        "What was left against that? Nothing that counts.",
    )
    assert classify(Facts()).chain == ("Normal and designed for? Not known yet.",)
    assert classify(Facts(False, True)).chain[-1] == "Did it get out? Not known yet."


def test_every_chain_ends_where_it_waits_and_holds_no_question_twice():
    for facts in PARTIAL:
        found = classify(facts)
        waiting = [step for step in found.chain if step.endswith("Not known yet.")]

        assert bool(waiting) is (found.next is not None)
        assert not found.next or waiting[0].startswith(QUESTIONS[found.next])
        assert len(set(found.chain)) == len(found.chain) <= 6


def test_a_mild_outcome_or_enough_left_settles_the_potential_alone():
    started = Facts(False, True, False, None, "catch")

    assert classify(replace(started, worst="minor")).high_potential is False
    assert classify(replace(started, left="effective")).high_potential is False
    assert classify(replace(started, worst="major")).next == "left"
    assert classify(replace(started, worst="major")).high_potential is None


def test_what_an_unanswered_question_cannot_change_is_said_at_once():
    found = classify(Facts(normal=False, started=True, harm=False, worst="major", left="none"))

    assert (found.class_, found.high_potential, found.next) == (None, True, "reached")


def test_only_a_near_miss_says_what_stopped_it():
    for facts in FULL:
        found = classify(facts)

        assert found.stopped_by == (facts.stopped_by if found.class_ == "near miss" else None)


def test_a_clock_gives_what_has_hurt_nobody_the_priority_of_its_harm_and_all_else_is_four():
    for facts in FULL:
        found, whole = classify(facts), priority_of(classify(facts), "high", "high")
        expected = {"routine": None, "incident": 1}.get(found.class_, 1 if found.clock else 4)

        assert whole == expected


def test_a_priority_waits_for_the_class_and_for_the_clock_of_a_hazard():
    for facts in (Facts(), Facts(False), Facts(False, False), Facts(False, True, True)):
        found = classify(facts)

        assert priority_of(found, "high", "high") is None
        assert priority_in_words(found) == f"Not known yet. {QUESTIONS[found.next]}"


def test_a_near_miss_is_over_unless_somebody_says_that_a_clock_runs():
    over = classify(Facts(False, True, False, None, "luck"))

    assert over.clock is None
    assert priority_of(over, "high", "high") == 4


def test_the_words_say_that_the_clock_is_our_rule_and_what_is_over_wakes_nobody():
    for facts in FULL:
        found = classify(facts)
        said, number = priority_in_words(found), priority_of(found, "high", "high")

        assert ("This rule is ours" in said) is bool(found.clock)
        assert said.startswith("Priority 4:") is (number == 4)
        assert ("wakes nobody" in said) is (number == 4)


def test_a_near_miss_is_told_as_almost_happened_with_what_stopped_it():
    found = classify(Facts(False, True, False, None, "luck", "major", "none"))

    assert in_words(found) == (
        "A near miss. It almost happened: nothing stood in the way, and luck closed the gap."
        " High potential: review it like the incident it nearly was."
    )
    assert in_words(classify(Facts(False, True))) == "Not known yet. Did it get out?"
    for facts in FULL:
        found = classify(facts)
        assert ("It almost happened: " in in_words(found)) is (found.class_ == "near miss")
        assert ("High potential" in in_words(found)) is found.high_potential


def test_what_stops_something_has_the_names_of_the_hazard_graph_and_luck_is_no_barrier():
    assert set(BARRIERS) == set(get_args(Kind))
    assert set(get_args(StopReason)) - set(BARRIERS) == {"luck", "nothing"}
    with pytest.raises(hazard.UnsoundHazard):
        hazard.build(
            {"job": "the job moves", "down": "checkout is down"},
            [("job", "down", hazard.Barrier("gap", "The sale ended", "luck", "yes"), None)],
            "job",
            "down",
        )


def test_every_answer_has_its_words():
    assert list(STOP_REASONS) == list(STOP_MEANS) == list(get_args(StopReason))
    assert list(OUTCOMES) == list(get_args(Worst))
    assert list(REMAINING) == list(get_args(Remaining))
    assert list(QUESTIONS) == [field.name for field in fields(Facts)] == list(VALUES)


def test_what_a_line_of_a_log_says_is_enough_for_its_class():
    said = ("yes", "no", None)
    for started, reached, harm, stop in product(said[:2], said, said, (None, *STOP_REASONS)):
        facts = ObservedFacts(started=started, reached=reached, harm=harm, stopped_by=stop)

        assert class_of(facts) == classify(observed(facts)).class_ is not None
        assert {*chain(observed(facts))} <= {*classify(observed(facts)).chain}


def test_the_rule_is_found_where_the_issue_names_it():
    assert doctrine.near_miss.classify(doctrine.near_miss.Facts(normal=True)).class_ == "routine"


def _outcome(facts):
    found = classify(facts)
    return found.class_, found.high_potential, found.clock


@cache
def _could(facts):
    """The outcomes of every way to fill in what is not known."""
    unknown = [name for name in VALUES if getattr(facts, name) is None]
    if not unknown:
        return frozenset([_outcome(facts)])
    name = unknown[0]
    return frozenset().union(*(_could(replace(facts, **{name: v})) for v in VALUES[name]))
