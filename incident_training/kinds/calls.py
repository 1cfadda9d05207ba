"""What one may give at a step of a drill, checked; a triage is a contract that rings."""

from incident_training.doctrine.priority import LEVELS
from incident_training.kinds.base import LINE, Given, NotAllowed, chosen, written
from incident_training.kinds.run import Call, Look, Run
from incident_training.kinds.vocabulary import (
    CHANCES,
    CHOICES,
    DEADLINES,
    OTHERS,
    OVER,
    OWNERS,
    RUNG,
    WHO,
)


def calls(here: Run) -> dict[str, str]:
    """Return the calls one can make now; a triage that rings is renewed only on something new."""
    if not here.rung:
        return CHOICES
    return {name: call for name, call in RUNG.items() if name != "triage" or here.news}


def made(here: Run, given: Given) -> Call | Look:
    """Return what was given as an act: evidence opened, a call; raises NotAllowed."""
    return _look(here, given) if "open" in given else _call(here, given)


def over(here: Run, given: Given) -> Call:
    """Return the answer to "is it over?"; raises NotAllowed."""
    return Call.model_validate({"at": here.clock, "over": chosen(given, "over", OVER)})


def _look(here: Run, given: Given) -> Look:
    names = tuple(evidence.id for evidence in here.closed)
    return Look(at=here.clock, evidence=chosen(given, "open", names))


def _call(here: Run, given: Given) -> Call:
    if here.counts:
        about = ("who", "severity", "impact") if here.declared else ("who",)
        return _stamped(here, given, None, tuple(name for name in about if given.get(name)))
    choice = chosen(given, "choice", calls(here))
    stated = ("chance",) if given.get("chance") else ()
    return _stamped(here, given, choice, (*_NEEDED.get(choice, ()), *stated))


_ALLOWED = {
    "who": tuple(WHO),
    "severity": LEVELS,
    "impact": LEVELS,
    "chance": tuple(CHANCES),
    "owner": tuple(OWNERS),
    "minutes": tuple(DEADLINES),
    "to": tuple(OTHERS),
}
_NEEDED = {
    "declare": ("who", "severity", "impact"),
    "triage": ("who", "owner", "minutes"),
    "hand": ("to",),
}


def _stamped(here: Run, given: Given, choice: str | None, names: tuple[str, ...]) -> Call:
    said = {name: chosen(given, name, _ALLOWED[name]) for name in names}
    lines = _lines(here, given) if here.declared else {}
    if choice == "triage":
        lines["would"] = written(given, "would", LINE)
        if not lines["would"]:
            raise NotAllowed("say in a line what would make you declare")
    return Call.model_validate({"at": here.clock, "choice": choice, **said, **lines})


def _lines(here: Run, given: Given) -> dict[str, str]:
    """The sentence, and why one stands down: each once."""
    asked = {"sentence": here.sentence is None, "down": here.down is None}
    lines = {name: written(given, name, LINE) for name, open_ in asked.items() if open_}
    if given.get("course") == "down" and not lines.get("down"):
        raise NotAllowed("say in a line why it can be stood down")
    return {name: line for name, line in lines.items() if line}
