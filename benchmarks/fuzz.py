"""Scenario files that ship, mutated: what is read is a checked scenario or a ContentError.

Anything else that comes out ends the run and names the input. The baseline is the same file as it
ships, read in between; the slowest input is what a stranger's file can cost.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from statistics import median

from benchmarks import Figure, figure
from incident_training import library, places
from incident_training.library.pack import of_bytes

INPUTS, SEED, EACH = 100_000, 4, 50  # after so many inputs, a file as it ships
SLOW = 0.05  # seconds
NASTY = (
    *("!!python/object/apply:os.system [ls]", "&a", "*a", "<<: *a", "{<<: [*a, *a]}", "? [1, 2]"),
    *(
        "---",
        "...",
        "%YAML 3.0",
        "- " * 50,
        "[" * 500,
        "{a: " * 50,
        "'",
        '"',
        "|",
        ">-",
        "\t",
        "\0",
    ),
    *("\u202e", "\u2066", '"\\u202e"', '"\\ud800"', '"\\0"', "\ufeff", "\x1b[31m", "\r", "\x85"),
    *("9" * 10_000, "0x" + "f" * 10_000, ".inf", ".nan", "-.inf", "1e999", "-1", "1_0", "0o17"),
    *("2026-13-45", "24:00", "12:30 +9d", "-1:00", "NO", "~", "null", "[]", "{}", "''", "[[[]]]"),
    *(
        "__class__",
        "__proto__",
        "{{7*7}}",
        "{0.__class__}",
        "${7*7}",
        "<img src=x onerror=alert(1)>",
    ),
    *("x" * 19_999, "x " * 12_000, "é" * 5_000, "\\" * 3_000, "../../etc/passwd", "a.svg"),
)


def measure() -> list[Figure]:
    """Return milliseconds, and print how many inputs were refused; raises what should not be."""
    sound = {name: content(name) for name in library.shipped()}
    outcomes: Counter[str] = Counter()
    took: list[float] = []
    whole: list[float] = []
    for name, mutated in mutations(sound, INPUTS, SEED):
        outcome, seconds = timed(name, mutated)
        outcomes[outcome] += 1
        took.append(seconds * 1000)
        if len(took) % EACH == 0:
            whole.append(median(timed(name, sound[name])[1] * 1000 for _ in range(3)))
    said = ", ".join(f"{count:,} {outcome}" for outcome, count in outcomes.most_common())
    print(f"fuzz: {INPUTS:,} inputs: {said}", file=sys.stderr)
    typical = [median(took[at : at + EACH]) for at in range(0, len(took), EACH)]
    slowest = [max(took[at : at + EACH]) for at in range(0, len(took), EACH)]
    return [
        figure("fuzz: a mutated file, ms", typical, whole),
        Figure(
            "fuzz: the slowest of all, ms",
            max(slowest),
            max(whole),
            max(slowest) / max(whole),
            max(slowest) - max(whole),
            len(took),
        ),
    ]


def content(name: str) -> bytes:
    """Return the bytes of a scenario that ships."""
    return next(file for file in library.files(places.exercises()) if file.id == name).content()


def timed(name: str, content: bytes) -> tuple[str, float]:
    """Return "read" or "refused", and its seconds of processor; raises what should never be raised.

    What seems slow is read twice more, and the quickest counts: the input is slow, or the computer.
    """
    outcome, seconds = _once(name, content)
    if seconds > SLOW:
        seconds = min(seconds, *(_once(name, content)[1] for _ in range(2)))
    return outcome, seconds


def _once(name: str, content: bytes) -> tuple[str, float]:
    file = of_bytes({f"{name}.yaml": content}, "fuzz.zip").scenarios[0]
    begun = time.process_time()
    try:
        library.load(file)
    except library.ContentError:
        return "refused", time.process_time() - begun
    except BaseException as error:
        error.add_note(f"from {content[:2000]!r}")
        raise
    return "read", time.process_time() - begun


def mutations(sound: Mapping[str, bytes], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many names and mutated contents, the same for a seed."""
    chance = Random(seed)
    names = sorted(sound)
    for _ in range(count):
        name = chance.choice(names)
        mutated = sound[name]
        for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
            mutated = chance.choice(MUTATE)(chance, mutated, sound[chance.choice(names)])
        yield name, mutated


def _flip(chance: Random, content: bytes, _: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _cut(chance: Random, content: bytes, _: bytes) -> bytes:
    start, end = _span(chance, content)
    return content[:start] + content[end:]


def _repeat(chance: Random, content: bytes, _: bytes) -> bytes:
    start, end = _span(chance, content)
    return content[:end] + content[start:end] * chance.choice((1, 2, 50)) + content[end:]


def _insert(chance: Random, content: bytes, _: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + _nasty(chance) + content[at:]


def _splice(chance: Random, content: bytes, other: bytes) -> bytes:
    return content[: _span(chance, content)[0]] + other[_span(chance, other)[0] :]


def _end(chance: Random, content: bytes, _: bytes) -> bytes:
    return content[: _span(chance, content)[0]]


def _noise(chance: Random, content: bytes, _: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.randbytes(chance.choice((1, 8, 500))) + content[at:]


def _value(chance: Random, content: bytes, _: bytes) -> bytes:
    """Another value for one field."""

    def change(lines: list[bytes], at: int) -> None:
        name, colon, _ = lines[at].partition(b": ")
        lines[at] = name + (colon or b": ") + _nasty(chance) + b"\n"

    return _lines(chance, content, change)


def _name(chance: Random, content: bytes, _: bytes) -> bytes:
    """A slip in the name of one field, or in its first word."""

    def change(lines: list[bytes], at: int) -> None:
        line = bytearray(lines[at])
        if len(line) > 4:
            spot = chance.randrange(len(line) - 1)
            line[spot], line[spot + 1] = line[spot + 1], line[spot]
        lines[at] = bytes(line)

    return _lines(chance, content, change)


def _move(chance: Random, content: bytes, _: bytes) -> bytes:
    """One line elsewhere, or further in or out."""

    def change(lines: list[bytes], at: int) -> None:
        line = lines.pop(at)
        lines.insert(
            chance.randrange(len(lines) + 1), chance.choice((line, b"  " + line, line[2:]))
        )

    return _lines(chance, content, change)


def _crowd(chance: Random, content: bytes, _: bytes) -> bytes:
    """One stretch of whole lines, a great many times."""

    def change(lines: list[bytes], at: int) -> None:
        lines[at : at + 1] = lines[at : at + chance.choice((1, 5, 12))] * chance.choice(
            (3, 150, 900)
        )

    return _lines(chance, content, change)


MUTATE: Sequence[Callable[[Random, bytes, bytes], bytes]] = (
    *(_flip, _cut, _repeat, _insert, _splice, _end, _noise),
    *(_value, _value, _name, _name, _move, _crowd),
)


def _lines(chance: Random, content: bytes, change: Callable[[list[bytes], int], None]) -> bytes:
    if lines := content.splitlines(keepends=True):
        change(lines, chance.randrange(len(lines)))
    return b"".join(lines)


def _span(chance: Random, content: bytes) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.choice((1, 10, 200, 5_000)))


def _nasty(chance: Random) -> bytes:
    return chance.choice(NASTY).encode()
