"""The page of the hazard graph: who may see which, what one tries, and how the story goes on."""

import re

import pytest
from browserless import TOKEN, Visitor, exemplar_step

from incident_training import hazard, library, places, widgets
from incident_training.store import Store, pseudonym
from incident_training.widgets import pictures
from incident_training.widgets.fencing import Fence, told
from incident_training.widgets.workbench import Workbench

SHIFT = "wednesday-practice-rooms"
CHECK, PUT_BACK, PAPERS = "check", "put-back", "papers"


def play(page, name: str, kinds: int = 1) -> None:
    """Play a shift to the end of so many of its parts."""
    visitor = Visitor(page)
    visitor.send({"do": "choose", "name": name})
    for part in range(kinds):
        if part:
            visitor.send({"do": "next"})
        while not visitor.page._activity.session.done:
            exemplar_step(visitor, visitor.page._activity.session)


def at_the_fence() -> Visitor:
    visitor = Visitor(widgets.hazard())
    visitor.send({"do": "choose", "name": SHIFT})
    assert not visitor.screen["problem"]
    return visitor


@pytest.fixture
def visitor():
    play(widgets.practice("near_miss"), SHIFT)
    return at_the_fence()


def offered(visitor) -> list[str]:
    return [card["do"]["name"] for cards in visitor.blocks("cards") for card in cards["items"]]


def buttons(visitor) -> dict[str, dict]:
    """What the buttons say, and what they send."""
    items = [item for links in visitor.blocks("links") for item in links["items"]]
    return {item["label"]: item["do"] for item in items if "do" in item}


def press(visitor, label: str) -> Visitor:
    visitor.send(buttons(visitor)[label])
    assert not visitor.screen["problem"]
    return visitor


def read(visitor, style: str) -> str:
    return next(b["text"] for b in visitor.blocks("words") if b["style"] == style)


def sets(visitor) -> list[str]:
    return next(
        b["text"]
        for b in visitor.blocks("words")
        if "has to fail" in b["text"] or "If “" in b["text"]
    ).split("\n")


# Who may see which


def test_before_a_shift_is_lived_through_nothing_of_its_graph_is_shown():
    visitor = Visitor(widgets.hazard())

    assert "Live through a shift first." in str(visitor.screen)
    visitor.send({"do": "choose", "name": SHIFT})
    assert visitor.screen["problem"] == "That cannot be done here."
    assert "Printed papers" not in str(visitor.screen)


def test_after_the_hunt_the_shift_is_offered_and_no_other():
    play(widgets.practice("near_miss"), SHIFT)

    assert offered(Visitor(widgets.hazard())) == [SHIFT]


def test_the_first_part_of_a_shift_does_not_open_its_graph():
    play(widgets.practice("declaration"), SHIFT)

    assert offered(Visitor(widgets.hazard())) == []


def test_within_a_whole_shift_the_barriers_are_listed_after_the_draft():
    play(widgets.whole_shift(), SHIFT, kinds=2)
    assert offered(Visitor(widgets.hazard())) == []

    play(widgets.whole_shift(), SHIFT, kinds=3)
    assert offered(Visitor(widgets.hazard())) == [SHIFT]


def test_what_somebody_else_has_played_is_not_offered():
    play(widgets.practice("near_miss"), SHIFT)

    assert offered(Visitor(widgets.hazard(), token="f" * 32)) == []


def test_a_shift_without_a_graph_is_not_offered():
    play(widgets.practice("near_miss"), SHIFT)
    bare = {SHIFT: library.shipped()[SHIFT].model_copy(update={"hazard": None})}
    page = Workbench(lambda who: Fence(bare, Store(places.database()), who, lambda: ""))

    assert offered(Visitor(page)) == []


# What is shown


def test_what_was_left_comes_first_and_in_words(visitor):
    first = visitor.screen["main"][0]

    assert first["style"] == "verdict"
    assert first["text"].startswith("Nothing built was left; one barrier untested.")
    assert visitor.screen["says"] == first["text"]


def test_the_minimal_sets_are_said_smallest_first(visitor):
    assert sets(visitor) == [
        (
            "If “Printed papers in the cupboard” (untested) fails, only luck stands in the way: "
            "the hall was booked twice, so the rehearsal had moved to Friday."
        ),
        "If “One command back to a known good state” fails, nothing stands in the way.",
    ]


def test_every_barrier_and_the_luck_can_be_tried_by_a_button_with_a_name_of_its_own(visitor):
    graph = library.shipped()[SHIFT].hazard.graph
    tries = [do for do in buttons(visitor).values() if do["do"] in ("remove", "strengthen", "luck")]

    for *_, barrier in graph.edges(data="barrier"):
        if barrier is None:
            continue
        may = {do["do"] for do in tries if do["name"] == barrier.id}
        assert (
            may
            == {
                "yes": {"remove"},
                "no": {"strengthen"},
                "untested": {"remove", "strengthen"},
            }[barrier.held]
        )
    assert sum(do["do"] == "luck" for do in tries) == 1
    assert len(buttons(visitor)) == len([*tries, "Another shift"])


def test_the_page_says_that_nothing_is_judged_and_nothing_kept(visitor):
    assert "Nothing here is judged" in str(visitor.screen)
    assert "a reload shows the story as it was" in str(visitor.screen)


# What one tries


def test_taken_away_the_story_goes_on_to_the_harm(visitor):
    press(visitor, "Take away “One command back to a known good state”")

    assert read(visitor, "verdict") == "Nothing stands in the way."
    assert read(visitor, "lead").startswith(
        "Without “One command back to a known good state”: the release goes out at 19:30, "
    )
    assert read(visitor, "lead").endswith(
        "and 640 learners lose the rehearsal at 10:30. Nothing stands in the way."
    )
    assert read(visitor, "lead") in visitor.screen["says"]
    assert sets(visitor) == ["Nothing more has to fail: one way is open."]


def test_made_to_hold_the_story_stops_there(visitor):
    press(visitor, "Make “The release check” hold")

    assert read(visitor, "verdict").startswith("One barrier holds: the release check")
    assert "The story stops there" in read(visitor, "lead")


def test_a_plausible_fix_is_gone_round(visitor):
    press(visitor, "Make “The alert on answers an hour” hold")

    assert "holding: the story goes round it. The release goes out" in read(visitor, "lead")
    assert read(visitor, "verdict").startswith("Nothing built is left")


def test_with_the_luck_set_aside_the_luck_is_not_named_again(visitor):
    press(visitor, "Set the luck aside")

    assert "hall was booked" not in read(visitor, "verdict")
    assert "hall was booked" not in " ".join(sets(visitor))
    assert "Set the luck aside" not in buttons(visitor)


def test_what_one_tried_is_undone_one_by_one(visitor):
    seen = [visitor.screen["main"]]
    for label in ("Take away “Printed papers in the cupboard”", "Set the luck aside"):
        press(visitor, label)
        seen.append(visitor.screen["main"])
    assert read(visitor, "lead").startswith(
        "Without “Printed papers in the cupboard” and with the luck set aside: "
    )

    press(visitor, "Undo: set the luck aside")
    assert visitor.screen["main"] == seen[1]
    press(visitor, "Undo: take away “Printed papers in the cupboard”")
    assert visitor.screen["main"] == seen[0]
    assert not [label for label in buttons(visitor) if label.startswith("Undo")]


def test_all_that_one_tried_is_undone_at_once(visitor):
    before = visitor.screen["main"]
    press(visitor, "Set the luck aside")
    press(visitor, "Make “The release check” hold")

    press(visitor, "Undo all 2: the story as it was")

    assert visitor.screen["main"] == before


def test_what_was_left_at_the_time_stays_in_sight_while_one_tries(visitor):
    was = read(visitor, "verdict")
    press(visitor, "Make “The release check” hold")

    assert f"As it was: {was[:1].lower()}{was[1:]}" in str(visitor.screen["main"])


def test_the_words_of_the_picture_are_those_of_the_story_one_sees(visitor):
    press(visitor, "Take away “One command back to a known good state”")

    twin = visitor.blocks("picture")[0]["words"]
    assert "Nothing stands in the way." in twin.split("\n")[0]
    assert read(visitor, "lead") in twin
    assert "Played again: taken away." in twin
    assert "Several paths lead there; this is the weakest: The release goes out" in twin


def test_every_try_is_a_new_screen_and_one_that_comes_twice_is_done_once(visitor):
    before = visitor.screen["id"]
    message = {
        "id": "a" * 16,
        "screen": before,
        **buttons(visitor)["Take away “Printed papers in the cupboard”"],
    }
    visitor.post(message)
    after = visitor.screen["id"]
    visitor.post(message)

    assert after != before
    assert (visitor.screen["id"], visitor.screen["problem"]) == (after, None)
    assert len(visitor.page._activity.tried) == 1


@pytest.mark.parametrize(
    "message",
    [
        {"do": "remove", "name": "check"},  # it failed: there is nothing to take away
        {"do": "remove", "name": "no-such-barrier"},
        {"do": "strengthen", "name": "put-back"},  # it held
        {"do": "luck", "name": "check"},
        {"do": "undo"},
        {"do": "choose", "name": "tuesday-town-hall"},
        {"do": "answer", "values": {}},
        {"do": "fly"},
    ],
)
def test_what_no_button_of_ours_sends_is_refused_and_changes_nothing(visitor, message):
    main = visitor.screen["main"]

    visitor.send(message)

    assert visitor.screen["problem"] == "That cannot be done here."
    assert visitor.screen["main"] == main


def test_nothing_that_one_tries_is_stored_and_a_reload_begins_afresh(visitor):
    store, who = Store(places.database()), pseudonym(TOKEN)
    before = store.events(who=who)
    first = visitor.screen["main"]
    press(visitor, "Make “The release check” hold")

    assert store.events(who=who) == before
    assert at_the_fence().screen["main"] == first


def test_one_leaves_a_shift_for_another(visitor):
    press(visitor, "Another shift")

    assert offered(visitor) == [SHIFT]


@pytest.mark.parametrize(
    "name", [name for name, one in library.shipped().items() if one.hazard and not one.card]
)
def test_everything_one_can_try_on_a_shipped_graph_is_told_in_whole_sentences(name):
    graph = library.shipped()[name].hazard.graph
    for change in told.to_try(graph, ()):
        shown = told.shown(graph, (change,))

        for block in shown["main"]:
            if block["is"] == "words" and block["style"] in ("verdict", "lead", "body"):
                assert block["text"].endswith(".")
                assert ".." not in block["text"]
                assert "None" not in block["text"]
        assert hazard.retell(graph, (change,)).words in shown["says"]


# The picture


def drawn(*edges, again=()):
    nodes = {"a": "It starts", "b": "It spreads", "c": "It harms"}
    graph = hazard.build(nodes, edges, trigger="a", harm="c")
    return pictures.hazard_graph(graph, hazard.retell(graph, again) if again else None)


def strokes(drawing: str) -> list[str]:
    """How thick the lines are on which the story goes."""
    return re.findall(r'd="M[^"]+"[^>]* stroke-width="([\d.]+)"', drawing.split("</g>")[0])


CAP = hazard.Barrier("cap", "The cap", "engineered", "yes")
WAYS = (("a", "b", CAP, None), ("b", "c", None, None), ("a", "c", None, "It rained"))


@pytest.mark.parametrize("form", ["wide", "tall"])
def test_the_weakest_of_several_paths_is_marked_by_a_thicker_line_and_by_words(form):
    drawing = getattr(drawn(*WAYS), form)

    assert drawing.count(">the weakest path<") == 1
    assert sorted({*strokes(drawing)}) == ["2", "5"]
    assert strokes(drawing).count("5") == 2  # up to the luck, and after it


def test_the_text_twin_names_the_weakest_of_several_paths():
    words = drawn(*WAYS).words

    assert "Several paths lead there; this is the weakest: It starts → It harms." in words


@pytest.mark.parametrize("form", ["wide", "tall"])
def test_the_only_path_is_not_called_the_weakest(form):
    picture = drawn(*WAYS[:2])

    assert "weakest" not in getattr(picture, form)
    assert "weakest" not in picture.words
    assert {*strokes(getattr(picture, form))} == {"2"}


def test_with_the_story_the_weakest_path_changes():
    changes = [hazard.Change("remove", "cap")]

    words = drawn(*WAYS, again=changes).words
    assert "this is the weakest: It starts → It spreads → It harms." in words


@pytest.mark.parametrize("kind", ["engineered", "procedure", "catch"])
@pytest.mark.parametrize("form", ["wide", "tall"])
def test_what_is_taken_away_is_drawn_as_a_trace_and_said(form, kind):
    edge = ("a", "b", hazard.Barrier("cap", "The cap", kind, "yes"), None)
    changes = [hazard.Change("remove", "cap")]

    before = getattr(drawn(edge, *WAYS[1:]), form)
    after = getattr(drawn(edge, *WAYS[1:], again=changes), form)

    assert ">taken away<" in after
    assert 'stroke-dasharray="1 4"' in after
    assert 'stroke-dasharray="1 4"' not in before


@pytest.mark.parametrize("form", ["wide", "tall"])
def test_luck_that_is_set_aside_leaves_no_gap(form):
    drawing = getattr(drawn(*WAYS, again=[hazard.Change("luck")]), form)

    assert ">set aside<" in drawing
    assert ">luck<" not in drawing


# In a real browser


def test_a_barrier_is_taken_away_and_given_back_by_keyboard_alone(page, served, monkeypatch):
    address, kept = served
    monkeypatch.setenv("INCIDENT_TRAINING_DATA", str(kept))
    play(widgets.practice("near_miss"), SHIFT)
    page.add_init_script(f"localStorage.setItem('incident-training.me', '{TOKEN}')")
    page.goto(f"{address}hazard")
    page.locator(".it-choose").wait_for()

    enter(page, "Wednesday, the practice rooms")
    page.get_by_role("heading", name="Nothing built was left").wait_for()
    enter(page, "Take away “One command back to a known good state”")
    page.get_by_role("heading", name="Nothing stands in the way.", exact=True).wait_for()
    assert "taken away" in page.locator("svg:visible").text_content()
    enter(page, "Undo: take away “One command back to a known good state”")
    page.get_by_role("heading", name="Nothing built was left").wait_for()


def enter(page, name: str) -> None:
    """Go to a button with Tab, and press it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement?.innerText ?? ''"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never comes to {name}")
