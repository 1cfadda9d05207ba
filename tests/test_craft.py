"""Rules of craft: each has a story that breaks it and nothing else, a reason and a source."""

import ast
import json
from pathlib import Path

import pytest
from stories import SOUND, change, judged, shop
from test_clinic import BREAKS as OF_A_CLINIC

from incident_training import library
from incident_training.library import rules
from incident_training.library.craft import deck_faults
from incident_training.library.deck import Deck
from incident_training.library.read import read

LONG = "word " * 60
HERRING = "    misleads: The till is old and slow.\n    refuted_by: table\n"
KNOWN = "    facts: {could_disrupt: no}\n"
SHOWN = "Show gaps to the price office, seen_at: chat-0818"
OFF_THE_WAY = "Change it, strengthens: bulb"
TOLD = f"{HERRING}    facts:\n      needs_human: no\n"
FACTS_0800 = "worth_review: {value: no, because: Planned and announced}\n      customer_hit: no\n"
AT_ONCE = (
    "worth_review: {value: yes, because: Now}\n      customer_hit: yes\n      unplanned: yes\n"
    "      disrupted: yes\n      teams: 2\n"
)
STEPS = "change-0800, choice: watch}\n    - {after: chat-0818, choice: watch}\n    - {after: "
REVIEW_0826 = "      worth_review: {value: yes, because: Two shops see the same gap}\n"
LAST = SOUND[SOUND.index("  - id: chat-0840") : SOUND.index("evidence:")]
LUCKY = "facts: {started: yes, reached: no, stopped_by: luck}"
WAITS = "      facts: {started: no}\n"
VAN = "Your van is due for its yearly check in March, said the garage, and sent its regards."
WORKS = "strengthens: preview, because: It stands by itself"
NOTED = "  noticed: call-0826\n"
BEFORE = "  before:\n    - [07:50, '{}']\n" + NOTED
HURT = "      disrupted: yes\n      customer_hit: yes\n"
DISRUPTED, HIT = HURT.splitlines(keepends=True)
NEEDS = "      needs_human: no\n"
COULD = "      could_disrupt: yes\n"
ONE = [(HURT, DISRUPTED), (NEEDS, NEEDS + HIT)]
LATER = [(HURT, f"{DISRUPTED}      customer_hit: no\n"), (NEEDS, NEEDS + HIT)]
SOONER = [
    (NEEDS, f"{NEEDS}{HIT}      disrupted: no\n"),
    (HURT, DISRUPTED),
]
BOTH = [(HURT, ""), (NEEDS, NEEDS + DISRUPTED), (COULD, COULD + HIT)]
HAPPENED = "facts: {started: yes, reached: yes, harm: yes}"
BLOCK = [("text: Ovens", f"{HAPPENED}, text: Ovens"), (f"      {LUCKY}\n", "")]
WEIGHED = "      worst: major\n      left: none\n"
WITHOUT = SOUND[SOUND.index("      without: ") : SOUND.index("    - {id: line-0930")]
NEARLY = "It almost went further. Cakes"
CAUGHT = [
    (WAITS, f"      {LUCKY.replace('luck', 'catch')}\n      without: It tips.\n{WEIGHED}"),
    ("because: It waits for its day", "because: It almost tipped"),
]
NO_HARM = f"      {LUCKY}\n".replace("no, stopped_by: luck", "yes, harm: no")
MORE = SOUND[SOUND.index("    - {id: line-0830") : SOUND.index("    - id: line-0905")]
COUNTED = SOUND[SOUND.index("    - {id: line-0930") : SOUND.index("postmortem:")]

BREAKS = [
    ("long-inject", [("is on all tills.", LONG)]),
    ("long-inject", [("The row for rolls", LONG)]),
    ("herring-stays", [("    refuted_by: table\n", "")]),
    ("herring-stays", [("    misleads: The till is old and slow.\n", "")]),
    ("herring-stays", [("refuted_by: table", "refuted_by: tabel")]),
    ("herring-stays", [("refuted_by: table", "refuted_by: notice")]),
    ("herring-stays", [("refuted_by: table", "refuted_by: chat-0840")]),
    ("herrings", [("shop 4\n", f"shop 4\n{HERRING}")]),
    ("truth-shown", [("Who else can see it?", "Had by noon every shop had rolls?")]),
    ("truth-shown", [("You look", "Believe the SECOND person, who sees the same! You look")]),
    ("truth-shown", [("Rolls have a price again", "By noon every shop had rolls")]),
    ("truth-shown", [("What the till maker wrote", "What cakes stood next in that table")]),
    ("truth-shown", [("from 1 to 9", "from 1 to 9, as by noon every shop had rolls")]),
    ("truth-shown", [
        ("came late\n    - from: gap", "came so very late on Friday\n    - from: gap"),
        (NOTED, BEFORE.format("The cakes came so very late")),
    ]),
    ("truth-shown", [("Ovens lit.", "At noon every shop had rolls at a price again.")]),
    ("truth-shown", [("Ovens lit.", "A second row would have been without its number.")]),
    ("says-its-class", [("The cakes came late today", "Luckily the cakes came late")]),
    ("hint-tells", [("Who else can see it?", "Ask who else can see it.")]),
    ("says-its-class", [("label: The new table", "label: The near miss with the table")]),
    ("idle-evidence", [(TOLD, "")]),
    ("idle-evidence", [(TOLD, KNOWN), ("could_disrupt: yes", "teams: 1")]),
    ("nothing-to-decide", [(FACTS_0800, AT_ONCE), (STEPS + "call-0826", "change-0800")]),
    ("at-the-last", [(LAST, "")]),
    (
        "unknowable",
        [
            (REVIEW_0826, ""),
            ("      could_disrupt: yes\n", REVIEW_0826),
            ("chat-0818, choice: watch", "chat-0818, open: table"),
            ("after: call-0826", "after: chat-0818"),
        ],
    ),
    ("unknowable", ONE),
    ("unknowable", LATER),
    ("unknowable", SOONER),
    ("unknowable", BOTH),
    ("notable-place", BLOCK),
    ("notable-place", [("text: Tills c", "facts: {started: no}, text: Tills c"), (WAITS, "")]),
    ("notable-length", [(VAN, "The van is due.")]),
    ("notable-length", [
        ("The flour scale reads 0.2 kg with nothing on it.", "0.2 kg."),
        ("The cakes came late today, so nobody had keyed them in at eight.", "Late."),
    ]),
    ("short-log", [(COUNTED, "")]),
    ("two-days", [("title: Friday", "title: Tuesday")]),
    ("one-class", CAUGHT),
    ("not-played-on", [(WITHOUT, "")]),
    ("not-played-on", [(WITHOUT, ""), ("stopped_by: luck", "stopped_by: catch")]),
    ("not-weighed", [("      worst: major\n", "")]),
    ("not-weighed", [("      left: none\n", "")]),
    ("not-weighed", [(WEIGHED, "")]),
    ("not-weighed", [(WEIGHED, ""), (f"      {LUCKY}\n", NO_HARM)]),
    ("well-caught", [(NEARLY, "Well caught. Cakes")]),
    ("strawman", [("A till with a gap asks for help", "Ignore the gap")]),
    ("strawman", [(SHOWN, OFF_THE_WAY)]),
    ("strawman", [(SHOWN, "Hang a lamp, adds: [gap, lamp]")]),
    ("names-a-person", [
        ("channel: mail\n    minutes", "channel: mail\n    from: Ana Sol, maker\n    minutes"),
        ("A table could go out", "Ana Sol's table went out"),
    ]),
    ("names-a-person", [("A table could go out", "Mira's table went out")]),
    ("exemplar-flagged", [("A table could go out with a blank in it.", "It was human error.")]),
    ("long-reason", [("because: One row", f"because: One row {LONG}")]),
    ("explained", [("policy: ", "explained: {long-inject: It is read aloud}\npolicy: ")]),
    ("explained", [("policy: ", "explained: {lnog-inject: It is read aloud}\npolicy: ")]),
    ("explained", [("policy: ", "explained: {backwards: It is read aloud}\npolicy: ")]),
    ("gives-away", [("Friday, the bakery", "Friday, the near miss")]),
    ("missing", [("    alt: The queue grows from 1 to 9\n", "")]),
    ("missing", [(", changed: The names", "")]),
    ("backwards", [("at: 08:18", "at: 07:18")]),
    ("unreachable", [("harm: dark", "harm: apart"), ("    dark: ", "    apart: It\n    dark: ")]),
    ("no-fix-works", [(WORKS, "because: It stands by itself")]),
    ("no-fix-fails", [("adds: [gap, dark], ", "")]),
]  # fmt: skip
NAMES = [f"{rule} {number}" for number, (rule, _) in enumerate(BREAKS)]
OF_A_STORY = {rule for rule, _ in BREAKS}


def faults(folder: Path, *changes: tuple[str, str]):
    path = folder / "friday-bakery.yaml"
    path.write_text(change(SOUND, *changes), "utf-8")
    return library.check([path])


def test_the_sound_story_breaks_no_rule(tmp_path):
    assert faults(tmp_path) == []


@pytest.mark.parametrize(("rule", "changes"), BREAKS, ids=NAMES)
def test_a_story_that_breaks_one_rule_breaks_only_that_one(tmp_path, rule, changes):
    [fault] = faults(tmp_path, *changes)

    assert (fault.rule, fault.weight) == (rule, rules()[rule].weight)
    assert fault.field
    assert not fault.message.endswith(".")
    assert fault.fix.endswith((".", "?"))


def words(count):
    return " ".join(f"word{number}" for number in range(count))


def clues(count):
    """The changes that leave so many clues of five beside the one herring."""
    facts = ("      teams: 2\n", COULD, f"      {FACTS_0800}      could_disrupt: no\n")
    return [(f"    facts:\n{one}", "") for one in facts[: 5 - count]]


EDGES = [
    ("long-inject", [("The new price table is on all tills.", words(50))], False),
    ("long-inject", [("The new price table is on all tills.", words(51))], True),
    ("long-reason", [("because: One row", f"because: {words(60)}")], False),
    ("long-reason", [("because: One row", f"because: {words(61)}")], True),
    ("herrings", clues(3), False),
    ("herrings", clues(2), True),
    ("herring-stays", [("refuted_by: table", "refuted_by: call-0826")], False),
    ("truth-shown", [("Who else can see it?", "Had by noon every shop had?")], False),
    ("notable-length", [(VAN, "n" * 48)], False),
    ("notable-length", [(VAN, "n" * 47)], True),
    ("short-log", [*BLOCK, (MORE, ""), (COUNTED, "")], True),
    ("one-class", [(WAITS, "")], False),
    ("not-played-on", [(WITHOUT, ""), ("stopped_by: luck", "stopped_by: engineered")], False),
    ("not-weighed", [(WEIGHED, ""), ("no, stopped_by: luck", "yes, harm: yes")], False),
    ("well-caught", [(NEARLY, "A day sooner it would have been more. Cakes")], False),
    ("well-caught", [(NEARLY, "Cakes"), ("no, stopped_by: luck", "yes, harm: yes")], False),
    ("strawman", [("A till with a gap asks for help", "Restart a till after a panic")], False),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changes", "broken"), EDGES)
def test_a_rule_holds_up_to_its_edge_and_no_further(tmp_path, rule, changes, broken):
    assert [fault.rule for fault in faults(tmp_path, *changes)] == ([rule] if broken else [])


@pytest.mark.parametrize(
    "sender", ["shop 4, by phone", "Shop 4, by phone", "the Estates, north", "Storage", ", shop 4"]
)
def test_an_office_is_no_person_and_may_be_in_a_factor(tmp_path, sender):
    name = sender.split(",")[0]
    changes = [("Mira, shop 4", f"'{sender}'"), ("A table could", f"What {name} sent could")]

    assert faults(tmp_path, *changes) == []


def refuted(by):
    """The change by which the table, which refutes the notice, is a red herring itself."""
    facts = f"    facts:\n{COULD}"
    return (facts, f"    misleads: Old news\n    refuted_by: {by}\n{facts}")


def test_red_herrings_that_refute_each_other_stay(tmp_path):
    beside = ("from: shop 7\n", "from: shop 7\n    misleads: A rush\n    refuted_by: notice\n")
    found = faults(tmp_path, refuted("notice"), beside)
    found = [fault for fault in found if fault.rule == "herring-stays"]

    assert [fault.field for fault in found] == ["evidence.0.refuted_by", "evidence.1.refuted_by"]
    assert found[0].message == "in the end this is refuted by itself"


def test_a_red_herring_may_be_refuted_by_one_that_is_refuted_itself(tmp_path):
    found = faults(tmp_path, refuted("call-0826"))

    assert [fault.rule for fault in found] == ["herrings"]


def test_what_only_evidence_can_tell_is_named_piece_by_piece_or_together(tmp_path):
    [one] = faults(tmp_path, *ONE)
    [both] = faults(tmp_path, *BOTH)

    assert one.message == "only who opens notice can know that customers says: declare"
    assert both.message == "only who opens table and notice can know that customers says: declare"


@pytest.mark.parametrize("how", ["left out", "said twice"])
def test_whatever_is_missing_or_repeated_check_says_so_and_never_breaks(tmp_path, how):
    path = tmp_path / "friday-bakery.yaml"
    lines = SOUND.splitlines(keepends=True)
    for number, line in enumerate(lines):
        instead = [] if how == "left out" else [line, line]
        path.write_text("".join([*lines[:number], *instead, *lines[number + 1 :]]), "utf-8")

        for fault in library.check([path]):
            assert fault.message


def test_every_rule_of_craft_has_a_story_or_a_deck_that_breaks_it():
    craft = {rule for rule, file in carried().items() if "craft" in file.parts}

    broken = OF_A_STORY | set(DECKS) | {rule for rule, _ in OF_A_CLINIC}
    assert craft == broken & craft


def test_a_fault_of_craft_names_its_place(tmp_path):
    changes = [("is on all tills.", LONG)]
    [fault] = faults(tmp_path, *changes)

    assert fault.field == "injects.0.text"
    assert change(SOUND, *changes).split("\n")[fault.line - 1].startswith("    text: The new price")
    assert fault.message == "is 64 words long; at most 50 are read under pressure"


def test_evidence_that_misleads_or_refutes_needs_no_fact(tmp_path):
    told = (
        ("    facts:\n      could_disrupt: yes\n", ""),
        ("    facts:\n      needs_human: no\n", ""),
    )

    assert faults(tmp_path, *told) == []


def test_a_first_inject_may_settle_one_policy_while_others_are_open(tmp_path):
    at_once = (
        "worth_review: {value: no, because: Planned and announced}",
        "worth_review: {value: yes, because: Now}",
    )

    assert faults(tmp_path, at_once, (STEPS + "call-0826", "change-0800")) == []


def test_an_explained_error_is_still_there(tmp_path):
    explained = ("policy: ", "explained: {names-a-person: She is a hero}\npolicy: ")
    found = faults(tmp_path, explained, ("A table could go out", "Mira's table went out"))

    assert sorted(fault.rule for fault in found) == ["explained", "names-a-person"]


def test_an_explained_warning_is_silent_and_every_other_is_not(tmp_path):
    explained = ("policy: ", "explained: {long-inject: It is read aloud}\npolicy: ")
    twice = [("is on all tills.", LONG), ("The row for rolls", LONG)]

    assert faults(tmp_path, explained, *twice) == []
    assert [f.rule for f in faults(tmp_path, explained, *twice, (VAN, "A van."))] == [
        "notable-length"
    ]


def test_what_cannot_be_explained_is_named(tmp_path):
    def said(rule):
        [fault] = faults(tmp_path, ("policy: ", f"explained: {{{rule}: So it is}}\npolicy: "))
        return f"{fault.message}. {fault.fix}"

    assert said("lnog-inject") == (
        "there is no rule 'lnog-inject' to explain. Did you mean long-inject?"
    )
    assert "an error cannot be explained away" in said("exemplar")
    assert "does not apply here" in said("herrings")


def test_warnings_are_told_apart_and_keep_nothing_from_being_shipped(tmp_path, capsys):
    faults(tmp_path, (VAN, "A van."), ("because: One row", f"because: One row {LONG}"))

    status = library.say_check([str(tmp_path)])

    said = capsys.readouterr().out.splitlines()
    assert status == 0
    assert said[0].startswith("2 warnings, ")
    assert [one.split()[-1] for one in said[1:3]] == [
        "(long-reason)",
        "(notable-length)",
    ]  # by line
    assert said[-1].startswith("1 scenario, 3 exercises")


def test_errors_come_before_warnings_each_with_their_count(tmp_path, capsys):
    faults(tmp_path, (VAN, "A van."), ("A table could go out", "Mira's table went out"))

    status = library.say_check([str(tmp_path)])

    said = capsys.readouterr().out.splitlines()
    assert status == 1
    assert said[0] == "1 error:"
    assert "names a person, 'Mira'" in said[1]
    assert said[2].startswith("1 warning, ")
    assert said[-1] == "1 error in 1 of 1 scenario."


def test_json_gives_the_weight_of_each_fault(tmp_path, capsys):
    faults(tmp_path, (VAN, "A van."))

    assert library.say_check([str(tmp_path)], as_json=True) == 0
    [fault] = json.loads(capsys.readouterr().out)
    assert (fault["rule"], fault["weight"]) == ("notable-length", "warning")


def card(name, worth_review, who, level):
    """A shop's shift of that name: a yes or a no under the policy learning."""
    injects = [dict(one) for one in shop().model_dump(mode="json", by_alias=True)["injects"]]
    injects[2]["facts"]["worth_review"] = {"value": worth_review, "because": "so"}
    part = shop().asks("declaration").model_dump(mode="json")
    part |= {"who": judged(who), "severity": judged(level), "impact": judged(level)}
    return shop(id=name, injects=injects, declaration=part)


CARDS = {
    "monday": card("monday", "yes", "team", "low"),
    "tuesday": card("tuesday", "no", "log", "none"),
    "friday": card("friday", "yes", "oncall", "medium"),
    "sunday": card("sunday", "no", "log", "none"),
}
LOUD = {f"loud-{n}": card(f"loud-{n}", "yes", who, "low") for n, who in enumerate(
    ("team", "oncall", "team", "oncall"))}  # fmt: skip
CALM = {f"calm-{n}": card(f"calm-{n}", "no", "team", "none") for n in range(4)}
ALL = CARDS | LOUD | CALM | {"hunt": shop(id="hunt", declaration=None)}
DECK = """\
title: Four shifts
lead: Two before, two after.
policy: learning
before: [monday, tuesday]
after: [friday, sunday]
"""
DECKS = {
    "base-rate": [("sunday", "loud-1")],
    "same-call": [("tuesday", "calm-0"), ("friday", "loud-0"), ("sunday", "calm-1")],
    "uneven-forms": [("friday, sunday", "friday, sunday, calm-0, loud-3")],
    "unplayable": [("tuesday", "hunt")],
    "unknown-scenario": [("tuesday", "tuseday")],
    "twice": [("sunday", "tuesday")],
    "empty": [("[monday, tuesday]", "[]")],
    "unknown-policy": [("learning", "lerning")],
    "explained": [("lead:", "explained: {same-call: All are new}\nlead:")],
}  # fmt: skip


def deck_says(*changes):
    root, said = read("decks/four.yaml", change(DECK, *changes).encode())
    assert said == []
    return [*deck_faults(Deck.model_validate(root.plain() | {"id": "four"}), root, ALL)]


def test_the_sound_deck_breaks_no_rule():
    assert deck_says() == []


@pytest.mark.parametrize("rule", DECKS)
def test_a_deck_that_breaks_one_rule_breaks_only_that_one(rule):
    assert [(f.rule, f.weight) for f in deck_says(*DECKS[rule])] == [(rule, rules()[rule].weight)]


@pytest.mark.parametrize(
    ("count", "fine"),
    [(1, {0, 1}), (2, {1}), (3, {1, 2}), (4, {2}), (5, {2, 3}), (6, {3}), (10, {4, 5, 6})],
)
def test_forty_to_sixty_percent_of_a_deck_are_a_no(count, fine):
    yes, no = CARDS["monday"], CARDS["tuesday"]
    for noes in range(count + 1):
        cards = {f"c{n}": (no if n < noes else yes) for n in range(count)}
        deck = Deck(title="A", lead="B", before=tuple(cards))
        root, _ = read("decks/a.yaml", f"title: A\nbefore: [{', '.join(cards)}]".encode())
        said = {fault.rule for fault in deck_faults(deck, root, cards)}

        assert ("base-rate" not in said) == (noes in fine), noes


def test_forms_that_are_compared_ask_alike():
    [fault] = deck_says(
        ("[monday, tuesday]", "[monday, friday]"), ("[friday, sunday]", "[tuesday, sunday]")
    )

    assert (fault.rule, fault.field) == ("uneven-forms", "after")
    assert fault.message == "0 shifts are a no before and 2 after, under learning"


def drill(place, who, severity, impact):
    """A shift that is worth a review from inject `place[0]` on, of `place[1]` injects."""
    at, of = place
    injects = [
        {"id": f"n{n}", "at": f"09:{n:02}", "channel": "log", "text": "A"} for n in range(1, of + 1)
    ]
    injects[at - 1]["facts"] = {"worth_review": {"value": "yes", "because": "so"}}
    part = shop().asks("declaration").model_dump(mode="json")
    part |= {"who": judged(who), "severity": judged(severity), "impact": judged(impact)}
    return shop(id=f"n{at}-of-{of}", injects=injects, declaration=part)


def habits(*drills):
    """What one could answer from habit in a deck of these."""
    cards = {f"c{number}": one for number, one in enumerate(drills)}
    root, _ = read("decks/a.yaml", f"title: A\nbefore: [{', '.join(cards)}]".encode())
    deck = Deck(title="A", lead="B", before=tuple(cards))
    found = [fault for fault in deck_faults(deck, root, cards) if fault.rule == "same-call"]
    return [fault.message.partition("(")[2].rstrip(")") for fault in found]


MIXED = {
    "place": [(2, 5), (3, 9), (4, 5), (5, 7)],
    "who": ["log", "oncall", "team", "everyone"],
    "severity": ["none", "low", "medium", "high"],
    "impact": ["none", "low", "medium", "high"],
}
SAME = {
    "declared at inject number: 3": {"place": [(3, 5), (3, 9), (3, 4), (5, 7)]},
    "counted from the last inject, declared at: 4": {"place": [(2, 5), (3, 6), (4, 7), (6, 7)]},
    "who needs to know: team": {"who": ["team", "team", "team", "log"]},
    "severity: low": {"severity": ["low", "low", "low", "none"]},
    "impact: high": {"impact": ["high", "high", "high", "low"]},
}


def row(changed):
    return [drill(*asked) for asked in zip(*(MIXED | changed).values(), strict=True)]


@pytest.mark.parametrize("what", SAME)
def test_what_habit_would_answer_is_said(what):
    assert habits(*row({})) == []
    assert habits(*row(SAME[what])) == [what]


def test_two_thirds_alike_are_not_yet_a_habit():
    team = row({"who": ["team"] * 4})
    rest = [drill((6, 8), "log", "none", "low"), drill((7, 7), "oncall", "low", "none")]

    assert habits(*team, *rest) == []


def test_a_deck_of_hunts_is_not_counted_by_when_to_declare():
    root, _ = read("decks/a.yaml", b"title: A\nbefore: [loud-0, loud-1, loud-2, loud-3]")
    deck = Deck(title="A", lead="B", kind="near_miss", before=tuple(LOUD))

    assert [*deck_faults(deck, root, LOUD)] == []


def test_a_deck_s_warning_can_be_explained():
    explained = ("lead:", "explained: {uneven-forms: The second is longer}\nlead:")

    assert deck_says(explained, *DECKS["uneven-forms"]) == []


def test_rules_are_said_with_their_reason_and_source(capsys):
    assert library.say_rules(as_json=False) == 0
    said = capsys.readouterr().out
    for rule in rules().values():
        assert f"  {rule.asks}\n  Why: {rule.why}\n  Source: {rule.source}\n" in said
    assert "\nlong-inject, a warning\n" in f"\n{said}"

    assert library.say_rules(as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert [rule["id"] for rule in told] == [*rules()]
    assert {*told[0]} == {"id", "weight", "asks", "why", "source"}


def test_every_rule_is_a_sentence_and_a_reason():
    for rule in rules().values():
        assert rule.weight in ("error", "warning")
        for text in (rule.asks, rule.why):
            assert text.endswith((".", "…")), rule.id
        assert rule.source


def test_rules_toml_and_the_code_name_the_same_rules():
    assert set(carried()) == set(rules())


LIBRARY = Path(library.__file__).parent
GIVES = {"Said": 0, "Reason": 1}  # tuples that hold a rule, at that place
HANDED_ON = {"rule", "f'unknown-{what}'", "*twice", "*said"}  # found where it is handed over


def carried() -> dict[str, Path]:
    """Every rule id that a fault of a scenario or deck can carry, from the code, with its file."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in LIBRARY.rglob("*.py")}
    shared = {"Fault": 3, "unknown": 2}
    for tree in trees.values():
        shared |= {name: at for name, at in takers(tree).items() if not name.startswith("_")}
    found: dict[str, Path] = {}
    for path, tree in trees.items():
        takes = shared | takers(tree)
        for node in ast.walk(tree):
            found |= dict.fromkeys([*_handed(node, takes), *_given(node)], path)
    return found


def takers(tree: ast.Module) -> dict[str, int]:
    """The functions that are handed a rule, and at which place of a call."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [one.arg for one in node.args.args if one.arg != "self"]
            found |= {node.name: names.index("rule")} if "rule" in names else {}
    return found


def _handed(node: ast.AST, takes: dict[str, int]):
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in takes and len(node.args) > takes[name]:
            before = "unknown-" if name == "unknown" else ""
            yield from (f"{before}{rule}" for rule in _constant(node.args[takes[name]]))


def _given(node: ast.AST):
    if not isinstance(node, ast.FunctionDef) or not node.returns:
        return
    for name in ast.unparse(node.returns).split(" | "):
        for inner in ast.walk(node) if name in GIVES else ():
            if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Tuple):
                yield from _constant(inner.value.elts[GIVES[name]])


def _constant(node: ast.expr):
    if isinstance(node, ast.Constant):
        yield node.value
    else:
        assert ast.unparse(node) in HANDED_ON, f"which rule is {ast.unparse(node)}?"
