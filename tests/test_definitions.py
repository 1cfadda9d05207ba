"""Who would call it an incident? Every definition held against every situation, by hand."""

import pytest

from incident_training import doctrine
from incident_training.doctrine.definitions import definitions, families, situations, verdicts
from incident_training.doctrine.facts import vocabulary

COLUMNS = """
checkout-down ci-down mirror-disk cert-six-hours drop-denied canary-rollback token-pushed
phish-reported slow-25-min backup-silent maintenance-ok failover-overrun typo odd-invoices
queue-absorbed export-misdirected flapping-alert autoscale gameday-find known-outage gameday-hits
shared-password
"""
SITUATIONS = COLUMNS.split()

# A row a definition, a column a situation, in the order above: y, or . for no. In the comment,
# what its source
# says, in our words, that decides the columns one could doubt.
WORKED = {
    # An opportunity to learn: not the mirror (made for it), the phish, the typo, the accepted
    # outage.
    "rantil": "yy.yyyy.yy.y.yyyy.y.yy",
    # Unplanned; interrupts, lowers quality, or a risk to security: the phish is one, the shared
    # password no event.
    "usual": "yy...yyyy..yyy.y...y..",
    # Customers are affected right now: builds are internal, a planned game day is not unplanned.
    "pagerduty": "y....y..y..yyy.....y..",
    # The same, and several teams together.
    "pagerduty-major": "y..........y.y........",
    # And whoever is not sure starts it: the phish.
    "pagerduty-trigger": "y......y...y.y........",
    # A second team, or customers can see it, or an hour without a solution; a game day gone wrong
    # is seen.
    "google": "y....yy.y..yyy.y...yy.",
    # Users saw it for some time; data; on call stepped in; found by hand though something had
    # failed.
    "google-postmortem": "yy......yy.yyy.y...yy.",
    # A service suffers and it is an emergency.
    "atlassian": "yy.........y.......yy.",
    # Not planned, away from planned work, urgent.
    "incident-io": "yy.y..y..y.y...y...y..",
    # Or may lead to; and a person has to act: the refused DROP asks nobody to.
    "gitlab": "yyyy..y..y.y...y..yyyy",
    # At first only what did do harm.
    "gitlab-first": "yy...y..y..yyy.....yy.",
    # Causes or may cause; an event, so not what merely stands there (backup, password).
    "itil-v2": "yyyyyyyyy..yyyyyy.yyy.",
    # Or a part that failed before anybody felt it: the mirror, the backup, the supplier.
    "itil-v3": "yyy..y..yy.yyyy....y..",
    # That clause has gone.
    "itil-4": "yy...y..y..yyy.....y..",
    # Violated or about to be: the token, the misdirected export, the shared password; the phish
    # only might.
    "nist": "......y........y.....y",
    # Or potentially: the phish; and unexpected downtime.
    "gsa": "yy...yyyy..yyy.y...y.y",
    # Events only, and likely to do harm.
    "iso-27035": "......y........y......",
    # Over five minutes or five complaints (a minute's canary is neither); or a suspicion nobody
    # can rule out.
    "sourcegraph": "yy....yyy..y.y.y...y.y",
    # It reached the patient, harm or not.
    "ahrq": "y....y..y..yyy.y...yy.",
    # Could have hurt and did not; the internal builds did no customer harm but were disrupted,
    # and threatened nothing.
    "hse": "..yyy.yy.y....y.y.y..y",
}


def test_the_table_names_every_definition_and_situation():
    assert [*WORKED] == [*definitions()]
    assert [*situations()] == SITUATIONS


@pytest.mark.parametrize("name", WORKED)
def test_a_definition_says_what_its_source_says(name):
    said = {"y": True, ".": False}
    expected = dict(zip(SITUATIONS, map(said.get, WORKED[name]), strict=True))

    assert {key: verdicts(one.facts)[name] for key, one in situations().items()} == expected


def test_announced_work_that_goes_to_plan_is_nobodys_incident():
    planned = situations()["maintenance-ok"].facts

    assert not any(doctrine.verdicts(planned).values())
    assert not any(doctrine.verdicts(situations()["autoscale"].facts).values())


def test_what_nobody_has_said_leaves_a_definition_open():
    assert set(doctrine.verdicts({}).values()) == {None}

    found = doctrine.verdicts({"unplanned": True, "disrupted": True})

    assert found["itil-4"] is True
    assert found["pagerduty"] is None
    assert doctrine.verdicts({"unplanned": False})["pagerduty"] is False


def test_each_definition_has_a_family_a_sentence_a_year_and_a_source():
    assert len(definitions()) >= 18
    for one in definitions().values():
        assert one.source
        assert one.says.endswith(".")
        assert 1990 < one.year < 2027
        assert one.url is None or one.url.startswith("https://")
    assert {one.family.name for one in definitions().values()} == set(families())


def test_near_misses_fell_out_of_one_standard_and_came_into_one_handbook():
    near = [situations()[n].facts for n in ("drop-denied", "cert-six-hours", "flapping-alert")]
    counts = {
        name: sum(verdicts(facts)[name] is True for facts in near)
        for name in ("itil-v2", "itil-4", "gitlab-first", "gitlab")
    }

    assert counts == {"itil-v2": 3, "itil-4": 0, "gitlab-first": 0, "gitlab": 1}


def test_a_situation_states_every_fact_a_definition_reads():
    for one in situations().values():
        assert set(vocabulary()) - set(one.facts) == {"already_declared"}
        assert None not in doctrine.verdicts(one.facts).values()
