"""What holds of every hazard graph: checked on random ones, seeded, and by brute force."""

import random
from dataclasses import replace
from itertools import combinations, pairwise

import networkx as nx
import pytest

from incident_training.hazard import (
    Action,
    Barrier,
    Change,
    build,
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
from incident_training.hazard.graph import reached

SEEDS = range(60)


def parts(seed: int):
    """Return nodes and edges of a small sound graph: some in a row, some with loops."""
    dice = random.Random(seed)
    names = [f"n{at}" for at in range(dice.randint(2, 7))]
    ways = {*pairwise(names)} if dice.random() < 0.8 else {(names[0], names[-1])}
    for _ in range(dice.randint(0, 7)):
        ways.add(tuple(dice.sample(names, 2)))
    edges = [(start, to, *guarded(dice, f"{start}-{to}")) for start, to in sorted(ways)]
    dice.shuffle(edges)
    return {name: f"Stage {name}" for name in names}, edges


def guarded(dice: random.Random, name: str):
    """Return what stands on an edge: a barrier, luck, or nothing."""
    if (what := dice.random()) < 0.7:
        kind = dice.choice(["engineered", "procedure", "catch"])
        held = dice.choice(["yes", "no", "untested"])
        return Barrier(name, f"The {name}", kind, held), None
    return None, f"It rained at {name}" if what < 0.85 else None


def drawn(seed: int, nodes=None, edges=None) -> nx.DiGraph:
    if edges is None:
        nodes, edges = parts(seed)
    return build(nodes, edges, trigger="n0", harm=f"n{len(nodes) - 1}")


def barriers(graph, *held: str) -> list[Barrier]:
    found = [one for *_, one in graph.edges(data="barrier") if one]
    return [one for one in found if one.held in (held or ("yes", "no", "untested"))]


def standing(graph, path) -> frozenset[str]:
    """The barriers on a path that held or were not tested."""
    on = [graph.edges[step]["barrier"] for step in pairwise(path)]
    return frozenset(one.id for one in on if one and one.held != "no")


def every_way(graph):
    yield from nx.all_simple_paths(graph, graph.graph["trigger"], graph.graph["harm"])


def ids(found) -> list[frozenset[str]]:
    return [frozenset(one.id for one in failing.barriers) for failing in found.sets]


def test_the_random_graphs_are_of_every_sort():
    graphs = [drawn(seed) for seed in SEEDS]

    assert {what_was_left(graph).fewest for graph in graphs} >= {0, 1, 2}
    assert {len(minimal_sets(graph).sets) for graph in graphs} >= {1, 2, 3}
    assert {what_was_left(graph).happened for graph in graphs} == {True, False}
    assert any(not nx.is_directed_acyclic_graph(graph) for graph in graphs)
    assert {parting(graph, what_was_left(graph).path) is None for graph in graphs} == {True, False}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_left_is_the_fewest_that_held_on_any_way(seed):
    graph = drawn(seed)

    held = [
        sum(graph.edges[s]["barrier"] in barriers(graph, "yes") for s in pairwise(way))
        for way in every_way(graph)
    ]
    assert what_was_left(graph).fewest == min(held)


@pytest.mark.parametrize("seed", SEEDS)
def test_strengthening_never_lowers_what_was_left_nor_lets_the_story_come_further(seed):
    graph = drawn(seed)

    for one in barriers(graph):
        changed = strengthened(graph, one.id)
        assert what_was_left(changed).fewest >= what_was_left(graph).fewest
        assert reached(changed) <= reached(graph)


@pytest.mark.parametrize("seed", SEEDS)
def test_removing_a_barrier_never_raises_what_was_left_nor_stops_the_story_sooner(seed):
    graph = drawn(seed)

    for one in barriers(graph):
        changed = without(graph, one.id)
        assert what_was_left(changed).fewest <= what_was_left(graph).fewest
        assert reached(changed) >= reached(graph)
    for one in barriers(graph, "no", "untested"):  # they counted for nothing
        assert what_was_left(without(graph, one.id)).fewest == what_was_left(graph).fewest


@pytest.mark.parametrize("seed", SEEDS)
def test_luck_never_counts(seed):
    graph, lucky = drawn(seed), nx.DiGraph(drawn(seed))
    for edge in lucky.edges:
        if lucky.edges[edge]["barrier"] is None:
            lucky.edges[edge]["luck"] = "It rained everywhere"

    for other in (lucky, without_luck(graph)):
        assert what_was_left(other).fewest == what_was_left(graph).fewest
        assert reached(other) == reached(graph)
        assert ids(minimal_sets(other)) == ids(minimal_sets(graph))


@pytest.mark.parametrize("seed", SEEDS)
def test_an_action_that_asks_people_to_remember_never_helps(seed):
    graph = drawn(seed)

    played = replay(graph, Action("Remind everybody"))

    assert played.before == played.after
    assert played.reached_before == played.reached_after
    assert not played.stopped
    assert not played.changes


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_edges_does_not_matter(seed):
    nodes, edges = parts(seed)
    graph = drawn(seed)
    shuffled = [*edges]
    random.Random(-seed).shuffle(shuffled)
    other = drawn(seed, dict(reversed(nodes.items())), shuffled)

    assert what_was_left(other) == what_was_left(graph)
    assert minimal_sets(other) == minimal_sets(graph)
    for one in barriers(graph):
        action = Action("Do it", strengthens=one.id)
        assert replay(other, action) == replay(graph, action)
        changes = [Change("remove", one.id), Change("luck")]
        assert retell(other, changes).words == retell(graph, changes).words


@pytest.mark.parametrize("seed", SEEDS)
def test_every_minimal_set_is_sufficient_and_minimal_and_none_is_missing(seed):
    """By brute force: every set of barriers is held against every way from trigger to harm."""
    graph = drawn(seed)
    may_fail = [one.id for one in barriers(graph, "yes", "untested")]
    ways = [standing(graph, way) for way in every_way(graph)]
    opening = [
        frozenset(some)
        for size in range(len(may_fail) + 1)
        for some in combinations(may_fail, size)
        if any(way <= frozenset(some) for way in ways)
    ]
    minimal = [some for some in opening if not any(other < some for other in opening)]

    found = minimal_sets(graph, most=100)

    assert found.complete
    assert len(ids(found)) == len(minimal)
    assert {*ids(found)} == {*minimal}
    assert [len(some) for some in ids(found)] == sorted(len(some) for some in minimal)


@pytest.mark.parametrize("seed", SEEDS)
def test_when_all_of_a_set_fail_only_luck_is_left_and_without_one_of_them_something_stands(seed):
    graph = drawn(seed)

    for failing in minimal_sets(graph).sets:
        failed = nx.DiGraph(graph)
        for edge in failed.edges:
            if failed.edges[edge]["barrier"] in failing.barriers:
                failed.edges[edge]["barrier"] = replace(failed.edges[edge]["barrier"], held="no")
        left = what_was_left(failed)
        assert left.fewest == 0
        assert bool(failing.luck) == (not what_was_left(_tested(failed)).happened)
        assert ids(minimal_sets(failed)) == [frozenset()]


def _tested(graph):
    """The graph on which what is untested would hold: what is open then is open but for luck."""
    for one in barriers(graph, "untested"):
        graph = strengthened(graph, one.id)
    return graph


@pytest.mark.parametrize("seed", SEEDS)
def test_strengthening_never_makes_less_have_to_fail(seed):
    graph = drawn(seed)
    before = len(minimal_sets(graph).sets[0].barriers)

    for one in barriers(graph):
        assert len(minimal_sets(strengthened(graph, one.id)).sets[0].barriers) >= before
        assert len(minimal_sets(without(graph, one.id)).sets[0].barriers) <= before


@pytest.mark.parametrize("seed", SEEDS)
def test_ways_part_exactly_where_there_are_several(seed):
    graph = drawn(seed)
    ways = [*every_way(graph)]

    part = parting(graph, what_was_left(graph).path)

    assert (part is not None) == (len(ways) > 1)
    if part:
        assert any(part not in pairwise(way) for way in ways)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_story_retold_is_told_as_its_graph_is_and_leaves_the_graph_alone(seed):
    graph = drawn(seed)
    before = {edge: dict(graph.edges[edge]) for edge in graph.edges}

    for one in barriers(graph):
        for do in ("remove", "strengthen"):
            again = retell(graph, [Change(do, one.id)])
            assert ("holds" in again.words.split(": ", 1)[1]) == (again.after.fewest > 0)
            assert ("Nothing stands in the way" in again.words) == again.after.happened
            assert words(again.after, now=True)
            assert again.words.endswith(".")
    assert {edge: dict(graph.edges[edge]) for edge in graph.edges} == before


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_done_to_a_barrier_last_is_what_counts(seed):
    graph = drawn(seed)

    for one in barriers(graph):
        twice = retell(graph, [Change("strengthen", one.id), Change("remove", one.id)])
        once = retell(graph, [Change("remove", one.id)])
        assert twice.after == once.after
        assert twice.words == once.words
