"""Figures against published worked examples, or worked by hand beside them; and what is refused."""

import ast
import math
import sys
from pathlib import Path
from random import Random
from typing import get_args

import pytest

from incident_training import measures
from incident_training.kinds.scenario import Choice
from incident_training.measures import (
    Counts,
    TooFew,
    alpha,
    calibrate,
    count,
    declared_by,
    detect,
    in_words,
    raw,
    reached,
    threshold,
)
from incident_training.measures.few import percent
from incident_training.report import FEWEST

# Krippendorff, Computing Krippendorff's alpha-reliability (2011), section C: four observers, twelve
# units, seven values missing, one unit with a single value. A row per observer.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
UNITS = tuple(zip(*OBSERVERS, strict=True))
ROOM = {"cases": 24, "people": 12}


def test_measures_know_only_the_standard_library():
    known = sys.stdlib_module_names | {"incident_training"}
    for path in Path(measures.__file__).parent.glob("*.py"):
        tree = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        names = [a.name for node in tree if isinstance(node, ast.Import) for a in node.names]
        names += [node.module for node in tree if isinstance(node, ast.ImportFrom)]

        assert {name.split(".")[0] for name in names} <= known, path.name


# Counts


def test_calls_fall_into_the_two_by_two_and_triage_beside_it():
    yes = ["declare", "join", "declare", "triage", "no", "watch", None]
    no = ["declare", "triage", "triage", "no", "no", "no", "watch"]

    counts = count([*((call, True) for call in yes), *((call, False) for call in no)])

    assert counts == Counts(3, 2, 1, 4, triaged_yes=1, triaged_no=2, unanswered=1)
    assert (counts.says_yes, counts.says_no, counts.n) == (6, 7, 13)
    assert counts.words == (
        "Where the policy says yes: 6 calls, 3 declared, 1 triaged, 2 did not. "
        "Where it says no: 7 calls, 1 declared, 2 triaged, 4 did not. 1 not answered."
    )


def test_counts_without_calls_say_so():
    assert count([]).words == "No calls yet."
    assert count([(None, True)] * 2).words == "No calls yet. 2 not answered."
    assert "Where it says no: no calls." in count([("declare", True)]).words


def test_every_call_a_trainee_can_make_has_a_column():
    assert count((call, True) for call in get_args(Choice)).n == len(get_args(Choice))


def test_an_unknown_call_is_refused_with_the_choices():
    with pytest.raises(ValueError, match="no call 'panic'; choose from declare, join"):
        count([("panic", True)])


# Detection


def test_d_prime_and_criterion_as_by_hand():
    # H = 20.5 / 25 = .82, F = 2.5 / 25 = .10. A normal table: z(.82) = .9154, z(.10) = −1.2816.
    # d′ = .9154 + 1.2816 = 2.1970; c = −(.9154 − 1.2816) / 2 = .1831.
    found = detect(20, 4, 2, 22, **ROOM)

    assert found.d_prime == pytest.approx(2.1970, abs=1e-4)
    assert found.criterion == pytest.approx(0.1831, abs=1e-4)
    assert (found.n, found.cases, found.people) == (48, 24, 12)


def test_the_log_linear_correction_carries_a_perfect_row():
    # 50 of 50 hits and 17 of 25 false alarms, an example of the Statistics::SDT package after
    # Stanislaw and Todorov (1999), who get d′ 1.86, c −1.40 with another correction. Log-linear:
    # H = 50.5 / 51 = .9902, z = 2.3339; F = 17.5 / 26 = .6731, z = .4484.
    # d′ = 1.8855; c = −2.7823 / 2 = −1.3912.
    found = detect(50, 0, 17, 8, **ROOM)

    assert found.d_prime == pytest.approx(1.8855, abs=2e-4)
    assert found.criterion == pytest.approx(-1.3912, abs=2e-4)
    assert found.words == (
        "d′ 1.9; criterion −1.4: leans to declaring. From 75 calls on 24 cases by 12 people."
    )


def test_declaring_more_alone_moves_only_the_criterion():
    # H = .82, F = .10 and H = .90, F = .18 are mirror images.
    careful, eager = detect(20, 4, 2, 22, **ROOM), detect(22, 2, 4, 20, **ROOM)

    assert careful.d_prime == pytest.approx(eager.d_prime)
    assert careful.criterion == pytest.approx(-eager.criterion)
    assert "leans to not declaring" in careful.words


def test_no_skill_is_zero_and_leans_neither_way():
    found = detect(12, 12, 12, 12, **ROOM)

    assert (found.d_prime, found.criterion) == pytest.approx((0, 0))
    assert found.words.startswith("d′ 0.0; criterion 0.0: leans neither way.")


def test_many_calls_on_few_cases_carry_no_d_prime():
    with pytest.raises(TooFew) as refused:
        detect(50, 10, 10, 50, cases=6, people=20)

    assert str(refused.value) == "d′ needs at least 24 different cases; there are 6."


@pytest.mark.parametrize("people", [1, FEWEST - 1])
def test_d_prime_is_not_said_of_one_person(people):
    with pytest.raises(TooFew, match="not said of one person"):
        detect(20, 4, 2, 22, cases=24, people=people)

    assert detect(20, 4, 2, 22, cases=24, people=FEWEST)


@pytest.mark.parametrize(("cells", "said"), [((48, 0, 0, 0), "says no"), ((3, 2, 0, 43), "yes")])
def test_d_prime_needs_cases_of_both_kinds(cells, said):
    with pytest.raises(TooFew, match=f"at least 6 calls on cases where the policy.*{said}"):
        detect(*cells, **ROOM)


@pytest.mark.parametrize("cells", [(-1, 20, 20, 20), (5, 5, 5, 5)])
def test_counts_that_cannot_be_are_no_matter_of_too_few(cells):
    with pytest.raises(ValueError, match="each count is 0 or more") as refused:
        detect(*cells, **ROOM)

    assert not isinstance(refused.value, TooFew)


# Calibration


def test_brier_and_over_confidence_as_by_hand():
    # 12 × .9, of which 9 happened:  9 × .01 + 3 × .81 = 2.52; sure 10.8, right 9
    # 8 × .2, of which 2 happened:   6 × .04 + 2 × .64 = 1.52; sure  6.4, right 6
    # Brier 4.04 / 20 = .202; over-confidence (17.2 − 15) / 20 = .11;
    # over-stated (12.4 − 11) / 20 = .07.
    given = [(0.9, True)] * 9 + [(0.9, False)] * 3 + [(0.2, False)] * 6 + [(0.2, True)] * 2

    found = calibrate(given)

    assert (found.brier, found.n) == (pytest.approx(0.202), 20)
    assert (found.over_confidence, found.over_stated) == pytest.approx((0.11, 0.07))
    assert found.words == (
        "Brier score 0.20 (0 is perfect, 50 % every time earns 0.25), from 20 answers. "
        "Surer than right by 11 points."
    )


def test_the_ends_of_the_brier_score():
    assert calibrate([(1, True), (0, False)] * 10).brier == 0
    assert calibrate([(1, False), (0, True)] * 10).brier == 1
    assert calibrate([(0.5, True)] * 20).brier == 0.25


def test_low_chances_of_what_happens_are_over_confident_and_under_stated():
    found = calibrate([(0.05, True), (0.05, False)] * 10)

    assert (found.over_confidence, found.over_stated) == pytest.approx((0.45, -0.45))


def test_fifty_percent_is_neither_sure_nor_wrong():
    assert calibrate([(0.5, True)] * 20).words.endswith("As sure as right.")
    assert calibrate([(0.9, True)] * 20).words.endswith("Less sure than right by 10 points.")


def test_the_six_steps_of_a_shift_fall_into_five_bins_with_their_n():
    given = [(step / 100, step > 50) for step in (0, 20, 40, 60, 80, 100) for _ in range(4)]

    bins = calibrate(given).bins

    assert [(one.low, one.n) for one in bins] == [(0, 4), (0.2, 4), (0.4, 4), (0.6, 4), (0.8, 8)]
    assert bins[4].stated == pytest.approx(0.9)
    assert [one.happened for one in bins] == [0, 0, 0, 1, 1]


def test_an_empty_bin_has_no_figures_rather_than_zero():
    empty = calibrate([(0.9, True)] * 20).bins[0]

    assert (empty.n, empty.stated, empty.happened) == (0, None, None)


def test_fewer_than_twenty_answers_carry_no_calibration():
    given = [(0.9, True)] * 19

    with pytest.raises(TooFew) as refused:
        calibrate([*given, (None, True), (0.5, None)])

    assert str(refused.value) == "Calibration needs at least 20 answers; there are 19."
    assert calibrate([*given, (0.5, False), (None, True)]).n == 20


@pytest.mark.parametrize("chance", [-0.1, 1.01, 60, math.nan])
def test_a_chance_is_from_0_to_1(chance):
    with pytest.raises(ValueError, match="from 0 to 1; got"):
        calibrate([(chance, True)] * 20)


# Agreement


def test_alpha_of_the_published_example():
    # Published: nominal .743, ordinal .815. Of 41 values 40 can be paired, on 11 of the 12 units.
    nominal, ordinal = alpha(UNITS), alpha(UNITS, order=(1, 2, 3, 4, 5))

    assert nominal.value == pytest.approx(0.743, abs=5e-4)
    assert ordinal.value == pytest.approx(0.815, abs=5e-4)
    assert (nominal.n, nominal.cases, nominal.note) == (40, 11, None)
    assert nominal.words == "Krippendorff's alpha 0.74 (40 answers to 11 cases)."


def test_alpha_of_the_published_binary_example():
    # Krippendorff (2011), section A: two observers, ten units; coincidences 0–0: 10, 0–1: 4 and
    # 4, 1–1: 2. Published: .095; by hand 1 − 19 × 8 / (2 × 14 × 6) = .0952.
    found = alpha([(0, 0)] * 5 + [(0, 1)] * 4 + [(1, 1)])

    assert found.value == pytest.approx(0.095, abs=5e-4)


def test_raw_agreement_as_by_hand():
    # yes yes no: each yes agrees with 1 of 2 others, the no with 0 of 2: (½ + ½ + 0) = 1 of 3.
    # no no: 2 of 2. Alone: left out. Together 3 of 5.
    found = raw([("yes", "yes", "no"), ("no", None, "no"), (None, "yes", None)])

    assert (found.share, found.n, found.cases) == (pytest.approx(3 / 5), 5, 2)
    assert found.words == "60 % raw agreement (5 answers to 2 cases)."


def test_agreement_can_be_shown_for_one_case():
    assert raw([("yes", "yes", "yes")]).share == 1
    assert raw([("yes", "no")]).share == 0


def test_alpha_does_not_mind_who_sits_where_or_what_the_values_are_called():
    shuffled = [Random(3).sample(unit, len(unit)) for unit in reversed(UNITS)]
    named = [[value and "abcde"[value - 1] for value in unit] for unit in shuffled]

    assert alpha(named).value == pytest.approx(alpha(UNITS).value)
    assert alpha(named, order="abcde").value == pytest.approx(alpha(UNITS, order=range(1, 6)).value)
    assert alpha(named, order="edcba").value == pytest.approx(alpha(named, order="abcde").value)


def test_full_agreement_is_1_and_constant_disagreement_below_0():
    assert alpha([("a", "a"), ("b", "b")] * 3).value == 1
    assert alpha([("a", "b")] * 6).value < 0


def test_where_one_answer_is_nearly_all_alpha_collapses_and_says_so():
    # 20 cases, two people, each alone once with "yes": raw 36 of 40, and 38 of 40 answers are no.
    lopsided = [("no", "no")] * 18 + [("yes", "no"), ("no", "yes")]

    found = alpha(lopsided)

    assert raw(lopsided).share == pytest.approx(0.9)
    assert found.value < 0
    assert "“no” makes up 95 % of the answers; alpha collapses there" in found.words


def test_the_note_begins_at_nine_in_ten():
    at = [("no", "no")] * 8 + [("yes", "no")] * 2

    assert alpha(at).note  # 18 of 20
    assert alpha([*at, ("yes", "no")]).note is None  # 19 of 22


def test_alpha_says_what_it_needs():
    with pytest.raises(TooFew) as few:
        alpha([("a", "b")] * 4 + [("a", None)])
    with pytest.raises(TooFew) as same:
        alpha([("no", "no")] * 6)
    with pytest.raises(TooFew) as nobody:
        raw([("a", None), ()])

    assert str(few.value) == (
        "Alpha needs at least 5 cases that two or more people answered; there are 4."
    )
    assert str(same.value) == "All 12 answers say “no”: alpha has nothing to compare that with."
    assert str(nobody.value) == (
        "Agreement needs at least 1 case that two people answered; there are none."
    )


def test_a_value_without_a_rank_is_refused_with_the_order():
    with pytest.raises(ValueError, match="'hgih' has no rank; the order is low, high"):
        alpha([("low", "hgih"), ("low", "high")] * 3, order=("low", "high"))


# Threshold


def test_a_miss_that_costs_20_false_alarms_is_declared_at_5_percent():
    assert threshold(20, 1) == pytest.approx(1 / 21)
    assert in_words(20, 1) == "A miss costs 20 times a false alarm: declare at 5 % and above."
    assert in_words(10_000, 500) == in_words(20, 1)


@pytest.mark.parametrize(
    ("miss", "alarm", "said"),
    [
        (3, 3, "A miss costs as much as a false alarm: declare at 50 % and above."),
        (1.04, 1, "A miss costs about as much as a false alarm: declare at 49 % and above."),
        (3, 2, "A miss costs 1.5 times a false alarm: declare at 40 % and above."),
        (1, 4, "A false alarm costs 4 times a miss: declare at 80 % and above."),
        (1_000, 1, "A miss costs 1,000 times a false alarm: declare at 0.1 % and above."),
    ],
)
def test_the_threshold_in_words(miss, alarm, said):
    assert in_words(miss, alarm) == said


@pytest.mark.parametrize("costs", [(0, 1), (1, 0), (-1, 1), (math.inf, 1), (1, math.nan)])
def test_a_cost_is_above_nothing(costs):
    with pytest.raises(ValueError, match="a number above 0"):
        threshold(*costs)


def test_the_first_stated_chance_at_or_above_the_threshold():
    run = [(558, 0.8), (544, 0.0), (550, 0.2), (548, None)]

    assert reached(run, threshold(20, 1)) == 550
    assert reached(run, threshold(4, 1)) == 550  # exactly a fifth
    assert reached(run, threshold(1, 9)) is None
    assert reached([], 0.5) is None


def test_no_share_is_rounded_to_a_certainty():
    said = [percent(share) for share in (0, 0.001, 0.048, 0.5, 0.996, 0.999, 1)]

    assert said == ["0 %", "0.1 %", "5 %", "50 %", "99.6 %", "99.9 %", "100 %"]


# Time to declare


def test_who_had_declared_by_then_with_the_never_declared_still_counted():
    curve = declared_by([9, 4, None, 9])

    assert curve.steps == ((4, 0.25), (9, 0.75))
    assert (curve.median, curve.never, curve.n) == (9, 1, 4)
    assert curve.words == "3 of 4 declared. Half had by minute 9; 1 never did."


def test_exactly_half_is_a_median_and_fewer_is_none():
    assert declared_by([4, 9, None, None]).median == 9
    assert declared_by([4, None, None]).median is None
    assert declared_by([4, None, None]).words == (
        "1 of 3 declared. That is fewer than half, so there is no median time."
    )


def test_all_or_none_declared():
    assert declared_by([0, 6]).words == "2 of 2 declared. Half had by minute 0."
    assert declared_by([None, None]).steps == ()
    assert declared_by([None, None]).words == "None of 2 declared."


def test_a_curve_of_nobody_is_refused():
    with pytest.raises(TooFew, match=r"needs at least 1 finished run; there are none\."):
        declared_by([])


# What holds for any answers


@pytest.mark.parametrize("seed", range(20))
def test_every_figure_is_finite_and_within_its_bounds(seed):
    chance = Random(seed)
    room = count(
        (chance.choice([*get_args(Choice), None]), chance.random() < 0.5) for _ in range(200)
    )
    found = detect(
        room.hits,
        room.misses,
        room.false_alarms,
        room.correct_rejections,
        cases=24,
        people=12,
    )
    answers = calibrate((chance.random(), chance.random() < 0.5) for _ in range(30))
    cases = [[chance.choice(["a", "b", "c", None]) for _ in range(6)] for _ in range(12)]
    curve = declared_by(chance.choice([None, *range(9)]) for _ in range(30))

    assert room.n + room.unanswered == 200
    assert math.isfinite(found.d_prime)
    assert math.isfinite(found.criterion)
    assert 0 <= answers.brier <= 1
    assert -1 <= answers.over_confidence <= 1
    assert sum(one.n for one in answers.bins) == 30
    assert 0 <= raw(cases).share <= 1
    assert alpha(cases).value <= 1
    assert alpha(cases, order="abc").value <= 1
    assert list(curve.steps) == sorted(curve.steps)
    assert not curve.steps or math.isclose(curve.steps[-1][1], 1 - curve.never / curve.n)
