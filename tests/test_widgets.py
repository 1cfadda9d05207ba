"""The pages, driven by the messages a browser would send."""

import json
from dataclasses import replace

import anywidget
import pytest
from browserless import TOKEN, Visitor, exemplar_step

from incident_training import library, places, widgets
from incident_training.kinds import exercises
from incident_training.store import Store, pseudonym
from incident_training.widgets.forms import SHIFT
from incident_training.widgets.play import Play

WHO = pseudonym(TOKEN)
ALL = sorted(name for name, shift in library.shipped().items() if not shift.card)
SHIFTS = [name for name in ALL if library.shipped()[name].declaration]


def shift(name, page=None):
    visitor = Visitor(page or widgets.whole_shift())
    visitor.send({"do": "choose", "name": name})
    return visitor


def play(visitor):
    return visitor.page._activity


def to_the_end(visitor):
    """Play by the exemplar, part after part; yield at every screen."""
    while True:
        while visitor.screen["stage"] == "play":
            yield visitor.screen
            exemplar_step(visitor, play(visitor).session)
            assert not visitor.screen["problem"]
        yield visitor.screen
        onward = [
            item
            for block in visitor.blocks("links")
            for item in block["items"]
            if item.get("do") == {"do": "next"}
        ]
        if not onward:
            return
        visitor.send({"do": "next"})


def kept():
    return Store(places.database())


def test_a_page_greets_with_a_choice_of_shifts_by_their_neutral_titles():
    visitor = Visitor(widgets.practice("declaration"))

    labels = [card["label"] for card in visitor.blocks("cards")[0]["items"]]
    assert labels == [library.shipped()[name].title for name in SHIFTS]


@pytest.mark.parametrize("name", ALL)
def test_a_whole_shift_can_be_played_to_its_end_and_is_kept(name):
    visitor = shift(name)

    stages = [screen["stage"] for screen in to_the_end(visitor)]

    kinds = [kind for kind in exercises(library.shipped()[name]) if kind in SHIFT]
    attempts = kept().attempts(WHO)
    assert [attempt.kind for attempt in attempts] == kinds
    assert [attempt.score for attempt in attempts] == [1.0] * len(kinds)
    assert stages.count("feedback") == len(kinds)


@pytest.mark.parametrize("name", ALL)
def test_a_reload_at_any_step_shows_the_same_screen(name):
    visitor = shift(name)

    for screen in to_the_end(visitor):
        again = Visitor(widgets.whole_shift()).screen
        assert (again["id"], again["title"]) == (screen["id"], screen["title"])
        assert again.get("left") == screen.get("left") or _new_only(again, screen)


def _new_only(again, screen):
    """A reload may no longer know what was new; everything else is the same."""
    return json.dumps(again["left"]).replace("true", "false") == json.dumps(screen["left"]).replace(
        "true", "false"
    )


@pytest.mark.parametrize("name", SHIFTS)
def test_nothing_synced_tells_what_comes_later_or_what_kind_of_shift_it_is(name):
    scenario = library.shipped()[name]
    visitor = shift(name)

    for screen in to_the_end(visitor):
        if screen["stage"] != "play":
            continue
        state = json.dumps(
            {k: v for k, v in visitor.page.get_state().items() if k not in ("_esm", "_css")},
            ensure_ascii=False,
        )
        for secret in _secrets(scenario, play(visitor).session):
            assert json.dumps(secret, ensure_ascii=False)[1:-1] not in state, secret


def _secrets(scenario, session):
    """What may not be on a page while this session is being played."""
    yield scenario.teaches
    if scenario.source.url:
        yield scenario.source.url
    if scenario.declaration:
        yield from scenario.declaration.because.values()
        yield scenario.declaration.ending
        yield scenario.declaration.who.because
    if scenario.near_miss:
        yield from (line.because for line in scenario.near_miss.observations)
    yield from ("near miss", "false alarm", "benign", "hazard", "no-harm")
    if session.exercise.kind == "declaration":
        here = session.exercise.run(session.response)
        yield from (i.text for i in scenario.injects if i not in here.shown)
        yield from (i.id for i in scenario.injects if i not in here.shown)
        yield from (e.text for e in here.closed)
        yield from (o.text for o in (scenario.near_miss.observations if scenario.near_miss else ()))
    if session.exercise.kind != "postmortem" and scenario.hazard:
        yield from (node.text for node in scenario.hazard.nodes.values())
    if scenario.postmortem and session.exercise.stage(session.response) == "draft":
        yield from (e.barrier.text for e in scenario.hazard.edges if e.barrier)
        yield from (action.text for action in scenario.postmortem.actions)


def test_nothing_is_preselected():
    visitor = shift(SHIFTS[0])

    for _ in to_the_end(visitor):
        for field in visitor.fields().values():
            assert field["is"] != "choice" or "value" not in field


def test_looking_at_it_by_another_rule_changes_no_stored_response():
    visitor = shift(SHIFTS[-1], widgets.practice("declaration"))
    list(to_the_end(visitor))
    before = [(event.name, event.data) for event in kept().events()]

    verdicts = set()
    for policy in ("learning", "customers", "coordination"):
        visitor.send({"do": "policy", "name": policy})
        verdicts.add(visitor.blocks("words")[1]["text"])

    assert len(verdicts) == 3
    assert [(event.name, event.data) for event in kept().events()] == before


def test_a_hint_is_shown_when_asked_for_and_counted():
    name = SHIFTS[-1]
    visitor = shift(name)
    hint = library.shipped()[name].declaration.hint
    assert hint not in json.dumps(visitor.screen, ensure_ascii=False)

    visitor.send({"do": "hint"})
    assert hint in [block["text"] for block in visitor.blocks("words")]
    list(to_the_end(visitor))

    assert kept().attempts(WHO)[0].hints == 1


def test_two_people_never_see_each_others_work():
    first, second = shift(SHIFTS[0]), Visitor(widgets.whole_shift(), token="f" * 32)

    assert first.screen["stage"] == "play"
    assert second.screen["stage"] == "choose"


def test_the_postmortem_page_offers_only_shifts_one_has_lived_through():
    assert Visitor(widgets.practice("postmortem")).screen["id"] == "postmortem/live-first"
    name = "wednesday-practice-rooms"
    list(to_the_end(shift(name, widgets.practice("declaration"))))

    visitor = Visitor(widgets.practice("postmortem"))
    assert [card["do"]["name"] for card in visitor.blocks("cards")[0]["items"]] == [name]

    visitor.send({"do": "choose", "name": name})
    assert "your call: declare" in visitor.fields()["timeline"]["value"]


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        "hello",
        {"do": "run"},
        {"do": "answer"},
        {"do": "answer", "values": {"choice": "win"}},
        {"do": "answer", "values": [1]},
        {"do": "answer", "values": {"choice": "declare", "who": "oncall", "severity": 3}},
        {"do": "look", "at": "nowhere"},
        {"do": "look"},
        {"do": "next"},
        {"do": "choose", "name": "../../etc/passwd"},
        {"do": "policy", "name": "mine"},
        {"do": ["answer"]},
    ],
)
def test_a_forged_message_changes_nothing_and_is_answered_in_a_sentence(message):
    visitor = shift(SHIFTS[0])
    before = len(kept().events()), visitor.screen["id"]
    head = {"id": "forged-1", "screen": visitor.screen["id"]}

    visitor.post(head | message if isinstance(message, dict) else message)

    assert (len(kept().events()), visitor.screen["id"]) == before
    assert visitor.screen["problem"]
    assert "Traceback" not in visitor.screen["problem"]


@pytest.mark.parametrize("id", [None, 7, "", "short", "x" * 65, "../../../..", "a b c d e"])
def test_what_is_asked_without_a_proper_id_is_refused(id):
    visitor = shift(SHIFTS[0])
    before = len(kept().events())

    visitor.send({"id": id, "do": "answer", "values": {"choice": "watch"}})

    assert len(kept().events()) == before
    assert visitor.screen["problem"] == "What is asked needs an id."


@pytest.mark.parametrize(
    "said",
    [
        {"method": "update", "state": {"screen": {"id": "mine"}, "_esm": "alert(1)"}},
        {"method": "update"},
        {"method": ["custom"]},
        {"state": {}},
        [],
        None,
    ],
)
def test_what_a_browser_says_of_our_state_is_not_heard(said, capsys):
    page = shift(SHIFTS[0]).page
    before = page.get_state()

    page._handle_msg({"content": {"data": said}, "buffers": []})

    assert page.get_state() == before
    assert capsys.readouterr() == ("", "")


def test_nothing_a_trainee_sees_is_in_the_state_a_browser_can_read():
    visitor = shift(SHIFTS[0])
    visitor.answer(choice="watch")

    ours = {*visitor.page.get_state()} - {*anywidget.AnyWidget().get_state()}

    assert ours <= {"_esm", "_css", "_anywidget_id"}
    scenario = library.shipped()[SHIFTS[0]]
    for text in (scenario.teaches, *(inject.text for inject in scenario.injects)):
        assert text not in str(visitor.page.get_state())


def test_the_same_answer_sent_again_is_kept_once_and_acknowledged_again():
    visitor = shift(SHIFTS[0])
    message = {
        "id": "sent-twice",
        "do": "answer",
        "screen": visitor.screen["id"],
        "values": {"choice": "watch"},
    }

    replies = [visitor.post(message) for _ in range(3)]

    assert [reply["answers"] for reply in replies] == ["sent-twice"] * 3
    assert [reply["screen"]["saved"] for reply in replies] == ["Saved."] * 3
    assert [event.id for event in kept().events() if event.name == "step"] == ["sent-twice"]


def test_what_was_kept_before_the_kernel_died_is_known_to_the_next():
    visitor = shift(SHIFTS[0])
    message = {"id": "sent-twice", "do": "answer", "values": {"choice": "watch"}}
    message["screen"] = visitor.screen["id"]
    visitor.post(message)

    again = Visitor(widgets.whole_shift())
    reply = again.post(message)

    assert reply["answers"] == "sent-twice"
    assert reply["screen"]["saved"] == "Saved."
    assert len([event for event in kept().events() if event.name == "step"]) == 1


def test_two_kernels_that_get_the_same_answer_keep_it_once():
    visitor = shift(SHIFTS[0])
    other = Visitor(widgets.whole_shift())
    message = {"id": "sent-twice", "do": "answer", "values": {"choice": "watch"}}
    message["screen"] = visitor.screen["id"]

    visitor.post(message)
    reply = other.post(message)

    assert reply["screen"]["id"] == visitor.screen["id"]
    assert len([event for event in kept().events() if event.name == "step"]) == 1


def test_an_answer_to_a_screen_one_has_left_is_refused_and_shows_where_one_stands():
    visitor = shift(SHIFTS[0])
    old = visitor.screen["id"]
    visitor.answer(choice="watch")
    here = visitor.screen["id"]

    visitor.send({"do": "answer", "screen": old, "values": {"choice": "declare"}})

    assert visitor.screen["id"] == here
    assert "another window" in visitor.screen["problem"]
    assert len([event for event in kept().events() if event.name == "step"]) == 1


def test_of_two_windows_that_answer_at_once_one_is_kept_and_the_other_told():
    visitor = shift(SHIFTS[0])
    other = Visitor(widgets.whole_shift())

    visitor.answer(choice="watch")
    other.answer(choice="declare", who="log", severity="low", impact="low")

    assert "another window" in other.screen["problem"]
    assert other.screen["id"] == visitor.screen["id"]
    steps = [event for event in kept().events() if event.name == "step"]
    assert [step.data["response"]["acts"][-1]["choice"] for step in steps] == ["watch"]


def test_a_sign_of_life_is_answered_before_anybody_has_said_who_they_are():
    page = widgets.whole_shift()

    assert page.answer({"do": "beat"}) == {"beat": True}


def draft(visitor, rev, **values):
    message = {"do": "draft", "screen": visitor.screen["id"], "rev": rev, "values": values}
    return visitor.page.answer(message)


def test_what_was_begun_comes_back_with_the_screen_it_was_begun_on():
    visitor = shift(SHIFTS[0])

    assert draft(visitor, 7, choice="declare") == {"kept": 7}

    again = Visitor(widgets.whole_shift())
    assert again.reply["draft"] == {"rev": 7, "values": {"choice": "declare"}}


def test_a_late_older_revision_changes_nothing():
    visitor = shift(SHIFTS[0])
    draft(visitor, 7, choice="declare")
    draft(visitor, 6, choice="watch")

    assert visitor.hello()["draft"] == {"rev": 7, "values": {"choice": "declare"}}


def test_what_was_begun_is_gone_when_it_is_given():
    visitor = shift(SHIFTS[0])
    draft(visitor, 7, choice="watch")
    late = {"do": "draft", "screen": visitor.screen["id"], "rev": 8, "values": {"choice": "watch"}}
    visitor.answer(choice="watch")

    assert visitor.page.answer(late) == {"kept": None}
    assert visitor.hello()["draft"] is None


def test_an_older_window_that_types_on_is_told_and_takes_nothing_of_the_newer_one():
    older = shift(SHIFTS[0])
    left = older.screen["id"]
    newer = Visitor(widgets.whole_shift())
    newer.answer(choice="watch")
    draft(newer, 3, choice="triage")

    reply = draft(older, 9, choice="declare")

    assert reply["kept"] is None
    assert reply["screen"]["id"] == newer.screen["id"] != left
    assert newer.hello()["draft"] == {"rev": 3, "values": {"choice": "triage"}}


def test_what_was_begun_is_there_after_a_hint():
    visitor = shift(SHIFTS[0])
    draft(visitor, 7, choice="watch")

    visitor.send({"do": "hint"})

    assert visitor.hello()["draft"]["rev"] == 7


@pytest.mark.parametrize(
    "bent",
    [{"rev": "7", "values": {}}, {"rev": 2**64, "values": {}}, {"rev": 1, "values": []}, {}],
)
def test_a_bent_draft_is_refused_in_a_sentence(bent):
    visitor = shift(SHIFTS[0])

    reply = visitor.page.answer({"do": "draft", "screen": visitor.screen["id"], **bent})

    assert reply["problem"]
    assert visitor.hello()["draft"] is None


def test_a_text_of_two_million_letters_is_refused_in_a_sentence():
    visitor = shift(SHIFTS[0])
    before = len(kept().events())

    visitor.answer(choice="watch", note="x" * 2_000_000)

    assert "too long to keep" in visitor.screen["problem"]
    assert len(kept().events()) == before
    assert "too long" in draft(visitor, 1, note="x" * 2_000_000)["problem"]


def test_the_home_page_marks_where_one_has_been_and_offers_to_go_on():
    name = SHIFTS[-1]
    home = Visitor(widgets.home())
    assert home.blocks("links")[0]["items"][0]["label"].startswith("Start here")

    visitor = shift(name)
    title = library.shipped()[name].title
    assert Visitor(widgets.home()).blocks("links")[0]["items"][0]["label"] == f"Continue: {title}"

    before = home.blocks("picture")[0]["words"]
    list(to_the_end(visitor))
    assert Visitor(widgets.home()).blocks("picture")[0]["words"] != before


def test_what_cannot_be_saved_is_said_and_not_shown_as_done(monkeypatch):
    visitor = shift(SHIFTS[0])
    before = visitor.screen["id"]
    places.database().unlink()
    places.database().mkdir()

    visitor.answer(choice="watch")

    assert visitor.screen["id"] == before
    assert "not saved" in visitor.screen["problem"]


def test_a_page_says_what_it_is_in_a_stable_line():
    assert repr(widgets.home()) == "Workbench(waiting)"


def test_the_report_tells_nothing_of_an_exercise_one_has_not_played():
    name = SHIFTS[-1]
    for number in range(5):
        other = Visitor(widgets.whole_shift(), token=str(number) * 32)
        other.send({"do": "choose", "name": name})
        list(to_the_end(other))
    list(to_the_end(shift(name, widgets.practice("declaration"))))

    own, everybody = Visitor(widgets.practised()).blocks("table")

    assert [row[1] for row in own["rows"]] == ["declaration"]
    assert {row[1] for row in everybody["rows"]} == {"declaration"}
    assert everybody["rows"][0][-1] == "6 of 6"


def test_a_report_of_fewer_than_five_shows_no_counts():
    list(to_the_end(shift(SHIFTS[-1], widgets.practice("declaration"))))

    visitor = Visitor(widgets.practised())

    assert len(visitor.blocks("table")) == 1
    assert "once five people have played" in visitor.blocks("words")[0]["text"]
    assert Visitor(widgets.practised(), token="e" * 32).blocks("table") == []


def told(visitor):
    return [block["text"] for block in visitor.blocks("words") if block["style"] == "verdict"]


@pytest.mark.parametrize("name", SHIFTS)
def test_no_feedback_spoils_what_is_still_to_be_played(name):
    scenario = library.shipped()[name]
    visitor = shift(name)

    for screen in to_the_end(visitor):
        following = "Go on:" in json.dumps(screen)
        if screen["stage"] != "feedback" or not following:
            continue
        shown = json.dumps(screen, ensure_ascii=False)
        ending = play(visitor).session.assess().ending
        barriers = (
            [e.barrier.text for e in scenario.hazard.edges if e.barrier and e.barrier.held != "yes"]
            if scenario.hazard
            else []
        )
        for secret in filter(None, [scenario.teaches, scenario.source.url, ending, *barriers]):
            assert json.dumps(secret, ensure_ascii=False)[1:-1] not in shown


def test_a_second_window_is_told_and_overwrites_nothing():
    first = shift(SHIFTS[0])
    second = Visitor(widgets.whole_shift())
    first.answer(choice="watch")
    before = len(kept().events())

    second.answer(choice="no")

    assert len(kept().events()) == before
    assert "another window" in second.screen["problem"]
    assert second.screen["id"] == first.screen["id"]
    second.answer(choice="watch")
    assert len(kept().events()) == before + 1


def test_a_shift_that_was_edited_meanwhile_is_begun_anew_and_says_so(monkeypatch):
    name = SHIFTS[0]
    shift(name).answer(choice="watch")
    _edit(monkeypatch, name)

    visitor = Visitor(widgets.whole_shift())

    assert visitor.screen["stage"] == "choose"
    assert "has changed since you began" in visitor.screen["says"]


def test_a_shift_edited_after_its_end_goes_without_a_word(monkeypatch):
    name = SHIFTS[0]
    list(to_the_end(shift(name, widgets.practice("declaration"))))
    _edit(monkeypatch, name)

    visitor = Visitor(widgets.practice("declaration"))

    assert visitor.screen["says"] == "Choose a shift."


def _edit(monkeypatch, name):
    """The file as it might be tomorrow."""
    edited = library.shipped()
    edited[name] = edited[name].model_copy(update={"edition": "another"})
    monkeypatch.setattr(library, "shipped", lambda: edited)


def test_what_another_version_kept_does_not_lock_anybody_out():
    visitor = shift(SHIFTS[0])
    visitor.answer(choice="watch")
    event = kept().events()[-1]
    bent = {**event.data, "response": {"acts": [{"flavour": "old"}]}}
    kept().append(replace(event, id="old", data=bent))

    again = Visitor(widgets.whole_shift())

    assert again.screen["stage"] == "choose"
    again.send({"do": "choose", "name": SHIFTS[0]})
    assert again.screen["stage"] == "play"


def test_a_fault_of_ours_is_logged_and_never_shown_nor_taken_twice(monkeypatch):
    visitor = shift(SHIFTS[0])
    monkeypatch.setattr(Play, "screen", lambda self: 1 / 0)

    visitor.answer(choice="watch")
    visitor.answer(choice="watch")

    assert "division" not in json.dumps(visitor.screen)
    assert "reload" in visitor.screen["problem"].lower()
    assert len([event for event in kept().events() if event.name == "step"]) == 1
    assert "ZeroDivisionError" in (places.data_folder() / "problems.log").read_text()


@pytest.mark.parametrize("kind", ["declaration", "near_miss", "postmortem"])
@pytest.mark.parametrize(
    "values",
    [None, [], "x", {"flags": "all"}, {"impact": 7}, {"does": "win"}, {"choice": {}}, {"open": []}],
)
def test_forged_answers_are_refused_in_every_kind(kind, values):
    name = SHIFTS[-1]
    visitor = shift(name)
    for _ in to_the_end(visitor):
        if visitor.screen["stage"] == "play" and play(visitor).session.exercise.kind == kind:
            break
    before = len(kept().events())

    visitor.send({"do": "answer", "values": values})

    assert len(kept().events()) == before
    assert visitor.screen["problem"]


def test_between_two_parts_of_a_whole_shift_home_offers_to_go_on():
    visitor = shift(SHIFTS[-1])
    for screen in to_the_end(visitor):
        if screen["stage"] == "feedback":
            break

    title = library.shipped()[SHIFTS[-1]].title
    assert Visitor(widgets.home()).blocks("links")[0]["items"][0]["label"] == f"Continue: {title}"


def test_every_hint_is_counted_and_the_rule_is_told_before_the_first_call():
    visitor = shift(SHIFTS[-1])
    assert any("Your rule: " in block["text"] for block in visitor.blocks("words"))

    visitor.send({"do": "hint"})
    visitor.send({"do": "hint"})

    assert play(visitor).session.hints == 2


def test_priority_is_said_from_severity_and_impact():
    visitor = shift(SHIFTS[-1], widgets.practice("declaration"))
    visitor.answer(choice="declare", who="everyone", severity="high", impact="high")
    while visitor.screen["stage"] == "play":
        visitor.answer(over="over")

    said = [block["text"] for block in visitor.blocks("words")]
    made = "Severity high and impact high make it priority 1: "
    assert f"{made}it burns, so page at any hour, and wake whoever can help." in said


def test_what_a_shift_is_for_waits_until_all_of_it_is_played():
    name = next(n for n in SHIFTS if library.shipped()[n].postmortem)
    teaches = library.shipped()[name].teaches
    declared = shift(name, widgets.practice("declaration"))
    list(to_the_end(declared))
    assert teaches not in json.dumps(declared.screen, ensure_ascii=False)

    for kind in ("near_miss", "postmortem"):
        last = shift(name, widgets.practice(kind))
        list(to_the_end(last))

    assert teaches in [block["text"] for block in last.blocks("words")]


def test_a_run_of_an_edition_that_is_gone_is_not_put_into_the_timeline(monkeypatch):
    name = next(n for n in SHIFTS if library.shipped()[n].postmortem)
    list(to_the_end(shift(name, widgets.practice("declaration"))))
    edited = library.shipped()
    edited[name] = edited[name].model_copy(update={"edition": "another"})
    monkeypatch.setattr(library, "shipped", lambda: edited)

    visitor = shift(name, widgets.practice("postmortem"))

    assert "your call" not in visitor.fields()["timeline"]["value"]


def test_each_run_is_first_judged_by_the_shifts_own_rule():
    visitor = shift(SHIFTS[-1], widgets.practice("declaration"))
    list(to_the_end(visitor))
    own = visitor.screen["says"]
    visitor.send({"do": "policy", "name": "customers"})
    assert visitor.screen["says"] != own

    visitor.send({"do": "again"})
    list(to_the_end(visitor))

    assert visitor.screen["says"] == own


def test_a_run_begun_anew_forgets_the_one_before():
    visitor = shift(SHIFTS[0])
    list(to_the_end(visitor))

    visitor.send({"do": "again"})

    assert list(play(visitor).standing.sessions) == ["declaration"]


def test_a_shift_one_has_left_is_not_offered_to_go_on():
    visitor = shift(SHIFTS[0])
    visitor.send({"do": "leave"})

    first = Visitor(widgets.home()).blocks("links")[0]["items"][0]

    assert first["label"].startswith("Start here")


def test_saved_is_said_of_what_was_saved_and_of_nothing_else():
    visitor = shift(SHIFTS[0])
    assert visitor.screen["saved"] is None

    assert visitor.answer(choice="watch")["saved"] == "Saved."
    assert visitor.send({"do": "hello", "token": TOKEN})["saved"] is None


def test_every_answer_is_a_screen_the_browser_gets():
    visitor = shift(SHIFTS[0])
    got = []
    visitor.page.send = got.append

    for number in range(2):
        asked = {"do": "answer", "screen": visitor.screen["id"], "values": {"choice": "panic"}}
        visitor.post({"id": f"forged-{number}", **asked})

    assert [reply["answers"] for reply in got] == ["forged-0", "forged-1"]


def test_past_midnight_it_is_the_next_day():
    name = "sunday-bike-locks"
    visitor = shift(name, widgets.practice("declaration"))

    days = [screen["day"] for screen in to_the_end(visitor) if screen["stage"] == "play"]

    assert (days[0], days[-1]) == ("Sunday, simulated", "Monday, simulated")


def test_a_flag_whose_facts_differ_agrees_only_partly():
    visitor = shift("monday-laboratory", widgets.practice("near_miss"))
    line = play(visitor).session.exercise.notable[-1]
    visitor.answer(flags=[line.id])
    visitor.answer(started="yes", reached="no", stopped_by="luck")

    marks = [item["mark"] for item in visitor.blocks("remarks")[0]["items"]]

    assert sorted({*marks}) == ["no", "partly"]
    assert marks.count("partly") == 1


def test_the_timeline_begins_before_anybody_knew():
    name = next(n for n in SHIFTS if library.shipped()[n].postmortem)
    first = library.shipped()[name].postmortem.before[0][1]
    list(to_the_end(shift(name, widgets.practice("declaration"))))

    timeline = shift(name, widgets.practice("postmortem")).fields()["timeline"]["value"]

    assert first[:60] in timeline.splitlines()[0]


def test_feedback_on_a_declaration_tells_who_how_bad_and_how_many():
    visitor = shift(SHIFTS[-1], widgets.practice("declaration"))
    list(to_the_end(visitor))

    items = [item["item"] for item in visitor.blocks("remarks")[0]["items"]]

    assert items == ["who needs to know now", "severity", "impact", "is it over?"]


def test_a_run_another_version_kept_does_not_lock_anybody_out_of_the_draft():
    name = next(n for n in SHIFTS if library.shipped()[n].postmortem)
    list(to_the_end(shift(name, widgets.practice("declaration"))))
    event = kept().events()[-1]
    bent = {**event.data, "response": {"acts": [{"flavour": "old"}]}}
    kept().append(replace(event, id="old", data=bent))

    visitor = shift(name, widgets.practice("postmortem"))

    assert visitor.screen["stage"] == "play"
    assert visitor.fields()["timeline"]["value"]


def test_a_hint_is_for_the_step_it_was_asked_at_in_every_window():
    name = SHIFTS[-1]
    first = shift(name)
    first.send({"do": "hint"})
    second = Visitor(widgets.whole_shift())
    assert library.shipped()[name].declaration.hint in json.dumps(second.screen, ensure_ascii=False)
    for _screen in to_the_end(second):
        if play(second).session.exercise.kind == "near_miss":
            break

    first.answer(choice="watch")

    shown = json.dumps(first.screen, ensure_ascii=False)
    assert library.shipped()[name].near_miss.hint not in shown


def test_a_hint_is_said_to_who_cannot_see_it():
    name = SHIFTS[-1]
    visitor = shift(name)

    visitor.send({"do": "hint"})

    assert visitor.screen["says"] == library.shipped()[name].declaration.hint


def test_next_without_a_shift_is_refused_in_a_sentence():
    visitor = Visitor(widgets.whole_shift())

    visitor.send({"do": "next"})
    visitor.send({"do": "choose", "name": SHIFTS[0]})

    assert visitor.screen["stage"] == "play"


def test_a_refusal_is_answered_even_where_the_page_cannot_be_read():
    visitor = Visitor(widgets.home())
    places.database().unlink()
    places.database().mkdir()

    visitor.send({"do": "choose"})

    assert visitor.screen["problem"]


def test_how_likely_harm_is_is_asked_at_the_first_call_and_when_one_declares():
    visitor = shift(SHIFTS[-1], widgets.practice("declaration"))
    assert visitor.fields()["chance"]["when"] == {"choice": ["declare", "watch", "no", "join"]}

    visitor.answer(choice="watch", chance="20")
    assert visitor.fields()["chance"]["when"] == {"choice": ["declare"]}

    visitor.answer(choice="declare", who="everyone", severity="high", impact="high", chance="80")
    acts = visitor.page._activity.session.response.acts
    assert [act.chance for act in acts] == [20, 80]
    while visitor.screen["stage"] == "play":
        visitor.answer(over="over")
    assert "80 % at" in str(visitor.screen)


def test_a_chance_may_be_left_out_and_is_one_of_six(declaring):
    declaring.answer(choice="watch", chance="70")
    assert "choose one of 0, 20, 40, 60, 80, 100" in declaring.screen["problem"]

    declaring.answer(choice="watch")
    assert declaring.page._activity.session.response.acts[0].chance is None


@pytest.fixture
def declaring():
    return shift(SHIFTS[-1], widgets.practice("declaration"))


def test_after_declaring_one_says_it_once_and_may_stand_down(declaring):
    declaring.answer(choice="declare", who="log", severity="low", impact="low")
    assert {"sentence", "course", "down"} <= {*declaring.fields()}

    declaring.answer(sentence="Something is slow; nobody hurt; I hold it; next word at ten.")
    assert "sentence" not in declaring.fields()

    declaring.answer(course="down", down="It drained by itself")
    assert {*declaring.fields()} == {"who"}
    assert "You stood down at" in declaring.blocks("words")[0]["text"] + str(declaring.screen)
    while declaring.screen["stage"] == "play":
        declaring.answer(over="over")
    assert "“Something is slow; nobody hurt; I hold it; next word at ten.”" in str(declaring.screen)
