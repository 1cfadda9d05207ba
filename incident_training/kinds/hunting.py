"""What is asked about a flag, and how the facts given for it are held against its line."""

from collections.abc import Iterator, Mapping

from incident_training.clock import clock
from incident_training.doctrine.near_miss import QUESTIONS as ASKED
from incident_training.doctrine.near_miss import STOP_REASONS, chain
from incident_training.kinds.base import Given, Remark, chosen
from incident_training.kinds.log import Observation, ObservedFacts
from incident_training.kinds.potential import class_of, observed, told

YES_NO: dict[str, str] = {"yes": "Yes", "no": "No"}
QUESTIONS: dict[str, tuple[str, Mapping[str, str]]] = {
    "started": (ASKED["started"], YES_NO),
    "clock": (ASKED["clock"], YES_NO),
    "reached": ("Did it get out: to a customer, their data, the outside?", YES_NO),
    "harm": (ASKED["harm"], YES_NO),
    "stopped_by": (ASKED["stopped_by"], STOP_REASONS),
}
WHEN: dict[str, dict[str, list[str]]] = {  # the answers that lead to a question
    "started": {},
    "clock": {"started": ["no"]},
    "reached": {"started": ["yes"]},
    "harm": {"started": ["yes"], "reached": ["yes"]},
    "stopped_by": {"started": ["yes"], "reached": ["no"]},
}
STOPPED = {
    "engineered": "something built",
    "procedure": "a step people follow",
    "catch": "somebody who happened to notice",
    "luck": "luck",
    "nothing": "nothing",
}


def facts_of(given: Given) -> ObservedFacts:
    """Return the facts given, each asked only where those before it lead there; or NotAllowed."""
    facts: dict[str, str] = {}
    for name, (_, words) in QUESTIONS.items():
        if all(facts.get(other) in values for other, values in WHEN[name].items()):
            facts[name] = chosen(given, name, tuple(words))
    return ObservedFacts.model_validate(facts)


def in_words(facts: ObservedFacts) -> str:
    """Return the facts of a line as a phrase: "started, did not get out, stopped by luck"."""
    if facts.started == "no":
        return "a condition, waiting" + (", with a clock" if facts.clock == "yes" else "")
    if facts.reached == "no":
        return f"started, did not get out, stopped by {STOPPED[facts.stopped_by or 'nothing']}"
    return f"started, got out, {'somebody' if facts.harm == 'yes' else 'nobody'} hurt"


def agrees(line: Observation, given: ObservedFacts | None) -> bool:
    """Whether the facts given are the line's, as far as its author says them."""
    if given is None or line.facts is None:
        return False
    said = line.facts.model_dump(exclude_none=True)
    return all(getattr(given, name) == value for name, value in said.items())


def credited(line: Observation, given: ObservedFacts | None) -> str:
    """Say what was credited in place of what stopped it; "" where the two agree."""
    said, real = given and given.stopped_by, line.facts and line.facts.stopped_by
    if not said or not real or said == real:
        return ""
    return f"at {clock(line.at)} you credited {STOPPED[said]}, it was {STOPPED[real]}"


def remarks(
    line: Observation, given: ObservedFacts | None, *, flagged: bool, untouched: bool
) -> Iterator[Remark]:
    """Yield a remark on a line that matters, and one on each of its facts if some were given."""
    name, steps = class_of(line.facts), chain(observed(line.facts))
    yield Remark(
        item=f"{clock(line.at)} {line.text}",
        given=None if untouched else ("flagged" if flagged else "passed as routine"),
        expected=f"worth a flag: {name}",
        score=None if untouched else float(flagged),
        because=told(line).whole,
    )
    if given and line.facts:
        for question in QUESTIONS:
            if getattr(line.facts, question) or (question == "clock" and given.clock):
                yield _fact(line, question, given, " ".join(steps))


def false_alarm(line: Observation) -> Remark:
    """Return the remark on a routine line that was flagged."""
    return Remark(
        item=f"{clock(line.at)} {line.text}",
        given="flagged",
        expected="routine",
        score=0.0,
        because=line.because,
    )


def _fact(line: Observation, name: str, given: ObservedFacts, because: str) -> Remark:
    """The remark on one fact; where the author did not say it is told and not scored."""
    question, words = QUESTIONS[name]
    said, right = getattr(given, name), getattr(line.facts, name)
    return Remark(
        item=f"{clock(line.at)} {question}",
        given=said and words[said],
        expected=right and words[right],
        score=None if said is None or right is None else float(said == right),
        because=because,
    )
