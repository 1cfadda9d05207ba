"""The hunt: what is asked of a flag, and that no feedback takes luck for skill."""

import re
from dataclasses import replace

import pytest
from browserless import Visitor, exemplar_step
from stories import SHOP, shop

from incident_training import library, widgets
from incident_training.clock import clock
from incident_training.doctrine.near_miss import STOP_REASONS
from incident_training.doctrine.priority import matrix
from incident_training.kinds import exercises
from incident_training.kinds.base import NotAllowed, exemplar
from incident_training.kinds.hunting import QUESTIONS, WHEN
from incident_training.kinds.log import ObservedFacts
from incident_training.kinds.near_miss import NearMiss
from incident_training.kinds.potential import class_of, high_potential, told, urgency
from incident_training.widgets import near_miss

LUCK = {"started": "yes", "reached": "no", "stopped_by": "luck"}
NO_HARM = {"started": "yes", "reached": "yes", "harm": "no"}
HARM = {"started": "yes", "reached": "yes", "harm": "yes"}
WAITS = {"started": "no", "clock": "no"}
RUNS = {"started": "no", "clock": "yes"}
PRAISE = re.compile(
    r"(?:well|nicely|good|great|fine) (?:caught|catch|spotted|work|done|job|eye)|bravo|kudos",
    re.IGNORECASE,
)
HUNTS = {
    name: played["near_miss"]
    for name, shift in library.shipped().items()
    if "near_miss" in (played := exercises(shift))
}


def observation(facts=LUCK, **said):
    """The second line of the shop's log, with these facts and whatever else is said of it."""
    lines = SHOP["near_miss"]["observations"]
    line = {k: v for k, v in lines[1].items() if k != "facts"} | said
    part = SHOP["near_miss"] | {
        "observations": [lines[0], line | ({"facts": facts} if facts else {})]
    }
    return NearMiss(scenario=shop(near_miss=part)).part.observations[1]


def hunting(**said):
    lines = SHOP["near_miss"]["observations"]
    part = SHOP["near_miss"] | {"observations": [lines[0], lines[1] | said]}
    return NearMiss(scenario=shop(near_miss=part))


def played(hunt, *steps):
    response = hunt.untouched
    for step in steps:
        response = hunt.take(response, step)
    return response


def asked(given):
    """The questions a form shows, one after the other, as these answers are given."""
    shown = {}
    for name in QUESTIONS:
        if all(shown.get(other) in values for other, values in WHEN[name].items()):
            shown[name] = given.get(name)
    return [*shown]


@pytest.mark.parametrize(
    ("given", "questions"),
    [
        ({}, ["started"]),
        ({"started": "no"}, ["started", "clock"]),
        ({"started": "yes"}, ["started", "reached"]),
        ({"started": "yes", "reached": "no"}, ["started", "reached", "stopped_by"]),
        ({"started": "yes", "reached": "yes"}, ["started", "reached", "harm"]),
    ],
)
def test_each_answer_leads_to_one_more_question(given, questions):
    assert asked(given) == questions


@pytest.mark.parametrize(
    "given",
    [
        {"started": "no"},
        {"started": "yes", "reached": "no"},
        {"started": "yes", "stopped_by": "luck"},
        {"started": "no", "clock": "soon"},
    ],
)
def test_a_question_that_is_asked_is_answered_or_refused(given):
    hunt = hunting()

    with pytest.raises(NotAllowed):
        played(hunt, {"flags": ["ended"]}, given)


def test_an_answer_to_a_question_nobody_asked_is_not_kept():
    response = played(hunting(), {"flags": ["ended"]}, RUNS | LUCK | {"started": "no"})

    assert response.flags[0].facts == ObservedFacts(started="no", clock="yes")


def test_a_clock_the_author_gives_is_scored_and_one_left_unsaid_is_only_told():
    open_, given = hunting(facts={"started": "no"}), hunting(facts=RUNS)

    def clocks(hunt, said):
        remarks = hunt.assess(played(hunt, {"flags": ["ended"]}, said)).remarks
        return [(r.given, r.expected, r.score) for r in remarks if "before morning" in r.item]

    assert clocks(open_, RUNS) == [("Yes", None, None)]
    assert clocks(given, RUNS) == [("Yes", "Yes", 1.0)]
    assert clocks(given, WAITS) == [("No", "Yes", 0.0)]


def test_what_almost_happened_comes_first_then_without_the_luck_then_what_was_left():
    line = observation(without="Had it run to noon, all would fail.", worst="major", left="none")

    tells = told(line)

    assert tells.why.startswith("It almost failed for everyone; the sale ended.")
    assert tells.played_on == "Played on without the luck: Had it run to noon, all would fail."
    assert tells.left.startswith("High potential: at worst major, and nothing was left against it.")
    assert tells.whole == f"{tells.why} {tells.played_on} {tells.left}"


@pytest.mark.parametrize("stopped", STOP_REASONS)
def test_a_near_miss_is_played_on_whatever_stopped_it_and_whoever_wrote_it(stopped):
    tells = told(observation(LUCK | {"stopped_by": stopped}))

    assert tells.played_on


def test_a_reason_that_names_only_the_end_is_told_as_almost_happened():
    line = observation(because="The check caught it.")

    assert told(line).why == (
        "It almost happened: nothing stood in the way, and luck closed the gap."
        " The check caught it."
    )


@pytest.mark.parametrize(
    ("facts", "worst", "left", "high"),
    [
        (LUCK, "major", "limited", True),
        (LUCK | {"stopped_by": "engineered"}, "catastrophic", "none", True),
        (NO_HARM, "major", "none", True),
        (LUCK, "minor", "none", False),
        (LUCK, "catastrophic", "effective", False),
        (LUCK, None, "none", False),
        (HARM, "major", "none", False),
        (WAITS, "major", "none", False),
    ],
)
def test_high_potential_is_grave_at_worst_with_little_left_of_what_hurt_nobody(
    facts, worst, left, high
):
    line = observation(facts, worst=worst, left=left)

    assert high_potential(line) is high
    assert ("High potential" in told(line).left) is high


def test_what_is_left_of_a_condition_is_said_of_now():
    line = observation(WAITS, worst="major", left="limited")

    assert told(line).left == "At worst major, and little is left against it."


def test_what_is_over_wakes_nobody_and_is_one_line_in_the_register():
    assert urgency(observation(), matrix()) == (
        "Priority 4: nobody to wake, one line in the register."
    )
    assert urgency(observation(worst="major", left="none"), matrix()).endswith(
        "one line in the register, and a review in office hours."
    )


@pytest.mark.parametrize(
    ("worst", "says"),
    [("minor", "priority 3"), ("major", "priority 2"), ("catastrophic", "priority 1")],
)
def test_a_clock_has_the_priority_of_its_harm_and_says_whose_rule_that_is(worst, says):
    said = urgency(observation(RUNS, worst=worst, left="none"), matrix())

    assert f"So it is {says}: " in said
    assert said.endswith("This rule is ours; by the matrix alone it would be priority 4.")


def test_a_condition_of_which_the_clock_is_not_said_is_not_called_harmless():
    assert urgency(observation({"started": "no"}), matrix()).startswith("Unless somebody is hurt")


def test_a_teams_own_table_that_pages_for_a_near_miss_is_not_contradicted():
    ours = matrix().priorities
    pages = replace(ours[4], says="tell the night desk", pages=ours[1].pages)
    own = replace(matrix(), priorities={**ours, 4: pages})

    assert urgency(observation(), own) == "Priority 4: tell the night desk."


@pytest.mark.parametrize("name", HUNTS)
def test_no_feedback_of_a_shipped_hunt_ends_on_well_caught(name):
    """Neither what is shown nor what is kept: it ends on what was left, or on what to do."""
    hunt = HUNTS[name]
    for response in responses(hunt):
        shown = near_miss.tell(hunt, response, more=False)
        items = next(block for block in shown if block["is"] == "remarks")["items"]
        told_of = {item["item"].partition(" ")[2]: item["because"] for item in items}
        kept = {remark.item: remark.because for remark in hunt.assess(response).remarks}
        for line in hunt.notable:
            because = next(said for item, said in told_of.items() if item.endswith(line.text))
            assert because.endswith(urgency(line, matrix()))
            if class_of(line.facts) == "near miss":
                tells = told(line)
                assert "almost" in tells.why
                assert because.startswith(f"{tells.why}\n\n{tells.played_on}\n\n")
                assert kept[f"{clock(line.at)} {line.text}"] == tells.whole != tells.why
        assert not [said for said in (*told_of.values(), *kept.values()) if PRAISE.search(said)]


def responses(hunt):
    """Everything flagged rightly, credited wrongly, and nothing flagged at all."""
    flags = {"flags": [line.id for line in hunt.notable]}
    told_wrong = [
        {**dict(step), **({"stopped_by": "procedure"} if "stopped_by" in step else {})}
        for step in hunt.steps[1:]
    ]
    yield played(hunt, *hunt.steps)
    yield played(hunt, flags, *told_wrong)
    yield played(hunt, {"flags": []})


@pytest.mark.parametrize("name", HUNTS)
def test_a_near_miss_of_a_shipped_hunt_says_its_worst_and_what_was_left(name):
    for line in HUNTS[name].notable:
        if class_of(line.facts) in ("near miss", "no-harm incident"):
            assert None not in (line.worst, line.left), line.id


def test_the_trainee_never_picks_a_class():
    forbidden = {"hazard", "near miss", "no-harm incident", "incident"}
    for _, options in QUESTIONS.values():
        assert not forbidden & {*options.values(), *options}


def test_a_routine_flag_is_told_why_it_is_routine():
    hunt = hunting()
    response = played(hunt, {"flags": ["night"]}, WAITS)

    shown = near_miss.tell(hunt, response, more=False)
    remark = next(block for block in shown if block["is"] == "remarks")["items"][0]

    assert remark["expected"] == "routine"
    assert remark["because"] == "A look costs little; this line is routine. As every night."


def test_a_strip_is_drawn_in_the_log_and_beside_the_questions_and_has_its_words():
    hunt = hunting(series=[9, 7, 1], alt="Load falls from 9 to 1")
    log = near_miss.ask(hunt, hunt.untouched)["main"][0]["fields"][0]["lines"]
    beside = near_miss.ask(hunt, hunt.take(hunt.untouched, {"flags": ["ended"]}))

    assert [line["picture"] is None for line in log] == [True, False]
    assert beside["left"][1]["items"][0]["picture"] == log[1]["picture"]
    assert "Load falls from 9 to 1" in log[1]["picture"]
    assert beside["says"].endswith("Load falls from 9 to 1")


def test_the_questions_of_a_flag_appear_each_when_the_one_before_is_answered():
    visitor = Visitor(widgets.practice("near_miss"))
    visitor.send({"do": "choose", "name": "sunday-bike-locks"})
    exemplar_step(visitor, visitor.page._activity.session)

    fields = visitor.fields()

    assert [*fields] == [*QUESTIONS]
    assert fields["started"]["when"] is None
    assert {name: field["when"] for name, field in fields.items() if name != "started"} == {
        name: when for name, when in WHEN.items() if name != "started"
    }


def test_a_hunt_played_alone_folds_its_graph_where_actions_are_still_to_be_written():
    visitor = Visitor(widgets.practice("near_miss"))
    visitor.send({"do": "choose", "name": "sunday-bike-locks"})
    while visitor.screen["stage"] == "play":
        exemplar_step(visitor, visitor.page._activity.session)

    [picture] = visitor.blocks("picture")

    assert picture["folded"]
    assert near_miss.DRAFT_FIRST in [block["text"] for block in visitor.blocks("words")]


def test_a_hunt_before_its_draft_does_not_send_the_graph_at_all():
    hunt = exercises(library.shipped()["sunday-bike-locks"])["near_miss"]
    response = exemplar(hunt)

    told = near_miss.tell(hunt, response, more=True)

    assert not [block for block in told if block["is"] == "picture"]
