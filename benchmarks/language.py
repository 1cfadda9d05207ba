"""The language review over an archive of public postmortems, against reading and splitting.

    python -m benchmarks language ARCHIVE.zip

It prints how many texts and words there were, and how many findings and flags. How often a rule is
right is no matter of speed: only people who read the sentences can say.
"""

import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from statistics import median

from benchmarks import CannotMeasure, Figure, figure, in_turns
from incident_training.language import TooLong, review

ROUNDS = 5
PAGE = 2_000  # words: a long postmortem
FEW = 200  # words: what is shorter has no speed of its own
ENDS = (".md", ".txt")
WANTED = "an archive of texts: python -m benchmarks language ARCHIVE.zip"


def measure(archive: str = "") -> list[Figure]:
    """Return microseconds a word; print the counts, or only that it wants an archive."""
    if not archive:
        print(f"language: not measured; it wants {WANTED}", file=sys.stderr)
        return []
    if not zipfile.is_zipfile(archive):
        raise CannotMeasure(f"{archive} is not there, or no zip archive; it wants {WANTED}")
    with zipfile.ZipFile(archive) as kept:
        texts = dict(texts_of(kept))
        if not texts:
            raise CannotMeasure(f"{archive} holds no text that ends with {' or '.join(ENDS)}")
        say_counts(texts)
        return measured(kept, texts)


def measured(kept: zipfile.ZipFile, texts: Mapping[str, str]) -> list[Figure]:
    """Return the figures: each round reads every text on both sides."""
    taken: dict[str, list[float]] = {"ours": [], "baseline": []}
    each: list[list[float]] = []
    words = sum(len(text.split()) for text in texts.values())
    for counts, side in in_turns(list(taken), ROUNDS):
        times = [timed(side, kept, name) for name in texts]
        if counts:
            taken[side].append(1e6 * sum(times) / words)
            if side == "ours":
                each.append(times)
    read_and_split = figure("language: a word, µs", taken["ours"], taken["baseline"])
    return [read_and_split, slowest([*texts.values()], each)]


def texts_of(kept: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name and text of what an archive holds that the review reads at once."""
    for name in sorted(kept.namelist()):
        text = read(kept, name) if name.endswith(ENDS) else ""
        if text.strip() and not too_long(name, text):
            yield name, text


def read(kept: zipfile.ZipFile, name: str) -> str:
    return kept.read(name).decode("utf-8", "replace")


def too_long(name: str, text: str) -> bool:
    """Say whether it is longer than the review reads at once; that is said, too."""
    try:
        review(text)
    except TooLong as error:
        print(f"language: {name} is left out: {error}", file=sys.stderr)
        return True
    return False


def timed(side: str, kept: zipfile.ZipFile, name: str) -> float:
    """Return seconds of processor to read a text and review it, or only to split it."""
    work = review if side == "ours" else str.split
    begun = time.process_time()
    work(read(kept, name))
    return time.process_time() - begun


def slowest(texts: list[str], each: list[list[float]]) -> Figure:
    """Return the slowest text by the word against the median text; short ones are left out."""
    long = [nth for nth, text in enumerate(texts) if len(text.split()) >= FEW]
    if not long:
        raise CannotMeasure(f"no text has {FEW} words")
    by_word = [1e6 * median(t[nth] for t in each) / len(texts[nth].split()) for nth in long]
    worst, usual = max(by_word), median(by_word)
    return Figure(
        "language: the slowest text, µs a word",
        worst,
        usual,
        worst / usual,
        worst - usual,
        len(long),
    )


def say_counts(texts: Mapping[str, str]) -> None:
    """Print texts, words, findings, and flags for so many words."""
    words = sum(len(text.split()) for text in texts.values())
    outcomes = Counter(found.outcome for text in texts.values() for found in review(text))
    flags, asks = outcomes["flag"], outcomes["ask"]
    print(
        f"language: {len(texts):,} texts, {words:,} words: {flags + asks:,} findings,"
        f" {flags:,} of them flags; {PAGE * flags / words:.2f} flags"
        f" and {PAGE * asks / words:.2f} asks in {PAGE:,} words",
        file=sys.stderr,
    )
