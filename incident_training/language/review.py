"""What a draft's sentences say about people, the past and the plan: places worth a question.

A finding asks; it never rewrites. Where no rule of the rulebook holds, the review is silent.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from incident_training.language.harvest import MOST, TooLong
from incident_training.language.passages import Passage, passages, sentences
from incident_training.language.people import signed
from incident_training.language.rulebook import Outcome, Rule, rules
from incident_training.language.sections import names, titles
from incident_training.language.sections import section as section_of
from incident_training.language.words import Said, Words, shared
from incident_training.language.words import said as said_of

__all__ = ["MOST", "Finding", "TooLong", "alike", "one_each", "review", "rules"]

LONGEST = 600  # characters of a sentence that is shown whole
AROUND = 240  # and of a longer one, on each side of the words


@dataclass(frozen=True)
class Finding:
    """A place to ask about: `start` to `end` in code points of the text, in its sentence."""

    rule: str
    family: str
    outcome: Outcome
    start: int
    end: int
    section: str
    sentence: str
    question: str
    reason: str
    source: str


def review(text: str, section: str | None = None) -> tuple[Finding, ...]:
    """Return the findings of a text in order, at most one a family and sentence, or raise TooLong.

    Without a section the headings of the text say in which a passage stands.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MOST:
        raise TooLong(
            f"that is {size // 1000:,} KB; at most {MOST // 1000} KB are read at once."
            " Ask about one section at a time"
        )
    found = (
        finding
        for passage in passages(text, titles())
        if (here := section or section_of(passage.headings))
        for finding in _findings(text, passage, here)
    )
    return tuple(sorted(found, key=_place))


def warm() -> None:
    """Compile what the first review would otherwise wait for: about a second's work."""
    for name in names():
        review("It was quiet.", name)


def one_each(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return one finding for each sentence, in order: its first flag, else its first ask.

    A sentence has one writer, who answers one question at a time.
    """
    ordered = sorted(findings, key=_place)
    kept: list[Finding] = []
    first = 0
    for one in ordered:
        last = kept[-1] if kept else None
        if not last or last.sentence != one.sentence or one.start >= first + len(one.sentence):
            kept.append(one)
            first = one.start
        elif last.outcome == "ask" and one.outcome == "flag":
            kept[-1] = one
    return tuple(kept)


def alike(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """Return findings together that one question asks about, in the order of their firsts.

    They are of one section, family and outcome: ten actions without an end are one lesson.
    """
    groups: dict[tuple[str, str, Outcome], list[Finding]] = {}
    for one in findings:
        groups.setdefault((one.section, one.family, one.outcome), []).append(one)
    return tuple(map(tuple, groups.values()))


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.start, finding.end, finding.rule


def _findings(text: str, passage: Passage, section: str) -> Iterator[Finding]:
    here = _in(section)
    prose = signed(_quotation().sub(lambda quoted: " " * len(quoted[0]), passage.prose))
    whole = said_of(prose)
    for start, end in sentences(passage):
        said = said_of(prose[start - passage.start : end - passage.start])
        if _aside(section).search(said):
            continue
        told = set[str]()
        for rule in here:
            if rule.family in told or not (found := rule.words.search(said)):
                continue
            if not _taken_back(rule, said, whole):
                told.add(rule.family)
                at = (start + found.start(), start + found.end())
                finding = _finding(text, rule, section, at, (start, end))
                yield replace(finding, outcome="ask") if _of_oneself(rule, said) else finding


def _taken_back(rule: Rule, said: Said, whole: Said) -> bool:
    """Whether other words, of the sentence or around it, say that there is nothing to ask."""
    places = [said, whole] if rule.whole else [said]
    return bool(rule.unless and any(rule.unless.search(place) for place in places))


def _of_oneself(rule: Rule, said: Said) -> bool:
    """Whether a sentence judges nobody but those who write: that is at most asked about."""
    own = shared()["own"]
    here = rule.family in own["families"] and _own().search(said)
    return bool(here and not _others().search(said))


@cache
def _in(section: str) -> tuple[Rule, ...]:
    """Return the rules that hold in a section."""
    return tuple(
        rule
        for rule in rules().values()
        if section not in rule.silent and (not rule.holds or section in rule.holds)
    )


def _finding(
    text: str, rule: Rule, section: str, at: tuple[int, int], within: tuple[int, int]
) -> Finding:
    (start, end), (first, last) = at, within
    if last - first > LONGEST:
        first, last = max(first, start - AROUND), min(last, max(end, start + 1) + AROUND)
    return Finding(
        rule=rule.id,
        family=rule.family,
        outcome=rule.outcome,
        start=start,
        end=end,
        section=section,
        sentence=" ".join(text[first:last].split()),
        question=rule.question,
        reason=rule.reason,
        source=rule.source,
    )


@cache
def _quotation() -> re.Pattern[str]:
    return re.compile("|".join(shared()["quotations"]))


@cache
def _own() -> Words:
    return Words(shared()["own"]["words"], {})


@cache
def _others() -> Words:
    return Words("{name}|{role}", {})


@cache
def _aside(section: str) -> Words:
    """Among actions a question is a plan that is not made yet: it is asked about."""
    asks = [] if section == "actions" else shared()["asks"]
    return Words([*asks, *shared()["asides"]], {})
