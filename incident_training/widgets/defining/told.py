"""Who would call it an incident: a situation's verdicts, a shift's, and how definitions differ."""

from collections.abc import Iterator, Mapping

from incident_training.clock import clock
from incident_training.doctrine.definitions import (
    Definition,
    Family,
    Situation,
    definitions,
    families,
    situations,
    verdicts,
)
from incident_training.doctrine.facts import Facts, Value, vocabulary
from incident_training.kinds import Declaration
from incident_training.kinds.base import plural
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block

_SAYS = {True: "yes", False: "no", None: "not said"}
_DRIFT = (("ITIL", ("itil-v2", "itil-v3", "itil-4")), ("GitLab", ("gitlab-first", "gitlab")))


def kin(family: Family) -> list[Definition]:
    """Return the definitions of a family."""
    return [one for one in definitions().values() if one.family == family]


def almost() -> list[Situation]:
    """Return the situations that reached nobody, and could have."""
    return [one for one in situations().values() if one.almost]


def of_facts(facts: Facts) -> Iterator[Block]:
    """Say who would call these facts an incident, family by family, and on which facts."""
    said = verdicts(facts)
    yield blocks.words(_counted([*said.values()]), "verdict")
    yield blocks.words(_split(said))
    heads = ["Definition", "An incident?", "What it says, in our words"]
    for family in families().values():
        rows = [[_named(one), _SAYS[said[one.name]], one.says] for one in kin(family)]
        yield blocks.table(f"{family.title}: {_short(family, said)}", heads, rows)
    yield blocks.ending("The facts this rests on, which are our reading", _facts(facts))
    yield blocks.ending("How we read the sources", _readings())


def of_shift(drill: Declaration) -> Iterator[Block]:
    """Say at which inject each definition would first have said yes."""
    known = drill.run(drill.untouched).known()
    first = {name: _first(known, name) for name in definitions()}
    ever = [at for at in first.values() if at is not None]
    never = len(first) - len(ever)
    if ever:
        soon, late = clock(min(ever)), clock(max(ever))
        when = f"from {soon} to {late}" if soon != late else f"at {soon}, each"
        end = f"; {never} never did." if never else "."
        yield blocks.words(
            f"{len(ever)} of {len(first)} definitions called this an incident, {when}{end}",
            "verdict",
        )
    else:
        yield blocks.words("None of the definitions ever called this an incident.", "verdict")
    yield blocks.words(
        "On the injects alone, to the end of the shift; evidence one could open aside."
    )
    heads = ["Definition", "First yes", "On what had then arrived"]
    for family in families().values():
        rows = [[_named(one), *_moment(drill, first[one.name])] for one in kin(family)]
        yield blocks.table(f"{family.title}: {family.says}", heads, rows)


def of_all() -> Iterator[Block]:
    """Say which definitions let near misses in, and how two of them drifted."""
    near = almost()
    counts = {
        name: sum(verdicts(one.facts)[name] is True for one in near) for name in definitions()
    }
    total = len(near)
    rows = [
        [_named(definitions()[name]), f"{count} of {total}", definitions()[name].family.title]
        for name, count in sorted(counts.items(), key=lambda pair: -pair[1])
    ]
    none = sum(count == 0 for count in counts.values())
    yield blocks.words("Which of them let near misses in", "heading")
    yield blocks.words(
        f"Of the situations here, {total} reached nobody and could have. {none} of"
        f" {len(counts)} definitions call none of these an incident."
    )
    yield blocks.table(
        "What nearly happened, as an incident", ["Definition", "Lets in", "Family"], rows
    )
    yield blocks.words("How two of them drifted", "heading")
    for name, versions in _DRIFT:
        told = ", then ".join(
            f"{counts[one]} of {total} ({definitions()[one].year})" for one in versions
        )
        yield blocks.words(f"{name} lets in {told}. {_change(versions)}")


def _change(versions: tuple[str, ...]) -> str:
    return " ".join(f"{definitions()[one].year}: {definitions()[one].says}" for one in versions)


def _counted(said: list[bool | None]) -> str:
    yes, open_ = said.count(True), said.count(None)
    left = f"; {open_} cannot say on these facts" if open_ else ""
    if not yes:
        return f"None of the {len(said)} definitions calls this an incident{left}."
    return f"{yes} of {len(said)} definitions call this an incident{left}."


def _split(said: Mapping[str, bool | None]) -> str:
    """Name the families that agree, and those that split."""
    agree = [
        family for family in families().values() if len({said[o.name] for o in kin(family)}) == 1
    ]
    if len(agree) == len(families()):
        return "In no family do they differ."
    split = [family.title for family in families().values() if family not in agree]
    return f"They differ within: {'; '.join(split)}."


def _short(family: Family, said: Mapping[str, bool | None]) -> str:
    yes = sum(said[one.name] is True for one in kin(family))
    return f"{yes} of {len(kin(family))} say yes"


def _named(one: Definition) -> str:
    return f"{one.title} ({one.year})"


def _facts(facts: Facts) -> str:
    told = [
        f"{_value(facts[name])}: {kind.means}"
        for name, kind in vocabulary().items()
        if name in facts
    ]
    return "\n\n".join(told)


def _value(value: Value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _readings() -> str:
    told = [
        f"{_named(one)}: {one.source}. {one.reading or ''}".strip()
        for one in definitions().values()
    ]
    return "\n\n".join(told)


def _first(known: list[tuple[int, Facts]], name: str) -> int | None:
    return next((at for at, facts in known if verdicts(facts)[name] is True), None)


def _moment(drill: Declaration, at: int | None) -> list[str]:
    if at is None:
        return ["never", ""]
    arrived = [inject for inject in drill.scenario.injects if inject.at <= at]
    return [clock(at), arrived[-1].text]


def summary() -> str:
    """Say how many situations the definitions agree on."""
    agreed = sum(len({*verdicts(one.facts).values()}) == 1 for one in situations().values())
    count = plural(len(definitions()), "published definition", "published definitions")
    return f"{count}, held against {len(situations())} situations: they agree on {agreed}."
