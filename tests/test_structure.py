"""What is asked about a draft for what it lacks, and where the rules keep still."""

import re

import pytest

from incident_training.language import owner, structure, times
from incident_training.language.structure import balance, count_factors, gaps, says_how_many

WHOLE = {
    "title": "The counts of a night were typed again",
    "owner": "The records lead",
    "summary": "Nobody could look up a packet for three hours. It was mended from a course copy.",
    "impact": "For 3 hours 23 minutes no packet could be looked up; nobody had asked.",
    "detection": "At 23:31 the archivist saw an empty list.",
    "timeline": "17:20 change: the records are copied by hand.\n"
    "23:27 log: the machine is emptied.\n"
    "23:31 chat: the list is empty.\n"
    "00:05 +1d chat: the course copy is found.",
    "factors": "Both machines look alike on the screen.\n"
    "The copying program was older than the records, so it ended after a few seconds.",
    "lucky": "Nothing.",
    "stopped": "Luck: the copy for the course.",
    "left": "Nothing stood behind it.",
    "worst": "A hundred years of counts would have been gone.",
    "noticed": "Somebody looked for a packet.",
}
BUILT = {
    "text": "Load last night's copy each morning",
    "known": "It rings when it is not whole.",
    "kind": "detect",
    "tier": "stronger",
    "backlog": "Records",
}
CAREFUL = {**BUILT, "text": "Look twice", "kind": "prevent", "tier": "weaker"}
PLAN = [BUILT, CAREFUL]


def asked(near_miss=True, plan=PLAN, **changed) -> list[str]:
    """Return the rules that ask about a whole draft with these sections changed."""
    return [gap.rule for gap in gaps({**WHOLE, **changed}, plan, near_miss)]


def plan(*rows) -> list[dict]:
    """Return candidates with these kinds and tiers."""
    return [{**BUILT, "kind": kind, "tier": tier} for kind, tier in rows]


# All rules


def test_a_whole_draft_is_asked_nothing():
    assert asked() == asked(near_miss=False) == []


def test_an_empty_draft_is_asked_for_what_is_missing_and_for_nothing_inside_it():
    assert [gap.rule for gap in gaps({}, [], True)] == [
        *("no-impact", "no-factors", "no-timeline", "no-stopped", "no-left", "no-worst"),
        *("no-noticed", "no-lucky", "no-actions", "no-summary", "no-owner"),
    ]


def test_what_stopped_it_is_asked_of_a_near_miss_only():
    only = {"no-stopped", "no-left", "no-worst", "no-noticed"}

    assert {gap.rule for gap in gaps({}, [], True)} - {g.rule for g in gaps({}, [], False)} == only


@pytest.mark.parametrize("text", ["", " \n ", "TBD", "- todo", "…", "To be written.", "- \n-\n"])
def test_what_is_only_promised_is_not_there(text):
    assert asked(summary=text) == ["no-summary"]


@pytest.mark.parametrize("text", ["Nothing", "None.", "n/a", "No"])
def test_that_there_was_no_luck_is_an_answer(text):
    assert asked(lucky=text) == []


@pytest.mark.parametrize("name", structure.rules())
def test_every_rule_asks_says_why_and_names_its_source(name):
    row = structure.rules()[name]

    assert "?" in row["question"] or "would show it" in row["question"]
    assert row["reason"].endswith(".")
    assert row["source"].endswith((".", "?"))
    assert not re.search(r"\b(?:must|should|always|never|please)\b", row["question"])


# Impact and factors


@pytest.mark.parametrize("text", ["Some customers were slow.", "Considerable.", "No idea yet."])
def test_an_impact_without_a_number_is_asked_how_many(text):
    assert asked(impact=text) == ["impact-numbers"]


@pytest.mark.parametrize("text", ["Nobody.", "About 40 people", "Half of the buses", "None was"])
def test_a_figure_a_word_for_one_or_nobody_is_a_number(text):
    assert says_how_many(text)
    assert asked(impact=text) == []


def test_one_factor_is_asked_for_another():
    assert asked(factors="The disk was full because nobody had counted.") == ["factors-one"]


def test_factors_are_lines_or_the_sentences_of_a_paragraph():
    assert count_factors("- One.\n\n* Two\n") == 2
    assert count_factors("One held. Two held, too.") == 2
    assert count_factors("") == 0


def test_factors_side_by_side_are_asked_how_one_led_to_another():
    assert asked(factors="A full disk.\nA quiet alert.") == ["factors-apart"]
    assert asked(factors="A full disk.\nIt was full, so the alert could not be written.") == []


def test_a_person_s_slip_is_no_second_factor():
    text = "The disk was full, which hid the alert.\nIt was human error."

    (gap,) = gaps({**WHOLE, "factors": text}, PLAN, True)

    assert gap.rule == "factors-person"
    assert "one factor is left" in gap.question
    assert asked(factors=f"{text}\nThe alert had been muted since May.") == []


# The timeline


@pytest.mark.parametrize(
    "text",
    [
        "09:10 log: a\n09:05 chat: b",
        "- 09:10 UTC log: a\n- 09:05 UTC chat: b",
        "2026-03-01 09:10 log: a\n2026-02-28 23:59 chat: b",
        "2026-03-01T09:10:00Z log: a\n2026-03-01T09:05:00Z chat: b",
        "| 09:10 | log: a |\n| 09:05 | chat: b |",
        "00:10 +1d log: a\n23:50 chat: b",
        "9:10 PM log: a\n9:05 PM chat: b",
    ],
)
def test_a_line_that_stands_after_a_later_one_is_named(text):
    (gap,) = gaps({**WHOLE, "timeline": text, "detection": ""}, PLAN, True)

    assert gap.rule == "timeline-order"
    assert re.search(r"9:05|23:5[09]", gap.question)


@pytest.mark.parametrize(
    "text",
    [
        "23:50 log: a\n00:10 +1d chat: b",
        "23:50 log: a\n00:10 chat: b",
        "17:30 log: a\n09:00 chat: the next morning",
        "2026-03-01 23:50 log: a\n2026-03-02 00:10 chat: b",
        "2026-03-01T09:10:00Z log: a\n2026-03-01 09:05 UTC chat: b",
        "11:50 PM log: a\n12:05 AM chat: b",
        "11:50 log: a\n12:05 chat: b\n1:10 chat: c",
        "Mar 1, 23:10 log: a\nMar 2, 22:05 chat: b",
        "09:10 log: a\nTuesday\n09:05 chat: b",
        "09:10 log: a\n### 2 March\n09:05 chat: b",
        "09:10 log: a\n09:10 chat: b",
        "09:10 log: a, as at 08:00 the day before\n09:15 chat: b",
        "2026-03-01 09:10 log: a\n2026-99-99 09:05 chat: b",
    ],
)
def test_where_the_order_is_not_sure_nothing_is_asked(text):
    assert asked(timeline=text, detection="") == []


def test_a_timeline_that_begins_where_it_was_noticed_is_asked_what_came_before():
    lines = WHOLE["timeline"].split("\n")

    assert asked(timeline="\n".join(lines[2:])) == ["timeline-start"]
    assert asked(timeline="\n".join(lines[1:])) == []


def test_without_a_time_of_detection_the_words_of_the_first_line_decide():
    assert asked(timeline="09:10 alert: the disk is full", detection="") == ["timeline-start"]
    assert asked(timeline="09:10 log: the alert is muted", detection="") == []


def test_a_time_of_detection_decides_whatever_the_first_line_says():
    assert asked(timeline="09:10 alert: the disk is full", detection="At 09:40, by phone.") == []


def test_a_time_of_detection_in_another_zone_decides_nothing():
    line = "23:31 UTC log: the list is empty"

    assert asked(timeline=line, detection="At 23:31.") == ["timeline-start"]
    assert asked(timeline=line, detection="At 23:31 UTC.") == ["timeline-start"]
    assert asked(timeline=line, detection="At 23:31 CET.") == []


def test_lines_that_nowhere_say_when_are_asked():
    assert asked(timeline="The disk filled.\nThe alert rang.", detection="") == ["timeline-times"]


@pytest.mark.parametrize(
    "text",
    [
        *("2017-02-19: it is found", "On 5 May it was found", "May 5th: it was found"),
        *("Friday: it is found", "0910 it is found", "5 minutes later it was found"),
    ],
)
def test_a_date_a_weekday_or_how_long_after_says_when(text):
    assert asked(timeline=text, detection="") == []


def test_a_zone_said_of_all_times_is_asked_about_too():
    (gap,) = gaps({**WHOLE, "timeline": "All times in CET\n09:10 log: a"}, PLAN, True)

    assert gap.rule == "timeline-zone"
    assert "“All times in CET”" in gap.question
    assert asked(timeline="Times are in both EDT and UTC\n09:10 log: a", detection="") == []
    assert asked(timeline="All times in UTC\n09:10 log: a", detection="") == []
    assert asked(timeline="09:10 chat: are these times in CET", detection="") == []


@pytest.mark.parametrize(
    "time", ["09:10 CET", "09:10 UTC+2", "09:10 PST", "2026-03-01T09:10+02:00"]
)
def test_a_zone_that_is_not_utc_is_named(time):
    (gap,) = gaps({**WHOLE, "timeline": f"{time} log: a", "detection": ""}, PLAN, True)

    assert gap.rule == "timeline-zone"
    assert time.split()[-1][-5:] in gap.question


@pytest.mark.parametrize("time", ["09:10", "09:10 UTC", "09:10Z", "09:10 +1d", "09:10+00:00"])
def test_utc_and_a_time_without_a_zone_are_not_asked_about(time):
    assert asked(timeline=f"{time} log: a", detection="") == []


def test_a_timeline_that_says_nowhere_how_one_can_look_it_up_is_asked_once():
    bare = "09:10 the disk fills\n09:20 the queue grows\n09:30 somebody looks"

    assert asked(timeline=bare, detection="") == ["timeline-sources"]
    assert asked(timeline=f"{bare} (the disk's graph)", detection="") == []
    assert asked(timeline=f"{bare}\n09:40 see https://example.org/1", detection="") == []


def test_what_stands_below_a_time_belongs_to_it():
    text = "### 09:10\n\nThe disk fills.\n\n### 09:20\n\nSee #12.\n\n### 09:30\n\nIt is over."

    assert asked(timeline=text, detection="") == []


def test_a_time_stands_at_a_line_s_begin():
    assert times.line("The ratio was 10:1") is None
    assert times.line("v1:10:30 was deployed") is None
    assert times.line(f"{'word ' * 20}09:10") is None
    assert times.line("- **09:10–09:20** the disk fills").said == "the disk fills"


# The owner


@pytest.mark.parametrize(
    "text", ["The team", "Platform team", "Everyone", "We", "SRE", "Payments team (all of it)"]
)
def test_a_group_is_asked_who_in_it(text):
    assert asked(owner=text) == ["owner-team"]


@pytest.mark.parametrize(
    "text",
    ["Ines and Yuki", "Ines / Yuki", "@ines, @yuki", "The records lead and the duty manager"],
)
def test_two_owners_are_asked_which(text):
    assert asked(owner=text) == ["owner-two"]


@pytest.mark.parametrize(
    "text",
    [
        *("Ines Ferreira", "Ines Ferreira, Records Lead", "Ines, platform team", "the on-call"),
        *("Lead of the platform team", "Head of research and development", "R&D lead"),
        *("Ana of the ferry team", "Health and Safety manager", "Trust and Safety", "José Å."),
    ],
)
def test_one_person_or_role_is_not_asked_about(text):
    assert not owner.is_group(text)
    assert not owner.is_several(text)


# The plan


def test_a_candidate_without_a_way_to_know_is_named():
    (gap,) = gaps(WHOLE, [BUILT, {**CAREFUL, "known": " "}], False)

    assert gap.rule == "known-missing"
    assert "“Look twice”" in gap.question


def test_a_plan_of_memory_and_care_is_asked_for_something_built():
    weak = plan(("prevent", "weaker"), ("detect", "weaker"))

    assert asked(plan=weak) == ["only-weaker"]
    assert asked(plan=[*weak, BUILT]) == []


def test_what_is_not_said_is_not_called_weak():
    unsaid = plan(("prevent", "weaker"), ("detect", ""))

    assert asked(plan=unsaid) == ["tier-unsaid"]
    assert asked(plan=[*unsaid, *plan(("detect", "intermediate"))]) == []


@pytest.mark.parametrize(
    ("kinds", "rule"),
    [
        (["prevent", "prevent"], "only-prevent"),
        (["detect"], "only-detect"),
        (["repair", "investigate"], "only-after"),
    ],
)
def test_a_plan_of_one_kind_is_asked_what_it_leaves_out(kinds, rule):
    one_kind = plan(*((kind, "stronger") for kind in kinds))

    assert asked(plan=one_kind) == [rule]
    assert asked(plan=[*one_kind, *plan(("mitigate", "stronger"))]) == []
    assert asked(plan=[*one_kind, *plan(("", "stronger"))]) == []


def test_a_candidate_without_a_text_is_none():
    assert asked(plan=[{**BUILT, "text": " "}]) == ["no-actions"]


def test_a_candidate_may_lack_everything_but_its_text():
    assert asked(plan=[{"text": "Look twice"}]) == ["tier-unsaid", "known-missing"]


def test_a_balance_is_told_in_words():
    assert balance(PLAN) == (
        "Two candidates: one prevents, one detects; one works if nobody remembers,"
        " one leans on memory and care."
    )
    assert balance(plan(("prevent", "weaker"))) == (
        "One candidate: it prevents; it leans on memory and care."
        " Nothing yet keeps it small once it has begun."
        " Nothing yet works if nobody remembers it."
    )


def test_a_balance_concludes_nothing_from_what_is_not_said():
    unsaid = balance(plan(("detect", "weaker"), ("", ""), ("detect", "weaker")))

    assert unsaid == (
        "Three candidates: two detect, of one it is not said;"
        " two lean on memory and care, of one it is not said."
    )
    assert balance([]) == balance([{"text": "Look twice"}]) == ""


# Any text at all


@pytest.mark.parametrize(
    "text",
    ["\ud800", "\x00", "9" * 5000, "and " * 3000, "(" * 3000, "09:10 " * 2000, "A" + " " * 9000],
)
def test_no_text_is_too_odd(text):
    found = gaps(dict.fromkeys(WHOLE, text), [dict.fromkeys(BUILT, text)], True)

    assert all(len(gap.question) < 400 for gap in found)
