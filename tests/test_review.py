"""The review of a draft's language: what is asked about, where, and what is left alone."""

import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from itertools import permutations

import pytest
from serving import PATIENCE

from incident_training.language import TooLong, one_each, people, review, sections
from incident_training.language.review import MOST, Finding, rules
from incident_training.language.words import Words, said

BLAME = "The outage was human error."
ALL = tuple(rules().values())
PLAIN = re.compile(r"\\.|\[\^?\]?[^\]]*\]")  # what is escaped, or in a class
UNBOUNDED = re.compile(r"[*+]|\{\d+,\}")
HOME = files("incident_training.language")
FILES = sorted(HOME.joinpath("rules").iterdir(), key=str)
LISTS = [*FILES, *(HOME.joinpath(f"{name}.toml") for name in ("review", "people", "sections"))]
MUST = sorted({text for rule in ALL for text in rule.must})
NEVER = sorted({text for rule in ALL for text in rule.never})


def found(text: str, section: str | None = None) -> set[str]:
    return {finding.rule for finding in review(text, section)}


def kinds(findings) -> list[tuple[str, str]]:
    return sorted((finding.rule, finding.sentence) for finding in findings)


# The rules


@pytest.mark.parametrize(("name", "text"), [(r.id, text) for r in ALL for text in r.must])
def test_a_rule_finds_its_own_examples(name, text):
    assert name in found(text)


@pytest.mark.parametrize("text", NEVER)
def test_no_rule_finds_anything_in_what_is_said_to_be_silent(text):
    assert found(text) == set()


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_every_rule_has_a_reason_an_open_question_a_source_and_examples(rule):
    assert rule.outcome in ("flag", "ask")
    assert re.match(r"(?:What|How|Which|Who|Where|When|Is|If|Compared)\b", rule.question)
    assert rule.question.endswith("?")
    assert not rule.question.startswith("Why")
    assert rule.reason.endswith(".")
    assert rule.source.endswith(".")
    assert len(rule.must) >= 3
    assert len(rule.never) >= 3


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_the_sections_that_a_rule_names_are_sections(rule):
    assert rule.holds | rule.silent <= set(sections.names())


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_no_rule_repeats_without_a_bound(rule):
    """So each place of a text is tried in bounded work, and the whole grows with its length."""
    written = [p.pattern for p in (rule.words, rule.unless) if p]

    assert not [p for p in written if UNBOUNDED.search(PLAIN.sub("", p))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_list_of_words_is_used_and_what_is_in_it_stands_alone(file):
    table = tomllib.loads(file.read_text("utf-8"))
    lists = table.get("words", {})
    patterns = [row[part] for row in table.values() for part in ("words", "unless") if part in row]
    written = [one for some in patterns for one in ([some] if isinstance(some, str) else some)]
    written += [one for some in lists.values() for one in some]

    assert set(lists) <= set(re.findall(r"\{([a-z-]+)\}", " ".join(written)))
    for one in written:
        Words(one, lists).search(said(""))


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.name)
def test_no_line_of_what_the_review_knows_is_longer_than_one_reads(file):
    assert not [line for line in file.read_text("utf-8").splitlines() if len(line) > 180]


def test_what_is_warm_waits_for_no_rule():
    """In a program of its own: here other tests have long compiled them all."""
    told = subprocess.run(
        [sys.executable, "-c", WARM], capture_output=True, text=True, check=True, timeout=PATIENCE
    )

    assert told.stdout.split() == ["False", "True"]


WARM = """
from incident_training.language.review import rules, warm
ready = lambda: all("_compiled" in vars(rule.words) for rule in rules().values())
print(ready())
warm()
print(ready())
"""


def test_a_space_in_a_class_of_characters_is_a_space_and_no_more():
    words = Words("fault[^ .;]{1,9}Sam", {})

    assert words.search(said("fault,1,Sam"))
    assert not words.search(said("fault Sam"))


def test_case_matters_where_a_pattern_says_so_and_nowhere_else():
    assert Words("IT", {}).search(said("it rained"))
    assert not Words("(?-i:IT)", {}).search(said("it rained"))
    assert Words("(?-i:IT) team", {}).search(said("IT TEAM"))


def test_a_letter_whose_small_one_is_longer_moves_no_place():
    assert Words("error", {}).search(said("İİ ERROR")).span() == (3, 8)


def test_a_role_of_several_words_and_a_name_with_a_title_are_one_word_each_as_long():
    prose = "Dr. Osei and the night shift left."

    assert people.signed(prose) == "@r---sei and the &ight-shift left."


# A finding


def test_a_finding_lies_in_the_text_and_carries_its_rule():
    text = "🙂 It rained. The outage was human\nerror 🙂. It went on."
    (finding,) = review(text)
    rule = rules()[finding.rule]

    assert text[finding.start : finding.end] == "human\nerror"
    assert finding.sentence == "The outage was human error 🙂."
    assert (finding.family, finding.outcome) == ("mechanistic", "flag")
    assert (finding.question, finding.reason, finding.source) == (
        *(rule.question, rule.reason, rule.source),
    )
    assert finding.section == "other"


@pytest.mark.parametrize("text", MUST)
def test_the_place_of_a_finding_holds_words_of_its_sentence(text):
    for finding in review(f"🙂 é.\n\n{text}"):
        there = f"🙂 é.\n\n{text}"[finding.start : finding.end]

        assert there.strip()
        assert " ".join(there.split()) in finding.sentence


def test_a_finding_never_rewrites():
    assert set(Finding.__dataclass_fields__) == {
        *("rule", "family", "outcome", "start", "end", "section"),
        *("sentence", "question", "reason", "source"),
    }


def test_a_long_sentence_is_shown_around_its_words():
    (finding,) = review(f"{'then ' * 900}human error{' and' * 900}")

    assert "human error" in finding.sentence
    assert len(finding.sentence) < 600


def test_two_families_in_one_sentence_are_two_findings_and_one_family_is_one():
    findings = review("It was human error, human error, and it was sloppy.")

    assert sorted(finding.family for finding in findings) == ["mechanistic", "normative"]


# Where it is silent


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{BLAME}\n```",
        f"~~~ text\n{BLAME}\n~~~",
        f"A line.\n\n    {BLAME}\n",
        f"It logs `{BLAME}` here.",
        f"> {BLAME}\n",
        f"<!-- {BLAME}\n-->",
        f'A customer wrote "{BLAME}" to us.',
        f"A customer wrote “{BLAME}” to us.",
        f"A customer wrote 'it's all the team's fault: {BLAME}' to us.",
        "See [the page](https://example.org/human error).",
        f"## {BLAME}",
        "Was it human error?",
        f"## Alternatives considered\n\n{BLAME}",
        f"## Chat log\n\n{BLAME}",
        "",
        "   \n\n",
    ],
)
def test_code_quotations_comments_headings_questions_and_options_are_left_alone(text):
    assert found(text) == set()


def test_among_the_actions_a_question_is_a_plan_not_made_yet():
    assert found("# Actions\n\n- Something about noticing a full node?")
    assert not found("# Causes\n\nSomething about noticing a full node?")


def test_the_end_of_an_action_may_stand_a_sentence_on():
    assert found("# Actions\n\n- Document the rollover.")
    assert not found(
        "# Actions\n\n- Document the rollover. Done when the night shift has used it once."
    )
    assert not found("# Actions\n\n- Document the rollover. [The issue](https://example.org/7)")


@pytest.mark.parametrize("text", MUST)
@pytest.mark.parametrize("hidden", ["> {}", "<!-- {} -->", "```\n{}\n```"])
def test_a_quoted_a_commented_and_a_fenced_copy_is_silent(text, hidden):
    line = " ".join(text.split("\n\n")[-1].split())

    assert found(hidden.format(line), "factors") == set()


@pytest.mark.parametrize("text", ["1234 5678.", "🙂🙂 …?!", "---\n***\n", "10:02 – 10:04", "|||"])
@pytest.mark.parametrize("section", [None, *sections.names()])
def test_a_text_without_letters_holds_nothing(text, section):
    assert review(text, section) == ()


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("An attacker could have read any file.", "impact"),
        ("It could have been a lot worse.", "lucky"),
        ("The watchdog failed to fire because it measures the age of a file.", "detection"),
        ("Requests that should have been cached went to the origin.", "factors"),
        ("The page is lazy-loaded.", "factors"),
        ("Sam restarted the pods.", "timeline"),
        ("Nobody was hurt.", "impact"),
        ("Improve p99 of /login below 300 ms by 1 June.", "actions"),
        ("Improve the importer until a nightly run ends before six.", "actions"),
        ("“Operator error” is never a root cause.", "other"),
    ],
)
def test_systems_attackers_luck_plain_facts_and_bounded_actions_are_left_alone(text, section):
    assert found(text, section) == set()


def test_blaming_oneself_is_asked_about_and_never_flagged():
    findings = review("We failed to read the log. I was sloppy. It was my own fault.")

    assert len(findings) >= 3
    assert {finding.outcome for finding in findings} == {"ask"}


def test_who_is_the_subject_decides():
    assert found("The engineer failed to close the valve.") == {"nobody-thought"}
    assert found("The relay failed to close the valve.") == set()


# Sections


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Summary", "summary"),
        ("Executive summary", "summary"),
        ("1. Timeline (UTC)", "timeline"),
        ("Contributing factors: what we found", "factors"),
        ("Root cause", "factors"),
        ("What went well", "well"),
        ("What went wrong", "badly"),
        ("Where we got lucky", "lucky"),
        ("Action items", "actions"),
        ("Next steps", "actions"),
        ("How it made sense at the time", "sense"),
        ("Detection", "detection"),
        ("The history of valves", "other"),
    ],
)
def test_a_heading_opens_its_section(heading, name):
    assert sections.section((heading,)) == name


def test_the_innermost_known_heading_decides():
    assert sections.section(("Timeline", "14:55")) == "timeline"
    assert sections.section(("Lessons learned", "What went well")) == "well"
    assert sections.section(()) == "other"


def test_a_given_section_stands_whatever_the_headings_say():
    text = "## Timeline\n\nImprove monitoring."

    assert found(text) == set()
    assert found(text, "actions") == {"no-end"}


@pytest.mark.parametrize(
    "text",
    [
        "# Action items\n\n- Improve monitoring.",
        "Action items\n\n* [ ] Improve monitoring.",
        "**Action items**\n\n1. Improve monitoring.",
        "Actions\n=======\n\n| Improve monitoring. | Ada |\n|---|---|",
    ],
)
def test_an_action_is_found_however_its_section_is_written(text):
    assert "no-end" in found(text)


def test_the_order_of_paragraphs_does_not_matter():
    parts = ["It was human error.", "The rollout was sloppy.", "We failed to see it.", "It rained."]
    first = kinds(review("\n\n".join(parts)))

    assert len(first) >= 3
    assert all(kinds(review("\n\n".join(other))) == first for other in permutations(parts))


def test_what_is_found_does_not_hang_on_what_stands_around_it():
    alone = kinds(review(BLAME))
    amid = review(f"It rained for a day.\n\n{BLAME}\n\n```\ncode\n```\n\nIt stopped.")

    assert kinds(amid) == alone


# People


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Priya restarted it.", "@riya restarted it."),
        ("the on-call engineer", "the &n-call &ngineer"),
        ("@kim and the nurses", "@kim and the &urses"),
        ("the driver version 2", "the driver version 2"),
        ("api.owner and cert-manager", "api.owner and cert-manager"),
        ("Quillon forgot it.", "@uillon forgot it."),
        ("They forgot it.", "They forgot it."),
    ],
)
def test_names_and_roles_are_signed_in_place(said, told):
    assert people.signed(said) == told


# One for each sentence


CARELESS = "Human error: the night operator carelessly restarted the wrong node."


def test_a_sentence_is_asked_one_thing_and_what_nearly_all_would_ask_comes_first():
    many = review(CARELESS, "factors")

    [one] = one_each(many)

    assert len(many) > 1
    assert one == next(each for each in many if each.outcome == "flag")


def test_every_sentence_that_is_asked_about_keeps_a_question():
    many = review(f"{CARELESS} There was no runbook.\n\n{BLAME}", "factors")

    told = one_each(many)

    assert {one.sentence for one in told} == {one.sentence for one in many}
    assert [one.start for one in told] == sorted(one.start for one in told)


def test_it_does_not_hang_on_the_order_in_which_findings_come():
    many = review(CARELESS, "factors")[:4]

    assert len({one_each(order) for order in permutations(many)}) == 1
    assert one_each([]) == ()


# Bounds


def test_two_hundred_kilobytes_are_read_and_more_is_refused_with_what_to_do():
    assert found("a\n" * 90_000 + BLAME) == {"human-error"}

    with pytest.raises(TooLong, match="one section at a time"):
        review("é" * MOST)


def test_the_pattern_of_titles_has_bounds_too():
    assert not UNBOUNDED.search(PLAIN.sub("", sections.titles().pattern))
