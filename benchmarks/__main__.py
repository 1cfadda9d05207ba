"""The command: run the benchmarks named, or all, and print one line for each figure."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from benchmarks import (
    CannotMeasure,
    Figure,
    clicking,
    fuzz,
    imports,
    language,
    memory,
    opening,
    reloads,
)

Measure = Callable[[], list[Figure]]
BENCHMARKS: dict[str, Measure] = {
    "open": opening.measure,
    "click": clicking.measure,
    "memory": memory.measure,
    "reloads": reloads.measure,
    "imports": imports.measure,
    "fuzz": fuzz.measure,
    "language": language.measure,
}


def main() -> int:
    """Return 1 if a benchmark could not be run; the others are."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = ", ".join(BENCHMARKS)
    parser.add_argument("name", nargs="*", help=f"{names} ARCHIVE.zip; without one, all")
    parser.add_argument("--json", action="store_true", help="the figures as a JSON list")
    args = parser.parse_args()
    archive = next((name for name in args.name if name.endswith(".zip")), "")
    wanted = [name for name in args.name if name != archive]
    reviewed: Measure = partial(language.measure, archive)
    known = {**BENCHMARKS, "language": reviewed}
    if unknown := set(wanted) - set(known):
        parser.error(f"there is no {', '.join(sorted(unknown))}; choose from {names}")

    figures, status = [], 0
    for name in wanted or (["language"] if archive else known):
        try:
            figures += known[name]()
        except CannotMeasure as missing:
            print(f"{name}: {missing}", file=sys.stderr)
            status = 1
    if figures:
        print(_as_json(figures) if args.json else _as_table(figures))
    return status


def _as_json(figures: list[Figure]) -> str:
    return json.dumps([asdict(f) for f in figures], indent=2)


def _as_table(figures: list[Figure]) -> str:
    lines = [f"{'':<40}{'ours':>9}{'baseline':>10}{'ratio':>8}{'beyond':>9}{'n':>8}"]
    lines += [
        f"{f.name:<40}{f.ours:>9.4g}{f.baseline:>10.4g}{f.ratio:>8.2f}{f.beyond:>+9.4g}{f.n:>8,}"
        for f in figures
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
