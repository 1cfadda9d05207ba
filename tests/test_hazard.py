"""What was left between trigger and harm, and actions played again; worked by hand."""

import pytest

from incident_training.hazard import (
    Action,
    Barrier,
    Change,
    Edge,
    Moment,
    UnknownTarget,
    UnsoundHazard,
    build,
    faults,
    minimal_sets,
    parting,
    replay,
    retell,
    strengthened,
    what_was_left,
    without,
    without_luck,
    words,
)
from incident_training.hazard.graph import Held, Kind

TEXTS = {
    "job": ("The job moves to 09:00", 540),
    "pool": ("The pool is full", 548),
    "storm": "A retry storm starts",
    "harm": ("Every checkout fails", 571),
}
SALE = "The coupon sale ended at 09:25"
MOMENTS = (Moment("cpu", 544), Moment("first", 550, 2), Moment("late", 558, 33))


def barrier(id: str, held: Held = "no", kind: Kind = "engineered") -> Barrier:
    return Barrier(id, f"The {id}", kind, held)


def fence(*edges: Edge):
    return build(TEXTS, edges, trigger="job", harm="harm")


def chain(first: Barrier | None = None, second: Barrier | None = None, luck: str | None = None):
    """job → pool → harm."""
    return fence(("job", "pool", first, None), ("pool", "harm", second, luck))


def test_luck_alone_leaves_nothing_and_it_did_not_happen():
    left = what_was_left(chain(luck=SALE))

    assert (left.fewest, left.luck, left.happened) == (0, (SALE,), False)
    assert left.path == ("job", "pool", "harm")
    assert words(left) == (
        "Nothing built was left. Only luck stopped it: the coupon sale ended at 09:25."
    )


def test_barriers_that_failed_are_named_before_luck():
    left = what_was_left(
        fence(
            ("job", "pool", barrier("cap"), None),
            ("pool", "storm", barrier("budget"), None),
            ("storm", "harm", None, SALE),
        )
    )

    assert [one.id for one in left.failed] == ["cap", "budget"]
    assert words(left) == (
        "Nothing built was left. Two barriers did not hold; "
        "only luck stopped it: the coupon sale ended at 09:25."
    )


def test_an_untested_barrier_is_named_and_never_counted():
    left = what_was_left(chain(barrier("cap", "untested"), barrier("breaker", "untested")))

    assert (left.fewest, left.happened) == (0, False)
    assert [one.id for one in left.untested] == ["cap", "breaker"]
    assert words(left) == "Nothing built was left; two barriers untested."


def test_a_path_on_which_nothing_held_and_no_luck_came_is_what_happened():
    left = what_was_left(chain(barrier("cap")))

    assert left.happened
    assert words(left) == (
        "It happened: nothing held and no luck intervened. One barrier did not hold."
    )


def test_a_catch_is_named_apart_from_what_was_built():
    left = what_was_left(chain(barrier("review", "yes", "catch"), barrier("cap", "untested")))

    assert (left.fewest, left.built, [one.id for one in left.catches]) == (1, (), ["review"])
    assert words(left) == "A person noticed; nothing built was left; one barrier untested."


def test_what_held_is_named():
    left = what_was_left(chain(barrier("cap", "yes"), barrier("review", "yes", "catch")))

    assert left.fewest == 2
    assert words(left) == "One barrier held: the cap. A person noticed as well."


def test_the_weakest_of_two_paths_is_the_one_told():
    left = what_was_left(
        fence(
            ("job", "pool", barrier("cap", "yes"), None),
            ("pool", "harm", barrier("breaker", "yes"), None),
            ("job", "storm", barrier("budget", "yes"), None),
            ("storm", "harm", None, None),
        )
    )

    assert (left.fewest, left.path) == (1, ("job", "storm", "harm"))


def test_of_two_equally_weak_paths_the_one_without_luck_is_told():
    left = what_was_left(
        fence(
            ("job", "pool", None, SALE),
            ("pool", "harm", None, None),
            ("job", "storm", barrier("cap", "untested"), None),
            ("storm", "harm", None, None),
        )
    )

    assert left.path == ("job", "storm", "harm")


def sets(graph) -> list[list[str]]:
    return [[one.id for one in failing.barriers] for failing in minimal_sets(graph).sets]


def test_in_a_row_all_that_may_fail_has_to():
    # job -cap held-> pool -breaker untested-> harm: one way, so both, in the order of the way.
    found = minimal_sets(chain(barrier("cap", "yes"), barrier("breaker", "untested")))

    assert [[one.id for one in failing.barriers] for failing in found.sets] == [["cap", "breaker"]]
    assert found.words == (
        "If both “The cap” and “The breaker” (untested) fail, nothing stands in the way.",
    )


def test_on_two_ways_each_is_a_set_and_the_smaller_is_said_first():
    # job -> pool -> harm needs cap and breaker, job -> storm -> harm needs budget alone.
    graph = fence(
        ("job", "pool", barrier("cap", "yes"), None),
        ("pool", "harm", barrier("breaker", "yes"), None),
        ("job", "storm", barrier("budget", "yes"), None),
        ("storm", "harm", None, SALE),
    )

    assert sets(graph) == [["budget"], ["cap", "breaker"]]
    assert minimal_sets(graph).words == (
        "If “The budget” fails, only luck stands in the way: the coupon sale ended at 09:25.",
        "If both “The cap” and “The breaker” fail, nothing stands in the way.",
    )


def test_a_set_that_holds_a_smaller_one_is_not_minimal():
    # job -cap-> pool -> harm needs cap; job -cap-> pool -breaker-> storm -> harm needs it and more.
    graph = fence(
        ("job", "pool", barrier("cap", "yes"), None),
        ("pool", "harm", None, None),
        ("pool", "storm", barrier("breaker", "yes"), None),
        ("storm", "harm", None, None),
    )

    assert sets(graph) == [["cap"]]


def test_what_failed_has_failed_and_is_in_no_set():
    assert sets(chain(barrier("cap"), barrier("breaker", "yes"))) == [["breaker"]]


def test_where_nothing_more_has_to_fail_that_is_said_and_luck_is_named():
    assert sets(chain(barrier("cap"), luck=SALE)) == [[]]
    assert minimal_sets(chain(barrier("cap"), luck=SALE)).words == (
        "Nothing more has to fail; only luck stands in the way: the coupon sale ended at 09:25.",
    )
    assert minimal_sets(chain(barrier("cap"))).words == (
        "Nothing more has to fail: one way is open.",
    )


def test_of_two_ways_that_a_set_opens_the_one_with_less_luck_is_told():
    # cap opens job -> pool; from there harm is next door by luck, or by the storm without any.
    graph = fence(
        ("job", "pool", barrier("cap", "yes"), None),
        ("pool", "harm", None, SALE),
        ("pool", "storm", None, None),
        ("storm", "harm", None, None),
    )

    assert minimal_sets(graph).words == ("If “The cap” fails, nothing stands in the way.",)


def ladder(rungs: int):
    """Two barriers side by side, so many times in a row: 2 ** rungs minimal sets of that size."""
    nodes = {f"{side}{at}": f"At {side}{at}" for at in range(rungs + 1) for side in "abc"}
    edges: list[Edge] = []
    for at in range(rungs):
        edges += [(f"a{at}", f"{side}{at}", barrier(f"{side}{at}", "yes"), None) for side in "bc"]
        edges += [(f"{side}{at}", f"a{at + 1}", None, None) for side in "bc"]
    return build(nodes, edges, trigger="a0", harm=f"a{rungs}")


@pytest.mark.parametrize("rungs", [3, 20])
def test_of_many_sets_the_smallest_are_listed_and_it_is_said_that_there_are_more(rungs: int):
    found = minimal_sets(ladder(rungs), most=4)

    assert 1 <= len(found.sets) <= 4
    assert {len(failing.barriers) for failing in found.sets} == {rungs}
    assert not found.complete
    assert found.words[-1] == "There are too many to list them all; these are among the smallest."


def test_when_all_are_listed_nothing_is_said_of_more():
    assert minimal_sets(ladder(2), most=4).complete
    assert len(minimal_sets(ladder(2), most=4).words) == 4


def test_ways_part_at_the_first_step_that_another_avoids():
    # Both ways begin job -> pool; the weaker goes on straight to harm.
    graph = fence(
        ("job", "pool", None, None),
        ("pool", "harm", None, None),
        ("pool", "storm", None, None),
        ("storm", "harm", barrier("cap", "yes"), None),
    )

    assert parting(graph, what_was_left(graph).path) == ("pool", "harm")
    assert parting(chain(), ("job", "pool", "harm")) is None


def test_without_what_held_the_story_goes_on():
    again = retell(chain(barrier("cap", "yes")), [Change("remove", "cap")])

    assert (again.before.fewest, again.after.fewest, again.after.happened) == (1, 0, True)
    assert again.reached == {"job", "pool", "harm"}
    assert again.words == (
        "Without “The cap”: the job moves to 09:00, the pool is full, and every checkout fails "
        "at 09:31. Nothing stands in the way."
    )


def test_what_stands_in_the_way_still_is_named():
    graph = chain(barrier("cap", "untested"), barrier("breaker", "untested"))

    assert retell(graph, [Change("remove", "cap")]).words.endswith(
        "“The breaker” is untested; nothing else stands in the way."
    )
    assert retell(graph, []).words.endswith(
        "“The cap” and “The breaker” are untested; nothing else stands in the way."
    )
    lucky = chain(barrier("cap", "untested"), luck=SALE)
    assert retell(lucky, []).words.endswith(
        "“The cap” is untested; beside that only luck stands in the way: "
        "the coupon sale ended at 09:25."
    )


def test_of_two_that_held_one_still_stands():
    again = retell(
        chain(barrier("cap", "yes"), barrier("breaker", "yes")), [Change("remove", "cap")]
    )

    assert again.words == (
        "Without “The cap”: the job moves to 09:00, the pool is full, and “The breaker” holds. "
        "One barrier stands on the weakest path, where two barriers stood."
    )


def test_made_to_hold_the_story_stops_or_goes_round():
    two_ways = fence(
        ("job", "pool", barrier("cap"), None),
        ("pool", "harm", None, None),
        ("job", "storm", barrier("budget"), None),
        ("storm", "harm", None, None),
    )

    assert retell(two_ways, [Change("strengthen", "cap")]).words == (
        "With “The cap” holding: the story goes round it. The job moves to 09:00, "
        "a retry storm starts, and every checkout fails at 09:31. Nothing stands in the way."
    )
    both = [Change("strengthen", "cap"), Change("strengthen", "budget")]
    assert retell(two_ways, both).words == (
        "With “The cap” and “The budget” holding: the job moves to 09:00, and “The cap” holds. "
        "The story stops there: “Every checkout fails” is never reached."
    )


def test_luck_set_aside_is_not_named_and_the_rest_stays():
    again = retell(chain(barrier("cap"), luck=SALE), [Change("luck")])

    assert again.after.luck == ()
    assert again.words == (
        "With the luck set aside: the job moves to 09:00, the pool is full, and every checkout "
        "fails at 09:31. Nothing stands in the way."
    )
    assert words(again.after, now=True) == "Nothing stands in the way."


def test_what_is_left_now_is_said_in_the_present():
    left = what_was_left(chain(barrier("cap", "yes"), barrier("breaker", "untested")))
    caught = what_was_left(chain(barrier("review", "yes", "catch"), barrier("cap")))

    assert words(left, now=True) == "One barrier holds: the cap; one barrier untested."
    assert words(caught, now=True) == "A person notices; nothing built is left."
    assert words(what_was_left(chain(barrier("cap"), luck=SALE)), now=True) == (
        "Nothing built is left. One barrier does not hold; "
        "only luck stops it: the coupon sale ended at 09:25."
    )


@pytest.mark.parametrize("change", [without, strengthened])
def test_a_barrier_that_is_not_there_can_be_neither_removed_nor_strengthened(change):
    with pytest.raises(UnknownTarget, match=r"no barrier 'cup' in this story; .*: cap"):
        change(chain(barrier("cap")), "cup")


def test_a_graph_that_is_altered_stays_as_it_was():
    graph = chain(barrier("cap", "yes"), luck=SALE)

    without(graph, "cap")
    without_luck(graph)

    assert graph.edges["job", "pool"]["barrier"].held == "yes"
    assert graph.edges["pool", "harm"]["luck"] == SALE


def test_strengthening_the_barrier_on_the_only_path_stops_the_story():
    played = replay(
        chain(barrier("cap"), luck=SALE), Action("Cap the export at 10", strengthens="cap")
    )

    assert (played.before.fewest, played.after.fewest, played.stopped) == (0, 1, True)
    assert played.reached_before == {"job", "pool", "harm"}
    assert played.reached_after == {"job"}
    assert played.bypass is None
    assert played.words == (
        "Played again with “Cap the export at 10”: the job moves to 09:00, and “The cap” holds. "
        "The story stops there: “The pool is full” and “Every checkout fails” are never reached."
    )


def test_a_fix_on_one_of_two_paths_is_bypassed():
    two_ways = fence(
        ("job", "pool", barrier("cap"), None),
        ("pool", "harm", None, None),
        ("job", "storm", None, None),
        ("storm", "harm", None, SALE),
    )

    played = replay(two_ways, Action("Cap it", strengthens="cap"))

    assert (played.stopped, played.bypass) == (False, ("job", "storm", "harm"))
    assert played.reached_after == {"job", "storm", "harm"}
    assert played.words == (
        "Played again with “Cap it”: the job moves to 09:00, and “The cap” holds, "
        "but the story goes round it: a retry storm starts, and every checkout fails at 09:31. "
        "Only luck stood in the way of that: the coupon sale ended at 09:25."
    )


def test_an_added_barrier_takes_the_place_of_luck():
    played = replay(chain(luck=SALE), Action("Add a breaker", adds=("pool", "harm")))

    assert played.stopped
    assert played.after.luck == ()
    assert [(one.kind, one.held) for one in played.after.built] == [("engineered", "yes")]
    assert played.words.endswith(
        "the job moves to 09:00, the pool is full, and the new barrier holds. "
        "The story stops there: “Every checkout fails” is never reached."
    )


def test_a_barrier_added_to_a_guarded_edge_stands_before_the_old_one():
    played = replay(chain(barrier("cap")), Action("A second cap", adds=("job", "pool")))

    assert played.stopped
    assert [one.text for one in played.after.held] == ["A second cap"]
    assert [one.id for one in played.after.failed] == ["cap"]
    assert played.reached_after == {"job"}


def test_a_memory_only_action_changes_nothing_and_asks_back():
    graph = chain(barrier("cap"))

    played = replay(graph, Action("remind everyone about the scheduler"))

    assert played.before == played.after == what_was_left(graph)
    assert (played.stopped, played.bypass) == (False, None)
    assert played.words == (
        "Played again with “remind everyone about the scheduler”: the job moves to 09:00, "
        "the pool is full, every checkout fails at 09:31, as before. "
        "What would stand in the way if nobody remembered?"
    )


def test_where_something_held_already_a_second_barrier_adds_depth():
    played = replay(
        chain(barrier("cap", "yes"), barrier("breaker")), Action("Fix it", strengthens="breaker")
    )

    assert not played.stopped
    assert played.words.endswith("The story never comes to “The breaker”.")
    assert played.after.fewest == 2


def test_strengthening_what_held_changes_nothing():
    played = replay(chain(barrier("cap", "yes")), Action("Cap it", strengthens="cap"))

    assert played.before == played.after
    assert played.words == (
        "Played again with “Cap it”: “The cap” held already; "
        "the job moves to 09:00, and “The cap” holds, as before."
    )


def test_a_replay_leaves_the_story_as_it_was():
    graph = chain(barrier("cap"), luck=SALE)

    replay(graph, Action("Cap it", strengthens="cap"))

    assert graph.edges["job", "pool"]["barrier"].held == "no"
    assert graph.edges["pool", "harm"]["luck"] == SALE


def test_seen_earlier_says_how_much_sooner_and_how_many_fewer():
    played = replay(chain(), Action("Alert", seen_at="first"), MOMENTS, seen="late")

    assert (played.minutes_sooner, played.fewer) == (8, 31)
    assert "seen at 09:10, 8 minutes sooner; 31 fewer had been hurt by then" in played.words


def test_before_anyone_was_counted_nobody_is_known_to_be_hurt():
    played = replay(chain(), Action("Alert", seen_at="cpu"), MOMENTS, seen="first")

    assert (played.minutes_sooner, played.fewer) == (6, 2)


def test_a_story_without_counts_says_only_the_minutes():
    moments = (Moment("cpu", 544), Moment("late", 558))

    played = replay(chain(), Action("Alert", seen_at="cpu"), moments, seen="late")

    assert (played.minutes_sooner, played.fewer) == (14, None)
    assert "hurt" not in played.words


@pytest.mark.parametrize("seen", ["cpu", "first"])
def test_seen_no_earlier_changes_nothing(seen: str):
    played = replay(chain(), Action("Alert", seen_at="first"), MOMENTS, seen=seen)

    assert (played.minutes_sooner, played.fewer) == (0, 0)
    assert "changes nothing this time" in played.words


def test_what_nobody_saw_counts_as_seen_at_the_last_moment():
    played = replay(chain(), Action("Alert", seen_at="first"), MOMENTS)

    assert played.minutes_sooner == 8


def test_a_smaller_harm_is_the_same_chain_and_a_question():
    played = replay(chain(), Action("Roll out to 1 %", fewer_hurt=True))

    assert played.before == played.after
    assert played.words.endswith(
        "every checkout fails at 09:31, as before. "
        "The harm is smaller: how many fewer would be hurt, and how would one know?"
    )


def test_a_time_after_midnight_is_read_with_its_day():
    nodes = {"a": "The job starts", "b": ("The table is gone", 1450)}
    graph = build(nodes, [("a", "b", None, None)], trigger="a", harm="b")

    assert "the table is gone at 00:10 +1d" in replay(graph, Action("remember")).words


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (Action("x", strengthens="cup"), "There is no barrier 'cup' in this story; .*: cap"),
        (Action("x", adds=("pool", "job")), "no edge 'pool → job'.*: job → pool, pool → harm"),
        (Action("x", seen_at="cp"), "There is no moment 'cp' in this story; .*: cpu, first, late"),
    ],
)
def test_an_action_on_what_is_not_there_names_the_choices(action: Action, sentence: str):
    with pytest.raises(UnknownTarget, match=sentence):
        replay(chain(barrier("cap")), action, MOMENTS)


def test_an_action_has_one_effect():
    with pytest.raises(ValueError, match="“Both” has strengthens and seen_at; an action has one"):
        Action("Both", strengthens="cap", seen_at="cpu")


def test_a_sound_graph_has_no_faults():
    assert faults(chain(barrier("cap"), luck=SALE)) == []


def test_all_faults_of_a_hazard_graph_are_told_at_once():
    cap = barrier("cap")

    with pytest.raises(UnsoundHazard) as refused:
        build(
            {"a": "A", "b": "B", "harm": "Harm"},
            [("a", "b", cap, SALE), ("a", "b", None, None), ("b", "x", cap, None)],
            trigger="a",
            harm="harm",
        )

    assert refused.value.faults == (
        "The edge b → x names 'x', which is not a node; nodes are: a, b, harm.",
        "a → b is there 2 times; put a node between to tell them apart.",
        f"a → b has a barrier (cap) and luck ({SALE}); keep one, or put a node between.",
        "The barrier cap guards 2 edges; give each edge a barrier of its own.",
        "No edges lead from the trigger a to the harm harm.",
    )


@pytest.mark.parametrize(
    ("trigger", "harm", "sentence"),
    [
        ("a", "a", "Trigger and harm are both 'a'; something has to lie between."),
        ("q", "b", "The trigger 'q' is not a node; nodes are: a, b."),
        ("a", "q", "The harm 'q' is not a node; nodes are: a, b."),
    ],
)
def test_trigger_and_harm_are_two_nodes_that_exist(trigger: str, harm: str, sentence: str):
    with pytest.raises(UnsoundHazard) as refused:
        build({"a": "A", "b": "B"}, [("a", "b", None, None)], trigger=trigger, harm=harm)

    assert refused.value.faults == (sentence,)


def test_a_word_that_is_neither_yes_no_nor_untested_is_refused():
    odd = Barrier("cap", "The cap", "engineered", "maybe")  # type: ignore[arg-type]  # on purpose

    with pytest.raises(UnsoundHazard, match="cap: held should be yes, no, untested; got 'maybe'"):
        chain(odd)
