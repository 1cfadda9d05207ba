"""The hunt and the draft, on a small story worked by hand."""

import pytest
from stories import shop

from incident_training.kinds.base import NotAllowed, exemplar
from incident_training.kinds.near_miss import NearMiss
from incident_training.kinds.postmortem import Postmortem

LUCK = {"started": "yes", "reached": "no", "stopped_by": "luck"}
WAITS = {"started": "no", "clock": "no"}
DRAFT = {
    "impact": "43 customers paid twice",
    "timeline": "",
    "factors": "The export moved\nThe cap is per job",
    "lucky": "The sale ended",
}


@pytest.fixture
def hunt():
    return NearMiss(scenario=shop())


@pytest.fixture
def draft():
    return Postmortem(scenario=shop())


def flagged(hunt, *steps):
    response = hunt.untouched
    for step in steps:
        response = hunt.take(response, step)
    return response


def test_luck_named_as_luck_earns_everything(hunt):
    response = flagged(hunt, {"flags": ["ended"]}, LUCK)

    assert hunt.stage(response) == "done"
    assert hunt.assess(response).score == 1.0
    assert response == exemplar(hunt)


def test_luck_taken_for_skill_is_said_with_the_reason(hunt):
    response = flagged(hunt, {"flags": ["ended"]}, LUCK | {"stopped_by": "engineered"})

    feedback = hunt.assess(response)
    assert feedback.verdict.endswith("; at 09:25 you credited something built, it was luck.")
    assert feedback.score == 0.75  # flag, started and reached agree; what stopped it does not


def test_a_missed_line_is_told_as_almost_happened(hunt):
    feedback = hunt.assess(flagged(hunt, {"flags": []}))

    assert feedback.score == 0.0
    assert feedback.reason == "You passed 09:25 as routine."
    assert feedback.remarks[0].because.startswith("It almost failed for everyone")


def test_a_flag_on_a_routine_line_gets_its_reason(hunt):
    response = flagged(hunt, {"flags": ["night"]}, WAITS)

    remark = hunt.assess(response).remarks[0]
    assert (remark.given, remark.expected, remark.because) == (
        "flagged",
        "routine",
        "As every night.",
    )


def test_an_untouched_hunt_and_an_untouched_draft_earn_nothing(hunt, draft):
    assert hunt.assess(hunt.untouched).score is None
    assert draft.assess(draft.untouched).score is None


@pytest.mark.parametrize(
    "given",
    [{"flags": ["nowhere"]}, {"flags": "ended"}, {"flags": [1]}, {"flags": ["a", "b", "c", "d"]}],
)
def test_forged_flags_are_refused(hunt, given):
    with pytest.raises(NotAllowed):
        hunt.take(hunt.untouched, given)


def test_an_action_that_closes_the_way_changes_the_story(draft):
    response = draft.take(draft.untouched, DRAFT | {"candidates": ["Cap it"]})
    assert draft.stage(response) == "effect:0"

    done = draft.take(response, {"does": "strengthens", "target-strengthens": "cap"})

    assert draft.stage(done) == "commitment"
    assert draft.assess(done).score == 1.0
    assert draft.assess(done).verdict.endswith("your action changes the story.")


def test_a_reminder_changes_nothing(draft):
    response = draft.take(draft.untouched, DRAFT | {"candidates": ["Remind everyone"]})
    done = draft.take(response, {"does": "reminds"})

    feedback = draft.assess(done)
    assert "the story ends as before" in feedback.verdict
    assert "What would stand in the way if nobody remembered?" in feedback.reason
    assert feedback.remarks[3].score == 0.0


def test_showing_it_sooner_counts_the_minutes_and_the_people(draft):
    response = draft.take(draft.untouched, DRAFT | {"candidates": ["Alert on double charges"]})
    done = draft.take(response, {"does": "seen_at", "target-seen_at": "errors"})

    replay = draft.replay(done.candidates[0])
    assert replay.minutes_sooner == 2
    assert replay.fewer == 8  # 12 hurt by 09:10, 4 by 09:08


def test_a_draft_needs_its_impact_and_keeps_texts_bounded(draft):
    with pytest.raises(NotAllowed, match="impact"):
        draft.take(draft.untouched, DRAFT | {"impact": "  "})
    with pytest.raises(NotAllowed, match="20,000"):
        draft.take(draft.untouched, DRAFT | {"factors": "x" * 20_001})
    with pytest.raises(NotAllowed, match="at most 4"):
        draft.take(draft.untouched, DRAFT | {"candidates": ["a"] * 5})


def test_the_exemplar_draft_earns_everything(draft):
    assert draft.assess(exemplar(draft)).score == 1.0


def test_that_fewer_are_hurt_is_the_trainees_word_and_is_not_judged(draft):
    response = draft.take(draft.untouched, DRAFT | {"candidates": ["Go back sooner"]})
    done = draft.take(response, {"does": "fewer_hurt"})

    feedback = draft.assess(done)
    assert feedback.remarks[3].score is None
    assert feedback.verdict.endswith("by your word; the story cannot tell.")


def test_luck_is_missed_when_left_out_and_left_to_people_when_written(draft):
    told = draft.take(draft.untouched, DRAFT | {"candidates": []})
    silent = draft.take(draft.untouched, DRAFT | {"candidates": [], "lucky": ""})

    assert draft.assess(told).remarks[2].score is None
    assert draft.assess(silent).remarks[2].score == 0.0


@pytest.mark.parametrize(
    ("impact", "factors", "scores"),
    [
        ("Nobody was hurt.", "The export moved.\nThe cap is per job.", [1.0, 1.0]),
        ("12 paid twice", "The export moved. The cap is per job, not in all.", [1.0, 1.0]),
        ("It was bad", "The export moved", [0.0, 0.0]),
    ],
)
def test_a_draft_is_read_kindly(draft, impact, factors, scores):
    given = DRAFT | {"impact": impact, "factors": factors, "candidates": []}

    feedback = draft.assess(draft.take(draft.untouched, given))

    assert [remark.score for remark in feedback.remarks[:2]] == scores


def test_a_line_flagged_twice_is_one_flag(hunt):
    response = hunt.take(hunt.untouched, {"flags": ["ended"] * 4})

    assert [flag.line for flag in response.flags] == ["ended"]


def test_a_flag_on_a_routine_line_costs(hunt):
    both = flagged(hunt, {"flags": ["night", "ended"]}, WAITS, LUCK)

    assert hunt.assess(both).score == 0.8  # four of five


def test_an_action_candidate_is_a_line_and_not_an_essay(draft):
    with pytest.raises(NotAllowed, match="under 500"):
        draft.take(draft.untouched, DRAFT | {"candidates": ["x" * 501]})


def test_a_bullet_without_words_is_no_factor(draft):
    given = DRAFT | {"factors": "- the export moved\n- \n• \n", "candidates": []}

    feedback = draft.assess(draft.take(draft.untouched, given))

    assert feedback.remarks[1].score == 0.0


def test_a_question_that_was_not_asked_is_not_judged():
    hunt = NearMiss(scenario=shop())
    response = flagged(hunt, {"flags": ["ended"]}, WAITS)

    scores = [remark.score for remark in hunt.assess(response).remarks]

    assert scores == [1.0, 0.0, None, None, None]  # nor a clock of which the author says nothing


@pytest.mark.parametrize(
    ("impact", "seen"),
    [
        ("Four customers were charged twice.", True),
        ("Every checkout failed for an hour.", True),
        ("A dozen riders waited.", True),
        ("No idea who.", False),
        ("It was bad, all in all.", False),
    ],
)
def test_how_many_is_seen_in_words_as_in_figures(impact, seen):
    draft = Postmortem(scenario=shop())

    feedback = draft.assess(draft.take(draft.untouched, DRAFT | {"impact": impact}))

    assert feedback.remarks[0].score == float(seen)
