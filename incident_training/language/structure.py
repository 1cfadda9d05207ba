"""What a draft lacks: a section, a number, a second factor, a time, a way to know, one owner.

Each gap is a question with its reason and source, from structure.toml. What is decided here is only
what can be counted or read off the words; where that is not sure there is no gap.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from textwrap import shorten
from typing import Any

from incident_training.language import owner, planned, times
from incident_training.language.planned import Plan, balance
from incident_training.language.review import review
from incident_training.language.written import (
    count_factors,
    factors,
    lines,
    says_how_many,
    says_something,
)

__all__ = ["Gap", "balance", "count_factors", "gaps", "lines", "says_how_many"]

ABOUT_PEOPLE = ("blame", "person-as-cause", "mechanistic")  # families of the review
NAMED = 80  # characters of a line or a candidate that a question names

_LINKED = re.compile(
    r"->|→|⇒|\b(?:because|since|so|therefore|thus|hence|which|due to|thanks to|owing to|as a result"
    r"|led|leads|leading|meant|means|meaning|made|makes|let|lets|letting|allow(?:ed|s|ing)"
    r"|caus(?:ed|es|ing)|result(?:ed|s|ing)|enabl(?:ed|es|ing)|kept|keeps|hid|hides|hiding"
    r"|prevent(?:ed|s|ing)|stopp(?:ed|ing)|trigger(?:ed|s|ing)|forc(?:ed|es|ing)|until|unless"
    r"|without|when(?:ever)?|once|after|while|if|why|that is how)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Gap:
    """Something a section lacks, as a question; `section` "actions" is the candidates."""

    rule: str
    section: str
    question: str
    reason: str
    source: str


def gaps(draft: Mapping[str, str], candidates: Plan, near_miss: bool) -> tuple[Gap, ...]:
    """Return what a draft lacks, the most telling first, or raise TooLong.

    `draft` has what is written by section; a candidate is {text, known, kind, tier, backlog}.
    """
    found = [
        _gap(name, row, about)
        for name, row in rules().items()
        if (near_miss or not row.get("near_miss"))
        and (about := _CHECKS[name](draft, candidates)) is not None
    ]
    return tuple(found)


@cache
def rules() -> Mapping[str, Mapping[str, Any]]:
    """Return what each rule asks, where, why and after whom; the most telling first."""
    return tomllib.loads(files(__package__).joinpath("structure.toml").read_text("utf-8"))


def _gap(name: str, row: Mapping[str, Any], about: str) -> Gap:
    named = shorten(about, NAMED, placeholder=" …")
    question = row["question"].replace("{}", named)
    return Gap(name, row["section"], question, row["reason"], row["source"])


# A check returns what its question is about, "" where it names nothing, None where there is no gap.
Check = Callable[[Mapping[str, str], Plan], str | None]


def _when(so: bool) -> str | None:
    return "" if so else None


def _missing(name: str) -> Check:
    return lambda draft, _: _when(not says_something(draft.get(name)))


def _of(name: str, lacks: Callable[[str], str | None]) -> Check:
    """Return a check of what is written in a section; what is not written is another gap."""

    def check(draft: Mapping[str, str], _: Plan) -> str | None:
        text = draft.get(name, "")
        return lacks(text) if says_something(text) else None

    return check


def _planned(lacks: Callable[[Plan], str | None]) -> Check:
    return lambda _, candidates: lacks(_said(candidates))


def _said(candidates: Plan) -> Sequence[Mapping[str, str]]:
    return [one for one in candidates if one.get("text", "").strip()]


def _only(kinds: set[str], candidates: Plan) -> str | None:
    found = planned.kinds(candidates)
    return _when(bool(found) and found <= kinds)


def _about_people(text: str) -> str | None:
    """Return how many factors are left without those about a person, if these are too few."""
    named = factors(text)
    left = sum(not _about_a_person(one) for one in named)
    if len(named) < 2 or left > 1:
        return None
    return "one factor is" if left else "no factor is"


def _about_a_person(factor: str) -> bool:
    return any(found.family in ABOUT_PEOPLE for found in review(factor, "factors"))


def _apart(text: str) -> str | None:
    return _when(count_factors(text) > 1 and not _LINKED.search(text))


def _late(draft: Mapping[str, str], _: Plan) -> str | None:
    noticed = "\n".join(draft.get(name, "") for name in ("noticed", "detection"))
    return _when(times.starts_late(draft.get("timeline", ""), noticed))


def _disordered(text: str) -> str | None:
    found = times.out_of_order(text)
    return found.text.strip(" #|*") if found else None


def _unsourced(text: str) -> str | None:
    return _when(len(times.timed(text)) > 2 and not times.sourced(text))


_CHECKS: Mapping[str, Check] = {
    **{
        f"no-{name}": _missing(name)
        for name in (
            *("summary", "impact", "timeline", "factors", "lucky", "owner"),
            *("stopped", "left", "worst", "noticed"),
        )
    },
    "impact-numbers": _of("impact", lambda text: _when(not says_how_many(text))),
    "factors-one": _of("factors", lambda text: _when(count_factors(text) < 2)),
    "factors-person": _of("factors", _about_people),
    "factors-apart": _of("factors", _apart),
    "timeline-start": _late,
    "timeline-times": _of("timeline", lambda text: _when(not times.says_when(text))),
    "timeline-order": _of("timeline", _disordered),
    "timeline-zone": _of("timeline", times.foreign),
    "timeline-sources": _of("timeline", _unsourced),
    "owner-team": _of("owner", lambda text: _when(owner.is_group(text))),
    "owner-two": _of("owner", lambda text: _when(owner.is_several(text))),
    "no-actions": _planned(lambda plan: _when(not plan)),
    "only-weaker": _planned(lambda plan: _when(planned.only_weaker(plan))),
    "tier-unsaid": _planned(lambda plan: _when(planned.tier_unsaid(plan))),
    "known-missing": _planned(planned.unknown),
    "only-prevent": _planned(partial(_only, {"prevent"})),
    "only-detect": _planned(partial(_only, {"detect"})),
    "only-after": _planned(partial(_only, {"investigate", "repair"})),
}
