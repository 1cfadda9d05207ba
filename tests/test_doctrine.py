import pytest

from incident_training.doctrine.facts import typed, vocabulary
from incident_training.doctrine.near_miss import Facts, chain, classify
from incident_training.doctrine.policy import policies, policy
from incident_training.doctrine.priority import LEVELS, priority
from incident_training.doctrine.rule import RuleError, parse


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"customer_hit": True, "unplanned": True}, True),
        ({"customer_hit": False}, False),
        ({"customer_hit": True}, None),
        ({}, None),
    ],
)
def test_what_nobody_has_said_is_unknown(facts, verdict):
    assert parse("unplanned and customer_hit").verdict(facts) is verdict


def test_one_known_fact_can_decide_an_or():
    rule = parse("teams >= 2 or minutes_unsolved >= 60")

    assert rule.verdict({"teams": 2}) is True
    assert rule.verdict({"teams": 1}) is None
    assert rule.verdict({"teams": 1, "minutes_unsolved": 59}) is False
    assert parse("not (unsure or security == 'actual')").verdict({"security": "actual"}) is False


@pytest.mark.parametrize(
    "text",
    [
        "custmer_hit",
        "__import__('os')",
        "customer_hit.x",
        "teams",
        "teams >= 'two'",
        "security == 'very'",
        "customer_hit == True",
        "1 if unsure else 2",
        "teams >= 2 >= 1",
        "unsure and",
        "",
    ],
)
def test_a_rule_holds_facts_and_nothing_else(text):
    with pytest.raises(RuleError):
        parse(text)


def test_facts_are_typed_by_their_kind():
    assert typed("customer_hit", "no") is False
    assert typed("teams", "2") == 2
    assert typed("security", "imminent") == "imminent"
    assert typed("worth_review", "unknown") is None  # taken back

    with pytest.raises(ValueError, match="yes, no or unknown"):
        typed("customer_hit", "maybe")
    with pytest.raises(ValueError, match="none, potential, imminent, actual, unknown"):
        typed("security", "yes")


def test_every_policy_says_what_it_asks_and_where_it_is_from():
    assert list(policies()) == ["learning", "customers", "coordination"]
    assert all(p.question.endswith("?") or "?" in p.question for p in policies().values())
    assert all(p.source for p in policies().values())
    with pytest.raises(ValueError, match="choose from learning, customers, coordination"):
        policy("severity")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(normal=True), "routine"),
        (Facts(False, False), "hazard"),
        (Facts(False, True, False, None, "luck"), "near miss"),
        (Facts(False, True, True, False), "no-harm incident"),
        (Facts(False, True, True, True), "incident"),
    ],
)
def test_the_class_follows_from_the_facts(facts, expected):
    assert classify(facts).class_ == expected


def test_the_chain_names_each_question_and_what_stopped_it():
    assert chain(Facts(False, True, False, None, "luck")) == (
        "Did something start? Yes.",
        "Did it get out? No.",
        "What stopped it? Luck: timing, load, coincidence.",
    )


def test_priority_is_the_seed_authors_matrix():
    rows = [[priority(severity, impact) for severity in LEVELS] for impact in LEVELS]

    assert rows == [[4, 4, 4, 4], [4, 3, 3, 2], [4, 3, 2, 1], [4, 2, 1, 1]]


def test_only_judgements_have_to_carry_a_reason():
    assert [kind.name for kind in vocabulary().values() if kind.judgement] == ["worth_review"]
