"""What the marks on a weak draft come to: remarks on each place, the count, what was passed."""

from collections.abc import Iterator, Mapping, Sequence

from incident_training.kinds.base import Frozen, Line, Remark, Text
from incident_training.kinds.planted import FAULTS, Passage

FEW = 3  # places passed that are named; more are only numbered

Draft = Sequence[Passage]


class Mark(Frozen):
    """A passage one asks about; `mended` None: it is left to its writer, or not said yet."""

    passage: str
    asks: Line | None = None
    mended: Text | None = None


Marked = Mapping[str, Mark]  # by passage


def remarks(draft: Draft, marked: Marked, *, untouched: bool) -> Iterator[Remark]:
    """Yield a remark on each place and each mark, and, unscored, on what one wrote there."""
    for number, passage in enumerate(draft, 1):
        mark = marked.get(passage.id)
        if passage.fault or mark:
            yield _mark(passage, number, mark, untouched=untouched)
        if passage.fault and mark and mark.asks:
            yield from _texts(passage, number, mark)


def verdict(draft: Draft, marked: Marked) -> str:
    """Say at how many of the places one asked."""
    places = [one.id for one in draft if one.fault]
    found = sum(name in marked for name in places)
    if not marked:
        return f"You let the draft pass; {len(places)} places in it are worth a question."
    if found < len(places):
        return f"You asked about {found or 'none'} of the {len(places)} places worth a question."
    besides = "" if len(marked) > found else ", and let the others be"
    return f"You asked about all {len(places)} places worth a question{besides}."


def reason(draft: Draft, marked: Marked) -> str:
    """Say which places one passed, and which marks stand on what is fine."""
    numbered = [*enumerate(draft, 1)]
    missed = [(n, one) for n, one in numbered if one.fault and one.id not in marked]
    fine = [str(n) for n, one in numbered if not one.fault and one.id in marked]
    said = []
    if missed:
        few = len(missed) <= FEW
        said.append(f"You passed {_and([_named(n, one) if few else str(n) for n, one in missed])}.")
    if fine:
        are = "is fine as it is" if len(fine) == 1 else "are fine as they are"
        said.append(f"{_and(fine)} {are}; asking cost the writer a minute.")
    return " ".join(said)


def why_fine(passage: Passage) -> str:
    """Say why a passage needs no question."""
    return passage.because or "It says what was there, and a reader can check it."


def _mark(passage: Passage, number: int, mark: Mark | None, *, untouched: bool) -> Remark:
    fault = passage.fault
    return Remark(
        item=f"{number}. {passage.text}",
        given=None if untouched else "asked about" if mark else "passed",
        expected=f"asked about: {FAULTS[fault.kind]}" if fault else "passed: it is fine",
        score=None if untouched else float(bool(mark) == bool(fault)),
        because=fault.because if fault else why_fine(passage),
    )


def _texts(passage: Passage, number: int, mark: Mark) -> Iterator[Remark]:
    """What one asked and wrote is for people to judge, so it is kept and never scored."""
    fault = passage.fault
    assert fault is not None
    texts = {"question": (mark.asks, fault.asks), "mending": (mark.mended, fault.mended)}
    for name, (given, expected) in texts.items():
        yield Remark(
            item=f"{number}. your {name}",
            given=given,
            expected=expected,
            score=None,
            because=fault.because,
        )


def _named(number: int, passage: Passage) -> str:
    return f"{number} ({FAULTS[passage.fault.kind]})" if passage.fault else str(number)


def _and(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
