"""What the clinic asks about a draft: at most three questions, the most useful first.

Only when asked, never a rewrite, each with its reason and source; what its writer left as it is,
with or without a reason, is not asked again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from zlib import crc32

from incident_training.kinds.base import Frozen, Given, NotAllowed
from incident_training.kinds.candidates import Candidate
from incident_training.kinds.workbook import SECTIONS, Texts
from incident_training.language.review import one_each, review, rules
from incident_training.language.structure import gaps

MOST = 3
FIRST = 2  # of them that nearly every reader would ask; the rest is for what is not there
ACTIONS = "candidates"  # the field in which actions are written
LEFT = "left-"  # and a field: the questions on it that its writer left as they are


class Question(Frozen):
    """A question at a place of a draft: `start` to `end` in code points of the field's text.

    `sentence` is "" where it is about what is not there.
    """

    id: str
    field: str
    outcome: str
    rule: str
    sentence: str
    start: int
    end: int
    question: str
    reason: str
    source: str


def questions(
    texts: Texts, candidates: Sequence[Candidate], *, near_miss: bool, left: Mapping[str, str]
) -> tuple[Question, ...]:
    """Return at most MOST questions in the order of the draft; `left` are not to be asked again.

    Two that nearly every reader would ask come first, then by turns what is not there and what is
    worth a question; one for each sentence, and of each family one before a second.
    """
    said = [one for one in _said(texts, candidates) if one.id not in left]
    lacks = [one for one in _gaps(texts, candidates, near_miss) if one.id not in left]
    if any(one.field == "factors" for one in said):  # the same lesson, at its sentence
        lacks = [one for one in lacks if one.rule != "factors-person"]
    flags = _varied(one for one in said if one.outcome == "flag")
    asks = _varied(one for one in said if one.outcome == "ask")
    turns = [one for pair in zip_longest(lacks, [*flags[FIRST:], *asks]) for one in pair if one]
    chosen = [*flags[:FIRST], *turns][:MOST]
    order = [*SECTIONS, ACTIONS]
    return tuple(sorted(chosen, key=lambda one: (order.index(one.field), one.start)))


def left_of(given: Given) -> dict[str, str]:
    """Return the questions left as they are and why, as a form sends them, or raise NotAllowed."""
    found: dict[str, str] = {}
    for field in (*SECTIONS, ACTIONS):
        left = given.get(f"{LEFT}{field}") or {}
        if not isinstance(left, dict) or not all(isinstance(why, str) for why in left.values()):
            raise NotAllowed("what is left as it is: send a reason for each question")
        found |= {str(name)[:100]: why.strip()[:500] for name, why in left.items()}
    return found


def _varied(found: Iterable[Question]) -> list[Question]:
    """The first of each family before a second of any: three of a kind are one lesson."""
    nth = Counter[str]()
    turned: list[tuple[int, Question]] = []
    for one in found:
        family = rules()[one.rule].family
        turned.append((nth[family], one))
        nth[family] += 1
    return [one for _, one in sorted(turned, key=lambda pair: pair[0])]


def _said(texts: Texts, candidates: Sequence[Candidate]) -> Iterator[Question]:
    written = [(name, name, text) for name, text in texts.items()]
    written += [(ACTIONS, "actions", one.text) for one in candidates]
    for field, section, text in written:
        for found in one_each(review(text, section)):
            yield Question(
                id=_id(found.rule, field, found.sentence),
                field=field,
                outcome=found.outcome,
                rule=found.rule,
                sentence=found.sentence,
                start=found.start,
                end=found.end,
                question=found.question,
                reason=found.reason,
                source=found.source,
            )


def _gaps(texts: Texts, candidates: Sequence[Candidate], near_miss: bool) -> Iterator[Question]:
    for gap in gaps(texts, [one.row for one in candidates], near_miss):
        yield Question(
            id=_id(gap.rule, gap.section, ""),
            field=ACTIONS if gap.section == "actions" else gap.section,
            outcome="ask",
            rule=gap.rule,
            sentence="",
            start=0,
            end=0,
            question=gap.question,
            reason=gap.reason,
            source=gap.source,
        )


def _id(rule: str, place: str, sentence: str) -> str:
    """The same for the same rule at the same words, wherever they have moved in their section."""
    return f"{rule}:{place}:{crc32(' '.join(sentence.split()).encode()):08x}"
