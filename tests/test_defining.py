"""The definitions page: who would call it an incident, and a definition of one's own in force."""

import pytest
from browserless import Visitor, exemplar_step

from incident_training import widgets
from incident_training.doctrine.definitions import definitions, situations


@pytest.fixture
def visitor():
    return Visitor(widgets.definitions())


def said(visitor) -> str:
    """All words on the screen."""
    return str(visitor.screen)


def play_through(name: str) -> Visitor:
    visitor = Visitor(widgets.practice("declaration"))
    visitor.send({"do": "choose", "name": name})
    while not visitor.page._activity.session.done:
        exemplar_step(visitor, visitor.page._activity.session)
    return visitor


def define(visitor, rule: str, says: str = "It hurt, or nearly."):
    visitor.send({"do": "own"})
    return visitor.answer(rule=rule, says=says)


@pytest.mark.parametrize("name", situations())
def test_every_situation_is_held_against_every_definition(visitor, name):
    visitor.send({"do": "situation", "name": name})

    rows = [row for table in visitor.blocks("table") for row in table["rows"]]
    assert len(rows) == len(definitions())
    assert {row[1] for row in rows} <= {"yes", "no"}
    yes = sum(row[1] == "yes" for row in rows)
    verdict = next(b["text"] for b in visitor.blocks("words") if b["style"] == "verdict")
    assert verdict.startswith(f"{yes} of 20" if yes else "None of the 20")


def test_what_one_describes_leaves_open_what_one_leaves_out(visitor):
    visitor.send({"do": "describe"})
    visitor.answer(unplanned="yes", disrupted="yes", customer_hit=None)

    cells = {row[0]: row[1] for table in visitor.blocks("table") for row in table["rows"]}
    assert cells["ITIL 4 (2019)"] == "yes"
    assert cells["PagerDuty: incident (2017)"] == "not said"


def test_a_value_no_form_of_ours_sends_is_refused(visitor):
    visitor.send({"do": "describe"})
    visitor.answer(unplanned="perhaps")

    assert visitor.screen["problem"] == "Choose from what is shown."


def test_a_shift_one_has_not_played_is_not_given_away(visitor):
    assert "wednesday-practice-rooms" not in said(visitor)

    visitor.send({"do": "shift", "name": "wednesday-practice-rooms"})

    assert visitor.screen["problem"]


def test_a_shift_one_has_played_shows_when_each_definition_says_yes():
    play_through("thursday-central-kitchen")
    visitor = Visitor(widgets.definitions())

    visitor.send({"do": "shift", "name": "thursday-central-kitchen"})

    rows = {row[0]: row for table in visitor.blocks("table") for row in table["rows"]}
    assert len(rows) == len(definitions())
    drill = visitor.page._activity._lived()["thursday-central-kitchen"]
    expected = drill.window("learning").expected
    assert rows["Jens Rantil (2025)"][1] == f"{expected // 60:02}:{expected % 60:02}"


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("customer_hurt", "did you mean customer_hit?"),
        ("__import__('os')", "only facts"),
        ("", "is not a rule"),
        ("customer_hit and", "is not a rule"),
        ("(" * 500 + "unsure" + ")" * 500, "is not a rule"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_and_nothing_is_lost(visitor, rule, says):
    visitor.send({"do": "own"})
    screen = visitor.screen["id"]
    visitor.post({"do": "draft", "screen": screen, "rev": 1, "values": {"rule": rule, "says": "x"}})

    visitor.post({"id": "a" * 16, "screen": screen, "do": "answer", "values": {"rule": rule}})

    assert says in visitor.screen["problem"]
    assert visitor.screen["id"] == screen
    assert visitor.page._activity.begun(screen)["values"]["rule"] == rule


def test_ones_own_definition_judges_the_next_run_and_the_last(visitor):
    define(visitor, "event and not event")  # never
    visitor.send({"do": "force"})

    shift = play_through("thursday-central-kitchen")

    assert "your rule said no" in said(shift)
    assert "Your own definition" in said(shift)
    assert shift.page._activity.store.attempts()[-1].policy == "own: event and not event"

    visitor = Visitor(widgets.definitions())
    visitor.send({"do": "own"})
    visitor.answer(rule="event and not event", says="Never.")
    visitor.send({"do": "release"})
    again = Visitor(widgets.practice("declaration"))
    assert "as soon as the facts met your rule" in said(again)


def test_a_definition_is_there_again_after_a_reload(visitor):
    define(visitor, "customer_hit or unsure", "It hurt, or nobody can tell.")

    again = Visitor(widgets.definitions())
    again.send({"do": "own"})

    assert again.fields()["rule"]["value"] == "customer_hit or unsure"
    assert again.fields()["says"]["value"] == "It hurt, or nobody can tell."


def test_it_is_said_on_which_facts_two_people_may_differ(visitor):
    define(visitor, "customer_hit or could_disrupt")
    assert "On this two people may differ: a credible next step" in said(visitor)

    define(visitor, "customer_hit or data_lost")
    assert "each can be looked up" in said(visitor)


def test_from_memory_then_and_now_stand_side_by_side(visitor):
    define(visitor, "unsure", "Nobody can tell.")
    visitor.send({"do": "memory"})
    visitor.answer(again="You cannot tell.")

    rows = visitor.blocks("table")[0]["rows"]
    assert rows == [["Then", "Nobody can tell."], ["Now", "You cannot tell."]]


def test_asked_twice_a_definition_is_kept_once(visitor):
    visitor.send({"do": "own"})
    message = {"id": "a" * 16, "screen": visitor.screen["id"], "do": "answer"}
    values = {"rule": "unsure", "says": "x"}

    visitor.post({**message, "values": values})
    visitor.post({**message, "values": values})

    assert sum(e.name == "define" for e in visitor.page._activity.store.events()) == 1


def test_a_shift_played_in_another_window_does_not_cost_one_a_definition(visitor):
    visitor.send({"do": "own"})
    play_through("monday-laboratory")

    visitor.answer(rule="unsure", says="Nobody can tell.")

    assert not visitor.screen.get("problem")
    assert "Nobody can tell." in said(visitor)


def test_another_window_that_changed_the_definition_is_told(visitor):
    visitor.send({"do": "own"})
    define(Visitor(widgets.definitions()), "data_lost")

    visitor.answer(rule="unsure", says="x")

    assert "another window" in visitor.screen["problem"]
