"""The clinic: where one asks is counted, what one writes is not, and nothing is told too soon."""

import json
import re

import pytest
from browserless import Visitor, exemplar_step
from browsing import begun, go, moved_on, to_the_end
from stories import SOUND, change, shop

from incident_training import library, widgets
from incident_training.clock import clock
from incident_training.kinds import exercises
from incident_training.kinds.base import NotAllowed, exemplar
from incident_training.kinds.clinic import MOST_MARKS, Clinic
from incident_training.kinds.planted import FAULTS, legend
from incident_training.library import rules
from incident_training.store import Store
from incident_training.widgets.clinic import sheet, tell
from incident_training.widgets.consulted import still_asked
from incident_training.widgets.forms import FORMS, SHIFT

CLINICS = {
    name: played["clinic"]
    for name, shift in library.shipped().items()
    if "clinic" in (played := exercises(shift))
}
NAMES = sorted(CLINICS)
HERE = "tuesday-town-hall"
KINDS = ["overclaim", "no-number", "starts-late", "one-cause", "blame", "vague-action", "no-luck"]


def fault(kind):
    return {"kind": kind, "asks": f"What of {kind}?", "because": "It helps.", "mended": "Mended."}


def draft(faults=5, fine=6):
    """Passages: some with a fault each, then those that are fine, the first two tempting."""
    planted = [{"fault": fault(KINDS[n])} for n in range(faults)]
    tempting = [{"because": "It says where it stands."}] * 2
    rest = [*planted, *tempting[:fine], *[{}] * (fine - 2)]
    return [
        {"id": f"p-{n}", "section": "other", "text": f"Sentence {n}.", **one}
        for n, one in enumerate(rest)
    ]


def clinic(faults=5, fine=6, missing=()):
    part = {"hint": "Where would you stop?", "draft": draft(faults, fine), "missing": [*missing]}
    return Clinic(scenario=shop(clinic=part))


def marked(exercise, *names):
    return exercise.take(exercise.untouched, {"marks": [*names]})


def asked(exercise, *names, **given):
    """The response with these passages marked, and each left to its writer with a question."""
    response = marked(exercise, *names)
    for _ in names:
        response = exercise.take(response, {"asks": "Who says so?", "mend": "left", **given})
    return response


# What is given


@pytest.mark.parametrize(("faults", "most"), [(4, 6), (5, 6), (6, 6), (7, 8)])
def test_more_marks_may_be_made_than_places_are_known_of(faults, most):
    assert clinic(faults, 8).most == most


def test_one_mark_too_many_is_refused_with_a_question():
    exercise = clinic()

    with pytest.raises(NotAllowed, match="at most 6: where would a question help most"):
        marked(exercise, *(one.id for one in exercise.part.draft[:7]))


@pytest.mark.parametrize("marks", [None, "p-1", ["p-99"], [7], [["p-1"]], {"p-1": True}])
def test_forged_marks_are_refused(marks):
    exercise = clinic()

    with pytest.raises(NotAllowed):
        exercise.take(exercise.untouched, {"marks": marks})


def test_each_marked_passage_is_asked_about_in_the_order_of_the_draft():
    exercise = clinic()
    response = marked(exercise, "p-7", "p-1", "p-7")
    stages = []
    while exercise.stage(response) != "done":
        stages.append(exercise.stage(response))
        response = exercise.take(response, {"asks": "How so?", "mend": "left"})

    assert stages == ["passage:p-1", "passage:p-7"]


def test_a_draft_may_be_let_pass_as_it_is():
    exercise = clinic()
    response = marked(exercise)

    assert exercise.stage(response) == "done"
    assert exercise.assess(response).score == 0
    assert exercise.assess(response).verdict.startswith("You let the draft pass; 5 places")


@pytest.mark.parametrize(
    "given",
    [
        {"asks": "", "mend": "left"},
        {"asks": "a" * 241, "mend": "left"},
        {"asks": 7, "mend": "left"},
        {"asks": "How so?"},
        {"asks": "How so?", "mend": "perhaps"},
        {"asks": "How so?", "mend": "mended"},
        {"asks": "How so?", "mend": "mended", "mended": "  Sentence \n 1. "},
        {"asks": "How so?", "mend": "mended", "mended": "a" * 2_001},
    ],
)
def test_a_question_is_one_line_and_a_mended_passage_another_one(given):
    exercise = clinic()

    with pytest.raises(NotAllowed):
        exercise.take(marked(exercise, "p-1"), given)


def test_what_is_done_cannot_be_asked_again():
    exercise = clinic()

    with pytest.raises(NotAllowed, match="play it again"):
        exercise.take(asked(exercise, "p-1"), {"asks": "How so?", "mend": "left"})


# What is scored


def test_a_question_at_the_place_earns_whatever_it_says():
    exercise = clinic()
    every = [one.id for one in exercise.planted]

    plain = exercise.assess(asked(exercise, *every, asks="Hm?"))
    long = exercise.assess(
        asked(exercise, *every, asks="Who counted?", mend="mended", mended="Ours")
    )

    assert plain.score == long.score == exercise.assess(exemplar(exercise)).score == 1


def test_no_text_is_ever_scored():
    exercise = clinic()
    remarks = exercise.assess(asked(exercise, "p-0", mend="mended", mended="Better.")).remarks

    scores = {remark.item: remark.score for remark in remarks}
    assert scores["1. your question"] is None
    assert scores["1. your mending"] is None
    assert scores["1. Sentence 0."] == 1


def test_a_mark_on_what_is_fine_earns_nothing_and_hears_why():
    exercise = clinic()
    remarks = exercise.assess(asked(exercise, "p-0", "p-5")).remarks

    [false] = [remark for remark in remarks if remark.item == "6. Sentence 5."]
    assert (false.score, false.because) == (0, "It says where it stands.")


def test_the_verdict_counts_and_the_reason_names_what_was_passed():
    exercise = clinic()
    feedback = exercise.assess(asked(exercise, "p-0", "p-1", "p-2", "p-6"))

    assert feedback.verdict == "You asked about 3 of the 5 places worth a question."
    assert feedback.reason == (
        f"You passed 4 ({FAULTS['one-cause']}) and 5 ({FAULTS['blame']})."
        " 7 is fine as it is; asking cost the writer a minute."
    )


def test_many_places_passed_are_only_numbered():
    exercise = clinic()

    assert exercise.assess(asked(exercise, "p-3")).reason == "You passed 1, 2, 3 and 5."


def test_all_found_and_nothing_else_marked_is_said():
    exercise = clinic()

    verdict = exercise.assess(exemplar(exercise)).verdict
    assert verdict == "You asked about all 5 places worth a question, and let the others be."


# What is told


def told(exercise, response):
    [places, *rest] = [one["items"] for one in tell(exercise, response) if one["is"] == "consulted"]
    return places, rest


def test_each_place_is_told_with_its_question_its_reason_and_a_way_to_put_it():
    exercise = clinic()
    places, _ = told(exercise, asked(exercise, "p-1", mend="mended", mended="Forty of them."))

    assert [one["said"] for one in places] == ["passed", "asked", "passed", "passed", "passed"]
    assert places[1]["question"] == "What of no-number?"
    assert places[1]["reason"] == "It helps."
    assert places[1]["texts"] == [
        ["You asked", "Who says so?"],
        ["You wrote", "Forty of them."],
        ["Ours", "Mended."],
    ]


def test_a_harmless_passage_is_told_only_where_it_was_marked_and_without_a_question():
    exercise = clinic()
    places, _ = told(exercise, asked(exercise, "p-8"))

    [fine] = [one for one in places if one["said"] == "fine"]
    assert fine["passage"] == "Sentence 8."
    assert fine["question"] == ""
    assert fine["reason"]


def test_what_is_missing_comes_after_what_is_there():
    absent = {"section": "lucky", "asks": "What helped?", "because": "It runs out."}
    exercise = clinic(missing=[absent])
    _, [missing] = told(exercise, asked(exercise, "p-1"))

    assert [(one["name"], one["question"], one["passage"]) for one in missing] == [
        (legend("lucky"), "What helped?", None)
    ]


def test_a_reader_of_ones_own_words_may_still_ask_something():
    assert "sensible" in still_asked("The clerk should have looked.", "factors")
    assert still_asked("214 learners of nine schools, from 09:00 to 09:41.", "impact") is None


def test_what_a_reader_might_still_ask_stands_below_ones_own_words():
    exercise = clinic()
    careless = {"mend": "mended", "mended": "The clerk should have looked."}
    places, _ = told(exercise, asked(exercise, "p-1", **careless))

    assert [label for label, _ in places[1]["texts"]] == [
        "You asked",
        "You wrote",
        "A reader might still ask",
        "Ours",
    ]
    assert [label for label, _ in places[0]["texts"]] == ["Ours"]


def test_without_a_draft_of_its_own_the_shift_shows_this_one_mended():
    part = {"hint": "Where?", "draft": draft()}
    lone = Clinic(scenario=shop(clinic=part, postmortem=None))
    [compared] = [one for one in tell(lone, asked(lone, "p-1")) if one["is"] == "ending"]

    assert compared["summary"] == "The draft, mended"
    assert "Mended. Mended." in compared["text"]
    assert "Sentence 1." not in compared["text"]


# What ships


@pytest.mark.parametrize("name", NAMES)
def test_what_we_mended_would_be_let_stand_by_our_own_rules(name):
    for passage in CLINICS[name].planted:
        assert still_asked(passage.fault.mended, passage.section) is None, passage.id


def test_what_our_own_rules_are_sure_of_is_planted_or_says_why_it_is_fine():
    every = [one for exercise in CLINICS.values() for one in exercise.part.draft]
    found = [one for one in every if still_asked(one.text, one.section)]

    assert found
    assert [one.id for one in found if not (one.fault or one.because)] == []


@pytest.mark.parametrize("name", NAMES)
def test_times_in_a_draft_or_its_questions_are_times_of_the_shift(name):
    scenario = CLINICS[name].scenario
    known = json.dumps(scenario.model_dump(mode="json", exclude={"clinic"}), ensure_ascii=False)
    at = {clock(i.at)[:5] for i in scenario.injects}
    if scenario.near_miss:
        at |= {clock(line.at)[:5] for line in scenario.near_miss.observations}
    if scenario.postmortem:
        at |= {clock(minute)[:5] for minute, _ in scenario.postmortem.before}
    said = scenario.clinic.model_dump_json()

    for time in {*re.findall(r"\b\d\d:\d\d\b", said)}:
        assert time in at or time in known, time


# On the page


def live(name):
    visitor = Visitor(widgets.practice("declaration"))
    visitor.send({"do": "choose", "name": name})
    while visitor.screen["stage"] == "play":
        exemplar_step(visitor, visitor.page._activity.session)


@pytest.fixture
def visitor():
    live(HERE)
    page = Visitor(widgets.practice("clinic"))
    page.send({"do": "choose", "name": HERE})
    return page


def test_a_clinic_is_offered_for_a_shift_one_was_on():
    assert Visitor(widgets.practice("clinic")).screen["id"] == "clinic/live-first"
    live(HERE)

    offered = Visitor(widgets.practice("clinic")).blocks("cards")[0]["items"]
    assert [card["do"]["name"] for card in offered] == [HERE]


def test_nothing_says_what_is_planted_before_all_is_asked(visitor):
    part = CLINICS[HERE].part
    while visitor.screen["stage"] == "play":
        shown = json.dumps(visitor.reply, ensure_ascii=False)
        for passage in part.draft:
            fault = passage.fault
            secrets = (fault.asks, fault.because, fault.mended, fault.kind) if fault else ()
            for secret in (*secrets, passage.because):
                assert not secret or f'"{secret}"' not in shown
        assert all(one.because not in shown for one in part.missing)
        exemplar_step(visitor, visitor.page._activity.session)

    assert visitor.screen["says"].startswith("You asked about all")


def test_a_draft_is_shown_whole_its_passages_numbered_and_none_marked(visitor):
    field = visitor.fields()["marks"]

    assert [one["text"] for one in field["passages"]] == [
        one.text for one in CLINICS[HERE].part.draft
    ]
    assert [one["number"] for one in field["passages"]] == [
        str(n + 1) for n in range(len(field["passages"]))
    ]
    assert "value" not in field
    assert field["most"] <= MOST_MARKS


def test_a_whole_shift_neither_plays_the_clinic_nor_waits_for_it():
    assert "clinic" in FORMS
    assert "clinic" not in SHIFT
    assert "clinic" not in widgets.SHIFT.kinds
    shift = Visitor(widgets.whole_shift())
    shift.send({"do": "choose", "name": HERE})
    while True:
        while shift.screen["stage"] == "play":
            exemplar_step(shift, shift.page._activity.session)
        if not [
            i for b in shift.blocks("links") for i in b["items"] if i.get("do") == {"do": "next"}
        ]:
            break
        shift.send({"do": "next"})

    assert library.shipped()[HERE].teaches in [one["text"] for one in shift.blocks("words")]
    first = Visitor(widgets.home()).blocks("links")[0]["items"][0]
    assert first["label"].startswith("Start here")


def test_a_preview_shows_the_draft_with_all_that_is_planted_and_missing():
    exercise = CLINICS[HERE]
    shown = [cell for table in sheet(exercise) for row in table["rows"] for cell in row]
    told = "\n".join(shown)

    for passage in exercise.part.draft:
        fault = passage.fault
        said = (fault.asks, fault.because, fault.mended) if fault else (passage.because or "",)
        assert all(text in told for text in (passage.text, *said))
    assert all(one.asks in told for one in exercise.part.missing)


def test_a_draft_is_marked_asked_about_and_mended_by_keyboard(served, page):
    address, data = served
    begun(page, address, "declare", HERE)
    to_the_end(page, "watch")
    begun(page, address, "clinic", HERE)
    first, second = CLINICS[HERE].planted[:2]
    for passage in (first, second):
        page.locator(f"input[value={passage.id}]").focus()
        page.keyboard.press("Space")
    assert page.get_by_text("2 of at most 8 marked.").is_visible()

    with moved_on(page):
        page.keyboard.press("Enter")
    for passage in (first, second):
        page.get_by_label("What would you ask the writer?").focus()
        page.keyboard.type("Who counted them?")
        page.get_by_role("radio", name="I put it like this").focus()
        page.keyboard.press("Space")
        words = page.get_by_label("Your passage")
        assert words.input_value() == passage.text
        words.fill(passage.fault.mended)
        go(page, "Save and go on")

    page.locator(".it-verdict", has_text="You asked about 2 of the").wait_for()
    told = page.locator(".it-main").inner_text()
    assert all(passage.fault.asks in told for passage in (first, second))
    [attempt] = [one for one in Store(data / "training.sqlite").attempts() if one.kind == "clinic"]
    assert [mark["asks"] for mark in attempt.response["marks"]] == ["Who counted them?"] * 2


# What check says of a draft

LEFT_5 = (
    "      fault: {kind: no-number, asks: How many people?, because: It helps, mended: 5 left.}\n"
)
DRAFT = f"""\
clinic:
  hint: Where would you stop?
  draft:
    - {{id: p-1, section: title, text: Till trouble, because: Plain}}
    - {{id: p-2, section: summary, text: Rolls had no price., because: So it was}}
    - id: p-3
      section: impact
      text: Many people left.
{LEFT_5}\
    - {{id: p-4, section: impact, text: No money was lost.}}
    - id: p-5
      section: detection
      text: Shop 7 rang us.
      fault: {{kind: starts-late, asks: Who wrote?, because: It helps, mended: Shop 4 wrote.}}
    - {{id: p-6, section: timeline, text: 08:26 Shop 7 rings.}}
    - id: p-7
      section: factors
      text: The table was the cause.
      fault: {{kind: one-cause, asks: What else?, because: It helps, mended: A blank and a page.}}
    - {{id: p-8, section: well, text: The old table went back.}}
    - id: p-9
      section: actions
      text: Improve the preview.
      fault: {{kind: vague-action, asks: Until when?, because: It helps, mended: Refuse a blank.}}
    - {{id: p-10, section: actions, text: Refuse a blank in the preview.}}
"""
CHECKED = SOUND + DRAFT
FAULT = "fault: {kind: blame, asks: Who?, because: It helps, mended: X}"
BREAKS = [
    ("weak-draft", [("    - {id: p-4, section: impact, text: No money was lost.}\n", "")]),
    ("weak-draft", [("Rolls had no price.", "One. Two. Three. Four.")]),
    ("weak-draft", [("id: p-8, section: well", "id: p-8, section: impact")]),
    ("planted", [(LEFT_5, "")]),
    ("planted", [("kind: no-number", "kind: one-cause"), ("kind: starts-late", "kind: one-cause")]),
    ("tempting", [(", because: So it was", "")]),
    ("tempting", [("text: Many people left.\n", "text: Many people left.\n      because: Fine\n")]),
    ("mended", [("mended: 5 left.", "mended: Many people left.")]),
    ("twice", [("id: p-2", "id: p-1")]),
    ("truth-shown", [("Where would you stop?", "Is it so that the table was the cause?")]),
    ("choice", [("id: p-8, section: well", "id: p-8, section: wel")]),
    ("choice", [("kind: no-number", "kind: no-numbers")]),
    ("too-long", [("asks: How many people?", f"asks: {'How many? ' * 30}")]),
]  # fmt: skip


def faults(folder, *changes):
    path = folder / "friday-bakery.yaml"
    path.write_text(change(CHECKED, *changes), "utf-8")
    return library.check([path])


def test_a_sound_draft_breaks_no_rule(tmp_path):
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("rule", "changes"), BREAKS, ids=[f"{r} {n}" for n, (r, _) in enumerate(BREAKS)]
)
def test_a_draft_that_breaks_a_rule_is_told_where_and_what_would_be_right(tmp_path, rule, changes):
    [fault] = faults(tmp_path, *changes)

    assert (fault.rule, fault.weight) == (rule, rules()[rule].weight)
    assert fault.field.startswith("clinic.")
    assert fault.line > SOUND.count("\n")
    assert not fault.message.endswith(".")
    assert fault.fix.endswith((".", "?"))


def test_where_nearly_all_is_faulty_a_third_is_asked_for(tmp_path):
    fine = ("No money was lost.", "08:26 Shop 7 rings.", "The old table went back.")
    extra = [(f"text: {text}", f"text: {text}, {FAULT}") for text in fine]
    [fault] = faults(tmp_path, *extra)

    assert (fault.rule, fault.message) == ("tempting", "3 of 10 passages are fine")


def test_more_faults_than_marks_are_refused_and_break_nothing(tmp_path):
    more = [(f"text: {t}", f"text: {t}, {FAULT}") for t in ("Till trouble", "Rolls had no price.")]
    more += [
        (f"text: {t}", f"text: {t}, {FAULT}") for t in ("No money was lost.", "08:26 Shop 7 rings.")
    ]
    more += [("text: The old table went back.", f"text: The old table went back., {FAULT}")]

    said = {fault.rule: fault.message for fault in faults(tmp_path, *more)}

    assert said["planted"] == "9 passages have a fault"
