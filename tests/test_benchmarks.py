"""The arithmetic of the benchmarks, and that each is listed; what they measure is no test."""

import benchmarks
from benchmarks.__main__ import BENCHMARKS


def test_a_figure_compares_each_round_with_itself():
    slower_and_slower = benchmarks.figure("time, s", [2, 4, 60], [1, 2, 30])

    assert slower_and_slower == benchmarks.Figure("time, s", 4, 2, ratio=2, beyond=2, n=3)


def test_sides_take_turns_at_going_first_and_the_first_round_only_warms_up():
    turns = list(benchmarks.in_turns(["ours", "baseline"], rounds=2))

    assert [side for counts, side in turns if counts] == ["ours", "baseline", "baseline", "ours"]
    assert [side for counts, side in turns if not counts] == ["baseline", "ours"]


def test_every_benchmark_is_described_by_its_name():
    described = {line.split()[0] for line in benchmarks.__doc__.splitlines() if line}

    assert set(BENCHMARKS) <= described
