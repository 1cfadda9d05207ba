"""Whether a weak draft is worth reading: enough faults, of several kinds, and enough besides."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

from incident_training.kinds.base import plural
from incident_training.kinds.clinic import MOST_MARKS, changed
from incident_training.kinds.planted import ClinicPart, Passage, SectionName
from incident_training.kinds.scenario import Scenario
from incident_training.library.faults import Fault
from incident_training.library.node import Node
from incident_training.library.story import twice

FEWEST_PASSAGES, MOST_PASSAGES = 10, 18
FEWEST_FAULTS, FEWEST_KINDS, FEWEST_TEMPTING = 4, 3, 2
MOST_SENTENCES = 3
_RUN = 4  # words in a row that a hint and a passage do not share by chance
_ENDS = re.compile(r"[.?!][”’)]?(?=\s+\S)")


def clinic_faults(scenario: Scenario, root: Node) -> Iterator[Fault]:
    """Yield by what a draft gives its faults away, or has too few of them to be worth reading."""
    part, place = scenario.asks("clinic"), root.get("clinic")
    if not isinstance(part, ClinicPart):
        return
    draft = place.get("draft")
    yield from twice(draft.items)
    yield from _long(part, draft)
    yield from _order(part, draft)
    yield from _faults(part, draft)
    yield from _harmless(part, draft)
    for passage, node in zip(part.draft, draft.items, strict=True):
        yield from _mended(passage, node)
        yield from _told(passage, node)
    yield from _hint(part, place)


def _long(part: ClinicPart, draft: Node) -> Iterator[Fault]:
    if not FEWEST_PASSAGES <= len(part.draft) <= MOST_PASSAGES:
        message = f"a draft of {plural(len(part.draft), 'passage', 'passages')}"
        fix = (
            f"Write {FEWEST_PASSAGES} to {MOST_PASSAGES}: enough to hide in, and read in a sitting."
        )
        yield draft.fault("weak-draft", message, fix)
    for passage, node in zip(part.draft, draft.items, strict=True):
        sentences = 1 + len(_ENDS.findall(passage.text.strip()))
        if sentences > MOST_SENTENCES:
            message = f"is {sentences} sentences long, and one mark is about one thing"
            yield node.get("text").fault("weak-draft", message, "Make it two passages.")


def _order(part: ClinicPart, draft: Node) -> Iterator[Fault]:
    """The sections of a draft stand together, in the order of every template."""
    names = get_args(SectionName)
    for (one, other), node in zip(pairwise(part.draft), draft.items[1:], strict=True):
        if names.index(other.section) < names.index(one.section):
            message = f"{other.section} comes after {one.section}"
            fix = f"The order is {', '.join(names)}."
            yield node.get("section").fault("weak-draft", message, fix)


def _faults(part: ClinicPart, draft: Node) -> Iterator[Fault]:
    kinds = [one.fault.kind for one in part.draft if one.fault]
    if not FEWEST_FAULTS <= len(kinds) <= MOST_MARKS:
        message = f"{plural(len(kinds), 'passage has', 'passages have')} a fault"
        yield draft.fault("planted", message, f"Plant {FEWEST_FAULTS} to {MOST_MARKS}.")
    if len({*kinds}) < FEWEST_KINDS:
        message = f"the faults are of {plural(len({*kinds}), 'kind', 'kinds')}"
        fix = f"Plant at least {FEWEST_KINDS} kinds, or the second is found by the first."
        yield draft.fault("planted", message, fix)


def _harmless(part: ClinicPart, draft: Node) -> Iterator[Fault]:
    fine = [one for one in part.draft if not one.fault]
    if len(fine) * 3 < len(part.draft):
        message = f"{len(fine)} of {len(part.draft)} passages are fine"
        yield draft.fault("tempting", message, "Let at least a third be: most of a draft is.")
    if sum(one.because is not None for one in fine) < FEWEST_TEMPTING:
        message = "fewer than two passages are tempting and fine"
        fix = "Write two that look like a fault, each with a line “because: …” saying why not."
        yield draft.fault("tempting", message, fix)


def _mended(passage: Passage, node: Node) -> Iterator[Fault]:
    if passage.fault and not changed(passage, passage.fault.mended):
        fix = "Write one way in which it needs no question."
        place = node.get("fault").get("mended")
        yield place.fault("mended", "is the passage as it was", fix)


def _told(passage: Passage, node: Node) -> Iterator[Fault]:
    if passage.fault and passage.because:
        message = "says why this passage is fine, and it has a fault"
        fix = "Keep one of the two; a fault has a because of its own."
        yield node.get("because").fault("tempting", message, fix)


def _hint(part: ClinicPart, place: Node) -> Iterator[Fault]:
    said = {*_runs(part.hint)}
    for passage in part.draft:
        fault = passage.fault
        shared = (
            [r for r in _runs(passage.text, fault.asks, fault.mended) if r in said] if fault else []
        )
        if shared:
            message = f"“{' '.join(shared[0])}” stands in {passage.id} too, which has a fault"
            fix = "Ask for a way of reading, not for a place."
            yield place.get("hint").fault("truth-shown", message, fix)
            return


def _runs(*texts: str) -> Iterator[tuple[str, ...]]:
    for text in texts:
        words = re.findall(r"[\w’']+", text.lower())
        yield from zip(*(words[start:] for start in range(_RUN)), strict=False)
