"""A shift played with a room by show of hands: the projector, the notes, and what is kept of it."""

import json
import re

import pytest
from browserless import TOKEN, Visitor
from browsing import SHIFT, go, watched

from incident_training import library, places, report, widgets
from incident_training.clock import clock
from incident_training.doctrine.definitions import definitions
from incident_training.doctrine.policy import policies
from incident_training.kinds.run import evidence_of
from incident_training.measures.hands import CALLS
from incident_training.store import Store, pseudonym
from incident_training.widgets.projecting import Demonstrate, Notes
from incident_training.widgets.projecting.debrief import most_declared, most_split
from incident_training.widgets.workbench import Workbench

WHO = pseudonym(TOKEN)
FIRST, SECOND = (6, 8, 5, 3, 0), (14, 5, 2, 1, 0)
SHIFTS = [n for n, s in library.shipped().items() if not s.card and s.asks("declaration")]


@pytest.fixture
def store():
    return Store(places.database())


@pytest.fixture
def projector(store):
    visitor = opened()
    visitor.send({"do": "choose", "name": SHIFT})
    return visitor


@pytest.fixture
def notes(projector):
    return reading()


def shifts():
    return {name: one for name, one in library.shipped().items() if not one.card}


def opened() -> Visitor:
    """Somebody who opens the projector's page."""
    store = Store(places.database())
    return Visitor(Workbench(lambda who: Demonstrate(shifts(), store, who, now)))


def reading() -> Visitor:
    """The same person, who opens the notes."""
    store = Store(places.database())
    return Visitor(Workbench(lambda who: Notes(shifts(), store, who)))


def now() -> str:
    return "2026-01-01T00:00:00.000+00:00"


def do(visitor, *steps: str) -> str:
    for step in steps:
        visitor.send({"do": step})
        assert not visitor.screen["problem"], visitor.screen["problem"]
    return words(visitor)


def count(visitor, counts=FIRST) -> str:
    do(visitor, "hands")
    return typed(visitor, counts)


def typed(visitor, counts) -> str:
    visitor.answer(**dict(zip(CALLS, map(str, counts), strict=True)), chat="")
    assert not visitor.screen["problem"], visitor.screen["problem"]
    return words(visitor)


def words(visitor) -> str:
    return json.dumps(visitor.screen, ensure_ascii=False)


def buttons(visitor) -> list[str]:
    return [item["label"] for block in visitor.blocks("links") for item in block["items"]]


def room(visitor):
    return visitor.page._activity.standing.room


def later(name: str, at: int) -> list[str]:
    """All that a shift tells after this minute, at its end, or to its facilitator alone."""
    shift = library.shipped()[name]
    drill = library.exercise(name, "declaration")
    rules = policies()
    return [
        *(i.text for i in shift.injects if i.at > at),
        *(e.text for e in shift.evidence),
        *(
            because
            for rule, because in drill.part.because.items()
            if (since := drill.window(rules[rule].name).expected) is None or since > at
        ),
        shift.teaches,
        drill.part.ending,
        drill.part.hint,
        *(shift.crib.arguments.values() if shift.crib else ()),
        *((shift.crib.story, *shift.crib.questions) if shift.crib else ()),
        *([shift.source.did] if shift.source.did else []),
    ]


# The projector


def test_every_whole_shift_with_something_to_declare_can_be_chosen():
    visitor = opened()

    names = [item["do"]["name"] for item in visitor.blocks("cards")[0]["items"]]
    assert names == SHIFTS


@pytest.mark.parametrize("name", SHIFTS)
def test_no_step_of_any_shift_gives_away_what_comes_later(name):
    visitor = opened()
    kept_back = later(name, -1)
    assert not any(text in words(visitor) for text in kept_back)
    visitor.send({"do": "choose", "name": name})

    while room(visitor).view != "debrief":
        kept_back = later(name, room(visitor).run.clock)
        seen = [words(visitor), count(visitor), do(visitor, "reveal")]
        assert not [text for text in kept_back if any(text in screen for screen in seen)]
        do(visitor, "next")


def test_the_shift_can_be_gone_through_without_a_vote(projector):
    for _ in library.shipped()[SHIFT].injects:
        do(projector, "next")

    assert "No hands were counted." in words(projector)
    assert library.exercise(SHIFT, "declaration").part.ending in do(projector, "on", "on")


def test_the_five_calls_stand_there_with_their_numbers(projector):
    (calls,) = projector.blocks("calls")

    assert [row["number"] for row in calls["rows"]] == [1, 2, 3, 4, 5]
    assert [row["name"] for row in calls["rows"]] == list(CALLS)


def test_evidence_costs_its_minutes_and_what_it_says_counts(projector):
    start = room(projector).run.clock
    evidence = evidence_of(library.shipped()[SHIFT], "fresh-room")
    projector.send({"do": "look", "at": evidence.id})

    assert room(projector).run.clock == start + evidence.minutes
    assert evidence.text in words(projector)
    assert "Worth learning from: ✓ yes since 19:36" in do(projector, "reveal")


def test_the_spread_says_how_many_before_any_answer_is_shown(projector):
    shown = count(projector)

    (picture,) = projector.blocks("picture")
    assert picture["words"].startswith("22 hands.\nDeclare an incident: 6.\n")
    assert not any(rule.title in shown for rule in policies().values())


def test_a_second_vote_says_how_many_moved_and_never_who(projector):
    count(projector)
    count(projector, SECOND)

    (picture,) = projector.blocks("picture")
    assert "Declare an incident: 6, then 14, 8 more." in picture["words"]
    assert "Triage: 8, then 5, 3 fewer." in picture["words"]
    assert picture["wide"].count("marker-end") == 4
    assert "up 8" in picture["wide"]
    assert "down 3" in picture["wide"]


def test_counts_can_be_corrected_without_becoming_another_vote(projector):
    count(projector)
    do(projector, "mend")
    assert [row["value"] for row in projector.blocks("hands")[0]["rows"]] == [*map(str, FIRST)]

    typed(projector, SECOND)

    assert [vote.counts for vote in room(projector).votes] == [SECOND]


@pytest.mark.parametrize("wrong", ["x1", "-3", "501", "2.5", "9" * 40, "٣", "1 2", "<b>"])
def test_a_count_that_is_none_is_refused_with_where_and_how(projector, wrong):
    do(projector, "hands")
    projector.answer(declare="3", watch=wrong, chat="")

    problem = projector.screen["problem"]
    assert problem.startswith("3, Keep watching: should be a whole number from 0 to 500; got “")
    assert room(projector).votes == ()


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "nobody is counted yet"),
        ({"chat": "hello\nall"}, "no number from 1 to 5 was found in 2 lines"),
        ({"declare": "1", "chat": "3"}, "clear one of them"),
        ({"chat": "3\n" * 501}, "should be a whole number from 0 to 500; got “501”"),
        ({"chat": ["3"]}, "should be text"),
        ({"chat": "a" * 50_000}, "keep it under 40,000"),
    ],
)
def test_hands_that_cannot_be_counted_are_refused_in_words(projector, values, why):
    do(projector, "hands")
    projector.answer(**values)

    assert why in projector.screen["problem"]
    assert room(projector).view == "hands"


def test_a_chat_is_counted_and_no_name_of_it_is_kept(projector, store):
    do(projector, "hands")
    projector.answer(chat="10:04:11 From Cynthia to Everyone: 4 because\nBertram: 2\nBertram: 3")

    assert room(projector).votes[0].counts == (0, 0, 1, 1, 0)
    for suffix in ("", "-wal"):
        file = store.path.with_name(store.path.name + suffix)
        assert not file.exists() or b"Cynthia" not in file.read_bytes()


def test_lines_that_say_no_call_are_shown_to_be_looked_at(projector):
    do(projector, "hands")
    projector.answer(chat="Anna: 3\nBen: what was five again?")

    assert "1 line says no call that could be read" in words(projector)
    assert "Ben: what was five again?" in words(projector)
    assert [row["value"] for row in projector.blocks("hands")[0]["rows"]] == [*"00100"]

    typed(projector, (0, 0, 1, 0, 1))
    assert room(projector).votes[0].counts == (0, 0, 1, 0, 1)
    assert "Ben: what was five again?" not in words(projector)


def test_a_name_that_is_markup_reaches_the_page_as_text(projector):
    do(projector, "hands")
    projector.answer(chat="3\n<img src=x onerror=alert(1)> hi")

    assert [e["text"] for e in projector.blocks("ending")] == ["<img src=x onerror=alert(1)> hi"]


def test_the_reveal_counts_and_names_every_definition_once(projector):
    do(projector, "next", "next", "next", "reveal")

    (table,) = projector.blocks("table")
    cells = [cell for row in table["rows"] for cell in row[1:]]
    assert sum(int(cell.split("\n")[0]) for cell in cells) == len(definitions())
    for one in definitions().values():
        assert sum(one.title in re.split("; |\n", cell) for cell in cells) == 1


def test_blank_shows_the_title_and_the_clock_and_nothing_else(projector):
    count(projector)
    before = do(projector, "reveal")
    do(projector, "blank")

    assert buttons(projector) == ["Show it again"]
    assert {"left", "right"} & set(projector.screen) == set()
    assert projector.screen["clock"] == "19:30"
    projector.send({"do": "next"})
    assert projector.screen["problem"]
    assert len(do(projector, "blank")) == len(before)


def test_skipping_to_the_end_by_mistake_can_be_taken_back(projector):
    do(projector, "next", "skip")
    do(projector, "back")

    assert room(projector).view == "read"
    assert room(projector).moment == 1


def test_a_choice_that_another_version_kept_or_somebody_invented_is_refused(projector):
    for step in ("vote", "read", "on", "nonsense", "mend"):
        projector.send({"do": step, "given": {"counts": [1, 0, 0, 0, 0]}})
        assert projector.screen["problem"] == "That cannot be done here."
    projector.send({"do": "choose", "name": "../secret"})
    assert "no such shift" in projector.screen["problem"]


# The debrief


def test_the_debrief_says_when_most_would_declare_and_when_the_rules_do(projector):
    count(projector)
    do(projector, "next", "next", "next")
    count(projector)
    count(projector, SECOND)
    said = do(projector, "skip")

    drill = library.exercise(SHIFT, "declaration")
    assert "At 08:31 +1d, 14 of 22 would declare." in said
    for name, rule in policies().items():
        assert f"“{rule.title}” from {clock(drill.window(name).expected)}" in said
    rows = projector.blocks("table")[0]["rows"]
    assert rows[3][2] == "6 → 14"
    assert rows[3][-1] == "Worth learning from"
    assert rows[1][2:8] == ["–"] * 6


def test_half_the_hands_are_not_most_and_that_is_said(projector):
    count(projector, (5, 5, 0, 0, 0))

    assert "At no point did most hands declare; at 19:30, 5 of 10 would declare." in do(
        projector, "skip"
    )


def test_the_debrief_shows_where_the_room_split_most_with_the_best_arguments(projector):
    count(projector, (0, 0, 10, 0, 0))
    do(projector, "next")
    count(projector, (3, 3, 3, 1, 0))
    do(projector, "next")
    count(projector, (9, 1, 0, 0, 0))
    moments = list(room(projector).moments())
    said = do(projector, "skip", "on")

    assert most_split(moments).number == 1
    assert most_declared(moments).moment == 2
    assert "The room split most at 22:50" in said
    crib = library.shipped()[SHIFT].crib
    assert all(argument in said for argument in crib.arguments.values())


def test_a_room_of_one_mind_is_told_so(projector):
    count(projector, (0, 0, 10, 0, 0))

    assert "The room was of one mind each time" in do(projector, "skip", "on")


def test_no_page_of_the_debrief_says_a_percentage(projector):
    count(projector)
    pages = [do(projector, "skip"), do(projector, "on"), do(projector, "on")]

    assert "%" not in re.sub(r"data:[^\"]*|<svg.*?</svg>", "", "".join(pages))


def test_the_end_tells_how_it_ended_what_they_did_and_what_it_is_for(projector):
    shift = library.shipped()[SHIFT]
    said = do(projector, "skip", "on", "on")

    assert shift.declaration.ending in said
    assert shift.teaches in said
    assert not shift.source.did or shift.source.did in said
    assert {"Another shift", "Again"} <= set(buttons(projector))


# What is kept


def test_a_reload_comes_back_to_the_same_place_at_every_step(projector):
    steps = ["hands", "back", "reveal", "back", "next", "blank", "blank", "next"]
    for step in [*steps, "skip", "on", "on", "back", "again"]:
        shown = do(projector, step)
        assert words(opened()) == shown
    shown = count(projector)
    assert opened().screen["right"] == projector.screen["right"]


def test_two_windows_of_one_facilitator_are_in_step(projector):
    other = opened()
    count(projector)

    beat = other.post({"do": "beat"})
    assert beat["screen"]["right"] == projector.screen["right"]
    assert "screen" not in other.post({"do": "beat"})


def test_a_step_from_a_window_that_fell_behind_is_not_taken(projector):
    other = opened()
    do(projector, "next")
    other.send({"do": "next"})

    assert "another window" in other.screen["problem"]
    assert room(projector).moment == 1


def test_a_step_sent_twice_is_taken_once(projector):
    message = {"id": "twice-0001", "do": "next", "screen": projector.screen["id"]}
    projector.post(message)
    projector.post(message)

    assert room(projector).moment == 1
    assert not projector.screen["problem"]


def test_nothing_a_room_does_is_an_attempt_or_a_run_of_one_s_own(projector, store):
    count(projector)
    do(projector, "reveal", "next", "skip", "on", "on")

    assert store.attempts() == []
    assert len(report.mine(store.attempts(), WHO, {})) == 0
    assert {(event.name, event.kind) for event in store.events()} == {("show", "declaration")}
    assert "Continue" not in json.dumps(Visitor(widgets.home()).screen)


def test_a_shift_that_changed_since_is_begun_anew(projector, store):
    edited = library.shipped()[SHIFT].model_copy(update={"edition": "another"})
    page = Demonstrate({SHIFT: edited}, store, WHO, now)

    assert page.screen()["says"].startswith("This shift has changed since")


# The notes


def test_the_notes_say_where_to_begin_and_offer_every_crib():
    visitor = reading()

    assert "Open the projector page and choose a shift." in words(visitor)
    for name in SHIFTS:
        visitor.send({"do": "crib", "name": name})
        shift = library.shipped()[name]
        assert all(inject.text in str(visitor.blocks("table")) for inject in shift.injects)
        assert shift.crib is None or shift.crib.story in str(visitor.screen)


def test_the_notes_follow_the_projector_and_are_one_inject_ahead(projector, notes):
    injects = library.shipped()[SHIFT].injects
    assert injects[1].text in words(notes)

    do(projector, "next")
    notes.post({"do": "beat"})

    assert injects[2].text in words(notes)
    assert "screen" not in notes.post({"do": "beat"})


def test_the_notes_have_a_line_to_ask_at_every_step(projector, notes):
    said = {notes.screen["says"]}
    for step in ("hands", "back", "reveal", "blank", "blank", "skip", "on", "on"):
        do(projector, step)
        notes.post({"do": "beat"})
        said.add(notes.screen["says"])

    assert len(said) == 7


def test_the_notes_say_after_a_second_vote_whether_anybody_moved(projector, notes):
    count(projector)
    count(projector)
    notes.post({"do": "beat"})
    assert "Nobody moved" in words(notes)

    count(projector, SECOND)
    notes.post({"do": "beat"})
    assert "Ask somebody who moved" in words(notes)
    assert ["19:30", "14", "5", "2", "1", "0", "22"] in notes.blocks("table")[0]["rows"]


def test_a_shift_without_a_crib_is_followed_all_the_same(projector, store, monkeypatch):
    shift = library.shipped()[SHIFT]
    plain = {SHIFT: shift.model_copy(update={"crib": None})}
    monkeypatch.setattr(library, "shipped", lambda: plain)

    assert "Nobody has written a crib" in words(reading())
    visitor = opened()
    count(visitor)
    assert "ask one person of each call" in do(visitor, "skip", "on")


# In a browser


@pytest.mark.browser
def test_a_room_plays_a_shift_by_typed_counts_without_scrolling(served, page, context):
    address, data = served
    shift = library.shipped()[SHIFT]
    notes = watched(context.new_page())
    page.goto(f"{address}demonstrate")
    go(page, shift.title)
    notes.goto(f"{address}notes")
    notes.get_by_text(shift.injects[1].text[:40]).wait_for()

    for number, inject in enumerate(shift.injects):
        page.get_by_text(inject.text[:40]).last.wait_for()
        _on_one_screen(page)
        _hands(page, (2 * number, 9, 8, 1, 0))
        if number == 3:
            page.reload()
            page.locator(".it-picture").wait_for()
            go(page, "Vote again")
            _fill(page, (16, 2, 1, 1, 0))
            page.get_by_text("up 10").wait_for()
        _on_one_screen(page)
        go(page, "Reveal")
        _on_one_screen(page)
        go(page, "Next")
    page.get_by_text("At 08:31 +1d, 16 of 20 would declare.").first.wait_for()
    for _ in range(2):
        _on_one_screen(page)
        go(page, "Go on")
    _on_one_screen(page)
    assert shift.teaches in page.locator(".it").inner_text()
    notes.get_by_text("No call is judged by how it ended.").first.wait_for()

    assert Store(data / "training.sqlite").attempts() == []
    assert notes.raised == []


@pytest.mark.browser
def test_a_room_on_a_call_plays_a_shift_by_its_chat(served, page):
    address, _ = served
    shift = library.shipped()[SHIFTS[0]]
    page.goto(f"{address}demonstrate")
    go(page, shift.title)

    for number, _ in enumerate(shift.injects):
        page.keyboard.press("Tab")
        go(page, "Take hands")
        page.get_by_text("Or paste the lines").click()
        chat = f"10:0{number}:11 From Ann to Everyone: 1\n[10:03] Ben  2!\nCy: 4️⃣\nCy: 1\n3"
        page.get_by_label("One line a person").fill(chat + ("\nhello" if number == 1 else ""))
        go(page, "Show the spread")
        if number == 1:
            page.get_by_text("1 line says no call").wait_for()
            page.get_by_text("Look", exact=True).click()
            _on_one_screen(page)
            assert page.get_by_text("hello", exact=True).is_visible()
            go(page, "Show the spread")
        page.get_by_text("4 hands", exact=True).first.wait_for()
        _on_one_screen(page)
        go(page, "Next")

    page.get_by_text("At no point did most hands declare").first.wait_for()
    go(page, "Go on")
    go(page, "Go on")
    assert shift.teaches in page.locator(".it").inner_text()


@pytest.mark.browser
def test_a_facilitator_without_a_mouse_takes_hands(served, page):
    address, _ = served
    page.goto(f"{address}demonstrate")
    page.get_by_role("button", name=library.shipped()[SHIFTS[1]].title).press("Enter")
    page.get_by_role("button", name="Take hands").press("Enter")
    page.locator(".it-counts").wait_for()
    page.wait_for_function("document.activeElement.matches('.it-counts')")
    for figure in "43210":
        page.keyboard.press("Tab")
        page.keyboard.type(figure)
    page.keyboard.press("Enter")

    page.get_by_text("10 hands", exact=True).first.wait_for()


def _hands(page, counts) -> None:
    go(page, "Take hands")
    _fill(page, counts)


def _fill(page, counts) -> None:
    for box, figure in zip(page.locator(".it-count-of").all(), counts, strict=True):
        box.fill(str(figure))
    _on_one_screen(page)
    go(page, "Show the spread")


def _on_one_screen(page) -> None:
    tall, wide = page.evaluate(
        "[document.documentElement.scrollHeight - innerHeight,"
        " document.documentElement.scrollWidth - innerWidth]"
    )
    assert (tall, wide) == (0, 0)
