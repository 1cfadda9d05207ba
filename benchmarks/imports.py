"""What a trainee's kernel loads, against bare ipywidgets and networkx: time and memory."""

import json
import subprocess
import sys

from benchmarks import Figure, figure, in_turns

ROUNDS = 7
SIDES = {"ours": "incident_training.widgets", "baseline": "ipywidgets, networkx"}
MEASURED = """
import json, time
before = time.perf_counter()
import {modules}
took = time.perf_counter() - before
import psutil  # ipykernel brings it
print(json.dumps([took * 1000, psutil.Process().memory_info().rss / 2**20]))
"""


def measure() -> list[Figure]:
    """Return milliseconds and MiB of fresh interpreters."""
    taken: dict[str, list[tuple[float, float]]] = {side: [] for side in SIDES}
    for counts, side in in_turns(list(SIDES), ROUNDS):
        code = MEASURED.format(modules=SIDES[side])
        said = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE)
        if counts:
            taken[side].append(tuple(json.loads(said.stdout)))
    (our_times, our_sizes), (times, sizes) = (zip(*taken[side], strict=True) for side in SIDES)
    return [
        figure("imports: time, ms", our_times, times),
        figure("imports: memory (RSS), MiB", our_sizes, sizes),
    ]
