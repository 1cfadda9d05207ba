"""Lessons on what bends a judgement: the data, who reads what, what is told when, and a room."""

import re
from uuid import uuid4

import pytest
from browserless import TOKEN, Visitor
from browsing import choose, go

from incident_training import library, places, widgets
from incident_training.doctrine.lessons import OTHER, dealt, lessons
from incident_training.store import Store, pseudonym
from incident_training.widgets.bending import Lessons
from incident_training.widgets.workbench import Workbench

NAMES = [*lessons()]
TOKENS = [f"somebody-of-this-test-{number:03}" for number in range(60)]


@pytest.fixture
def visitor():
    return at_the_lessons()


def at_the_lessons(token: str = TOKEN) -> Visitor:
    """Open the page as somebody."""
    store = Store(places.database())
    return Visitor(Workbench(lambda who: Lessons(store, who, lambda: "2026-01-05T09:00Z")), token)


def said(visitor) -> str:
    """All words on the screen."""
    return str(visitor.screen)


def verdict(visitor) -> str:
    return next(b["text"] for b in visitor.blocks("words") if b["style"] == "verdict")


def take(name: str, token: str, given: str | None = None) -> Visitor:
    """Open a lesson as somebody, and answer it."""
    visitor = at_the_lessons(token)
    visitor.send({"do": "open", "name": name})
    visitor.answer(given=given or next(iter(lessons()[name].question.options)))
    return visitor


def lead(visitor, name: str, a: dict, b: dict) -> Visitor:
    """Take a room through a lesson, up to both halves."""
    for do in ({"do": "rooms"}, {"do": "room", "name": name}, {"do": "next"}):
        visitor.send(do)
    visitor.answer(**a)
    visitor.send({"do": "next"})
    visitor.answer(**b)
    return visitor


def readers(name: str, version: str, count: int) -> list[str]:
    """Return tokens of people who are dealt that version."""
    tokens = [token for token in TOKENS if dealt(pseudonym(token), name) == version]
    assert len(tokens) >= count
    return tokens[:count]


# The data


@pytest.mark.parametrize("name", NAMES)
def test_the_versions_differ_in_the_marked_entry_and_nowhere_else(name):
    lesson = lessons()[name]
    a, b = lesson.entries("a"), lesson.entries("b")

    differing = [at for at, (one, other) in enumerate(zip(a, b, strict=True)) if one != other]
    assert differing == [lesson.after]
    assert (a[lesson.after].at, a[lesson.after].channel) == (lesson.turn.at, lesson.turn.channel)
    assert (a[lesson.after].text, b[lesson.after].text) == (
        lesson.versions["a"].text,
        lesson.versions["b"].text,
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_moment_is_short_and_in_order(name):
    lesson = lessons()[name]

    assert 60 <= len(lesson.scene.split()) <= 90
    assert 2 <= len(lesson.cues) <= 3
    times = [entry.at for entry in lesson.entries("a")]
    assert times == sorted(times)
    assert all(re.fullmatch(r"\d\d:\d\d", at) for at in times)


@pytest.mark.parametrize("name", NAMES)
def test_every_lesson_has_sources_a_reason_and_something_to_build(name):
    lesson = lessons()[name]

    assert len(lesson.studies) >= 2
    for study in lesson.studies:
        assert study.url.startswith("https://")
        assert 1950 < study.year <= 2026
        assert study.finding
        assert study.seen
    assert lesson.means
    assert lesson.why.count(". ") == 1  # two sentences
    assert not re.search(r"\b(aware|careful|remember|remind)", lesson.helps)


@pytest.mark.parametrize("name", NAMES)
def test_a_room_can_answer_by_hands_and_the_sentence_counts_some_of_the_options(name):
    asked = lessons()[name].question

    assert 2 <= len(asked.options) <= 5
    assert 0 < len(asked.counted) < len(asked.options)
    assert set(asked.counted) < set(asked.options)


def test_there_are_lessons_from_different_trades_and_none_is_a_shift():
    trades = [lesson.trade for lesson in lessons().values()]
    shifts = library.shipped()

    assert len(trades) >= 5
    assert len(set(trades)) == len(trades)
    assert not {*NAMES} & {*shifts}
    assert not {*trades} & {shift.domain for shift in shifts.values()}


# Who reads what


def test_the_halves_are_about_even_in_every_lesson():
    people = [pseudonym(f"a-token-of-somebody-{number}") for number in range(1000)]

    for name in NAMES:
        assert 440 < sum(dealt(who, name) == "a" for who in people) < 560


def test_most_people_read_different_letters_in_different_lessons():
    people = [pseudonym(f"a-token-of-somebody-{number}") for number in range(1000)]

    one_letter = sum(len({dealt(who, name) for name in NAMES}) == 1 for who in people)
    assert one_letter < 60


def test_what_somebody_is_dealt_never_changes():
    assert [dealt("quiet-heron-3f9a1c2b44d07e", name) for name in NAMES] == [
        *("b", "a", "a", "b", "a", "a")
    ]


# Alone


@pytest.mark.parametrize("name", NAMES)
def test_before_one_has_answered_nothing_else_is_on_the_screen(visitor, name):
    lesson = lessons()[name]
    own = dealt(pseudonym(TOKEN), name)
    listed = said(visitor)

    visitor.send({"do": "open", "name": name})

    asked = said(visitor)
    assert lesson.versions[own].text in visitor.blocks("feed")[0]["items"][lesson.after]["text"]
    kept_back = [lesson.versions[OTHER[own]].text, lesson.means, lesson.why, lesson.helps]
    kept_back += [lesson.what, *(s.finding for s in lesson.studies)]
    kept_back += [s.who for s in lesson.studies]
    shown = f"{listed} {asked}".lower()
    assert [text for text in kept_back if text.lower() in shown] == []


@pytest.mark.parametrize("name", NAMES)
def test_after_it_one_sees_both_versions_the_studies_why_and_what_helps(visitor, name):
    lesson = lessons()[name]
    visitor.send({"do": "open", "name": name})
    visitor.answer(given=[*lesson.question.options][-1])

    heads, row = visitor.blocks("table")[0]["columns"], visitor.blocks("table")[0]["rows"][0]
    assert row[1:] == [lesson.versions["a"].text, lesson.versions["b"].text]
    assert sum("you read" in head for head in heads) == 1
    assert verdict(visitor) == lesson.means
    words = [block["text"] for block in visitor.blocks("words")]
    assert lesson.why in words
    assert lesson.helps in words
    for study in lesson.studies:
        assert any(study.finding in text and study.who in text for text in words)
        assert study.url in said(visitor)


def test_nobody_is_told_a_number_about_themselves(visitor):
    visitor = take("playhouse", TOKENS[0], "1")

    words = [block["text"] for block in visitor.blocks("words")]
    own = [text for text in words if re.search(r"\byou(r)?\b", text.lower())]
    assert own == ["You answered: badly."]
    assert not visitor.blocks("remarks")


def test_a_reload_comes_back_to_where_one_stood():
    visitor = at_the_lessons()
    visitor.send({"do": "open", "name": "glasshouse"})
    screen = visitor.screen["id"]
    visitor.post({"do": "draft", "screen": screen, "rev": 1, "values": {"given": "yes"}})

    again = at_the_lessons()

    assert again.screen["id"] == screen
    assert again.reply["draft"]["values"] == {"given": "yes"}
    again.answer(given="yes")
    assert at_the_lessons().screen["id"] == again.screen["id"]


def test_a_lesson_one_has_taken_opens_on_what_was_told(visitor):
    take("glasshouse", TOKEN, "no")
    visitor = at_the_lessons()
    visitor.send({"do": "list"})
    assert "Read: what mended it" in said(visitor)

    visitor.send({"do": "open", "name": "glasshouse"})

    assert "You answered: no." in said(visitor)


@pytest.mark.parametrize(
    "message",
    [
        {"do": "answer", "values": {"given": "6"}},
        {"do": "answer", "values": {}},
        {"do": "answer", "values": {"given": ["1"]}},
        {"do": "open", "name": "nowhere"},
        {"do": "next"},
        {"do": "back"},
        {"do": "again"},
        {"do": "fly"},
    ],
)
def test_what_no_screen_of_ours_sends_is_refused_and_changes_nothing(visitor, message):
    visitor.send({"do": "open", "name": "playhouse"})
    screen = visitor.screen["id"]

    visitor.send(message)

    assert visitor.screen["problem"] in (
        "That cannot be done here.",
        "Choose from what is shown.",
    )
    assert visitor.screen["id"] == screen


def test_asked_twice_an_answer_is_kept_once(visitor):
    visitor.send({"do": "open", "name": "playhouse"})
    message = {"id": uuid4().hex, "screen": visitor.screen["id"], "do": "answer"}

    for _ in range(2):
        visitor.post({**message, "values": {"given": "1"}})

    kept = visitor.page._activity.store.events(name="lesson")
    assert sum(event.data["do"] == "answer" for event in kept) == 1


def test_an_answer_to_a_text_that_has_changed_since_is_asked_for_anew(visitor):
    visitor = take("playhouse", TOKENS[0], "1")
    activity = visitor.page._activity
    old = activity.store.events(name="lesson")[-1]
    activity.who = "somebody-else"
    event = type(old)(
        "x" * 12, old.at, "somebody-else", old.scenario, old.kind, "0" * 12, old.name, old.data
    )
    activity.store.append(event)

    activity._refold()

    assert activity.where.at == "list"
    assert "playhouse" not in activity.where.answers


# What was answered here


def test_kept_answers_are_hidden_until_each_half_has_five():
    name = "playhouse"
    a, b = readers(name, "a", 6), readers(name, "b", 5)
    for token in [*a, *b[:4]]:
        visitor = take(name, token, "5")
    assert "once each version has 5 answers" in said(visitor)
    assert not visitor.blocks("picture")

    visitor = take(name, b[4], "1")

    assert "Of 6 who read that it ended well, 6 said it was decided well;" in said(visitor)
    assert "of 5 who read that it ended badly, 4." in said(visitor)
    assert not any(pseudonym(token) in said(visitor) for token in [*a, *b])


def test_a_revised_answer_counts_once_and_as_it_was_first_given():
    name = "playhouse"
    for token in [*readers(name, "a", 5), *readers(name, "b", 5)]:
        visitor = take(name, token, "1")

    visitor.send({"do": "again"})
    visitor.answer(given="5")

    assert "You answered: well." in said(visitor)
    assert "Of 5 who read that it ended well, none said" in said(visitor)
    assert "of 5 who read that it ended badly, none." in said(visitor)


def test_who_has_shown_both_versions_to_a_room_is_not_counted_afterwards():
    name = "playhouse"
    *a, leader = readers(name, "a", 6)
    for token in [*a, *readers(name, "b", 5)]:
        take(name, token, "1")
    visitor = at_the_lessons(leader)
    lead(visitor, name, {"1": "5"}, {"1": "5"})

    visitor = take(name, leader, "5")

    assert "Of 5 who read that it ended well, none said" in said(visitor)


# With a room


def test_a_room_sees_both_halves_beside_one_another_in_words_and_marks(visitor):
    lead(visitor, "playhouse", {"2": "3", "4": "6", "5": "3"}, {"1": "7", "4": "3", "5": "1"})

    assert verdict(visitor) == (
        "Of 12 who read that it ended well, 9 said it was decided well;"
        " of 11 who read that it ended badly, 4."
    )
    assert visitor.screen["says"].endswith(verdict(visitor))
    assert "Badly: 0 of 12, and 7 of 11." in visitor.blocks("picture")[0]["words"]


def test_a_small_half_is_called_an_example(visitor):
    lead(visitor, "glasshouse", {"yes": "4"}, {"yes": "2", "no": "9"})

    assert "fewer than five: take it as an example" in said(visitor)


@pytest.mark.parametrize("name", NAMES)
def test_each_half_of_a_room_sees_its_own_version_alone(visitor, name):
    lesson = lessons()[name]
    a, b = lesson.versions["a"].text, lesson.versions["b"].text
    seen = []

    visitor.send({"do": "room", "name": name})
    seen.append((a in said(visitor), b in said(visitor)))
    visitor.send({"do": "next"})
    seen.append((a in said(visitor), b in said(visitor)))
    visitor.answer(**dict.fromkeys(lesson.question.options, "1"))
    seen.append((a in said(visitor), b in said(visitor)))
    visitor.send({"do": "next"})
    seen.append((a in said(visitor), b in said(visitor)))

    assert seen == [(False, False), (True, False), (False, False), (False, True)]
    assert lesson.means not in said(visitor)


@pytest.mark.parametrize("count", ["-1", "2.5", "many", "1000", "٣", ["3"], {"a": 1}])
def test_hands_that_are_no_number_are_refused(visitor, count):
    for do in ({"do": "room", "name": "playhouse"}, {"do": "next"}):
        visitor.send(do)

    visitor.answer(**{"1": count})

    assert "whole number" in visitor.screen["problem"]
    assert visitor.fields()


def test_no_hands_at_all_are_asked_for_again(visitor):
    for do in ({"do": "room", "name": "playhouse"}, {"do": "next"}):
        visitor.send(do)

    visitor.answer(**{"1": None, "2": "0"})

    assert "one at least" in visitor.screen["problem"]


def test_counts_can_be_put_right_and_stand_there_to_be_changed(visitor):
    lead(visitor, "glasshouse", {"yes": "6", "no": "1"}, {"yes": "2", "no": "51"})

    visitor.send({"do": "back"})

    assert visitor.fields()["no"]["value"] == "51"
    visitor.answer(yes="2", no="5")
    assert "of 7 who read that a person closed the vents, 2." in verdict(visitor)


def test_hands_of_a_room_are_not_mixed_with_the_answers_of_people(visitor):
    lead(visitor, "playhouse", {"5": "30"}, {"1": "30"})

    visitor = take("playhouse", TOKENS[0], "1")

    assert "once each version has 5 answers" in said(visitor)


def test_a_room_goes_on_after_a_reload(visitor):
    visitor.send({"do": "room", "name": "playhouse"})
    visitor.send({"do": "next"})
    visitor.answer(**{"5": "6"})

    again = at_the_lessons()

    assert again.screen["id"] == visitor.screen["id"]
    again.send({"do": "next"})
    again.answer(**{"1": "6"})
    assert verdict(again).startswith("Of 6 who read that it ended well, 6 said")


def test_behind_a_room_s_result_stands_what_one_reads_alone(visitor):
    lead(visitor, "playhouse", {"5": "6"}, {"1": "6"})

    visitor.send({"do": "next"})

    assert verdict(visitor) == lessons()["playhouse"].means
    assert "you read" not in said(visitor)
    visitor.send({"do": "rooms"})
    assert visitor.blocks("cards")


# In a notebook and in a browser


def test_the_cell_can_be_run_twice():
    assert [widgets.lessons().screen["id"] for _ in range(2)] == ["waiting", "waiting"]


@pytest.mark.browser
def test_a_lesson_is_taken_by_keyboard_and_is_there_again(page, served):
    lesson = lessons()["sound-archive"]
    page.goto(f"{served[0]}lessons")
    page.get_by_role("button", name=lesson.title).focus()
    page.keyboard.press("Enter")
    page.locator("form").wait_for()
    shown = page.locator(".it").inner_text()
    assert lesson.means not in page.content()
    assert sum(version.text in shown for version in lesson.versions.values()) == 1

    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.locator(".it-verdict").wait_for()
    page.reload()
    page.locator(".it-verdict").wait_for()

    assert page.locator(".it-verdict").inner_text() == lesson.means
    assert all(v.text in page.locator(".it").inner_text() for v in lesson.versions.values())


@pytest.mark.browser
def test_a_room_is_led_in_a_browser_at_a_projector_s_size_and_a_phone_s(page, served):
    lesson = lessons()["playhouse"]  # no other asks more
    page.goto(f"{served[0]}lessons")
    go(page, "Take one with a room")
    go(page, lesson.title)
    heights = []
    for show, hands in (("left", "01263"), ("right", "34031")):
        go(page, f"Show it to the {show} half")
        heights.append(page.evaluate("document.documentElement.scrollHeight"))
        for field, count in zip(page.locator("input[type=text]").all(), hands, strict=True):
            field.fill(count)
        page.keyboard.press("Enter")
        page.locator("form").wait_for(state="detached")
        heights.append(page.evaluate("document.documentElement.scrollHeight"))

    assert max(heights) <= 720
    assert page.locator(".it-verdict").inner_text() == (
        "Of 12 who read that it ended well, 9 said it was decided well;"
        " of 11 who read that it ended badly, 4."
    )
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.browser
def test_the_choice_is_made_by_pointer_too(page, served):
    lesson = lessons()["race-office"]
    page.goto(f"{served[0]}lessons")
    go(page, lesson.title)
    choose(page, "About even")
    go(page, "Save")

    assert lesson.means in page.locator(".it-verdict").first.inner_text()
