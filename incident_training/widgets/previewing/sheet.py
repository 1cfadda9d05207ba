"""The sheet of a scenario: all that its author wrote, in the order in which it is met."""

from collections.abc import Callable, Iterator
from typing import Any

from incident_training import hazard
from incident_training.clock import clock
from incident_training.doctrine.policy import policies
from incident_training.kinds import Scenario, exercises
from incident_training.kinds.base import KindName, plural
from incident_training.kinds.scenario import Evidence, Inject, Shown
from incident_training.kinds.vocabulary import CHOICES
from incident_training.widgets import blocks, clinic, pictures
from incident_training.widgets.blocks import Block
from incident_training.widgets.forms import FORMS
from incident_training.widgets.previewing import parts

PARTS: dict[KindName, tuple[str, Callable[[Any], Iterator[Block]]]] = {
    "declaration": ("Declaring", parts.declaring),
    "near_miss": ("The hunt", parts.hunt),
    "postmortem": ("The postmortem", parts.postmortem),
    "clinic": ("The clinic", clinic.sheet),
}


def sheet(scenario: Scenario) -> Iterator[Block]:
    """Yield the story, what each kind asks of it, the hazard graph, and what it teaches."""
    yield from _arrives(scenario)
    yield from _on_request(scenario)
    for kind, played in exercises(scenario).items():
        heading, part = PARTS.get(kind, (FORMS[kind].page.title, lambda played: iter(())))
        yield blocks.words(heading, "heading")
        yield blocks.words(f"Hint: {played.hint}", "hint")
        yield from part(played)
    yield from _hazard(scenario)
    yield from _crib(scenario)
    yield from _teaches(scenario)


def _arrives(scenario: Scenario) -> Iterator[Block]:
    yield blocks.words("The story", "heading")
    rule = policies()[scenario.policy].title
    about = (scenario.day, scenario.domain, scenario.level, f"judged by “{rule}”")
    yield blocks.words(" · ".join(about), "soft")
    yield blocks.words(scenario.briefing, "lead")
    heads = ["When", "From", "What one reads", "What it makes known"]
    rows = [[clock(i.at), _source(i), _read(i), _known(scenario, i)] for i in scenario.injects]
    yield blocks.table("What arrives by itself", heads, rows)


def _on_request(scenario: Scenario) -> Iterator[Block]:
    if not scenario.evidence:
        return
    yield blocks.words("On request", "heading")
    heads = ["Evidence", "From", "What one reads", "What it makes known"]
    rows = [[e.label, _cost(e), _read(e), _known(scenario, e)] for e in scenario.evidence]
    yield blocks.table("What one may open, and what it costs", heads, rows)


def _hazard(scenario: Scenario) -> Iterator[Block]:
    if scenario.hazard:
        yield blocks.words("The hazard graph", "heading")
        graph = scenario.hazard.graph
        yield blocks.words(hazard.words(hazard.what_was_left(graph)))
        yield blocks.picture(pictures.hazard_graph(graph))


def _crib(scenario: Scenario) -> Iterator[Block]:
    """Yield what a facilitator reads before showing it."""
    if scenario.crib is None:
        return
    yield blocks.words("For a facilitator", "heading")
    yield blocks.words(scenario.crib.story)
    asked = [[question] for question in scenario.crib.questions]
    yield blocks.table("What a room will ask", ["Question"], asked)
    best = [[CHOICES[call].partition(":")[0], it] for call, it in scenario.crib.arguments.items()]
    yield blocks.table("The best argument for each call", ["Call", "Argument"], best)


def _teaches(scenario: Scenario) -> Iterator[Block]:
    yield blocks.words("What it teaches", "heading")
    yield blocks.words(scenario.teaches)
    source = scenario.source
    if source.kind == "invented":
        yield blocks.words("The story is invented.", "soft")
        return
    told = f"Built on public facts: {source.name}. Changed: {source.changed}"
    yield blocks.words(told, "soft")
    if source.did:
        yield blocks.words(f"What they did there, told last: {source.did}")
    yield blocks.links(blocks.link("The public account", source.url or ""))


def _source(shown: Shown) -> str:
    return _lines(shown.channel, shown.sender)


def _cost(evidence: Evidence) -> str:
    return _lines(
        _source(evidence),
        plural(evidence.minutes, "minute", "minutes").replace(" ", "\N{NO-BREAK SPACE}"),
    )


def _read(shown: Shown) -> str:
    drawn = "As a curve" if shown.series else "As an image"
    return _lines(shown.text, shown.alt and f"{drawn}: {shown.alt}")


def _known(scenario: Scenario, shown: Shown) -> str:
    """What a trainee can know from it, and what only the author does."""
    facts = shown.facts.items()
    stated = " · ".join(f"{name}: {fact.value}" for name, fact in facts if not fact.because)
    judged = (f"{name}: {fact.value}. {fact.because}" for name, fact in facts if fact.because)
    return _lines(stated, *judged, *_told_apart(scenario, shown)) or "Nothing new."


def _told_apart(scenario: Scenario, shown: Shown) -> Iterator[str]:
    if isinstance(shown, Inject):
        if shown.hurt is not None:
            yield f"Hurt so far: {shown.hurt:,} {scenario.hurt_unit or ''}".rstrip()
        if shown.state:
            yield f"The story is {shown.state}."
    if shown.misleads:
        yield f"Misleads: {shown.misleads.rstrip('.')}."
    if shown.refuted_by:
        yield f"Refuted by: {_named(scenario, shown.refuted_by)}."


def _named(scenario: Scenario, id: str) -> str:
    """What an author would recognise a piece of the story by."""
    names = {inject.id: f"{clock(inject.at)} {inject.channel}" for inject in scenario.injects}
    names |= {evidence.id: f"“{evidence.label}”" for evidence in scenario.evidence}
    return names.get(id, id)


def _lines(*texts: str | None) -> str:
    return "\n".join(filter(None, texts))
