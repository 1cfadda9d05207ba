"""What a line of a log has to tell: what almost happened, without the luck, and what was left.

A near miss told as "it was avoided" makes people bolder, told as "it almost happened" careful: so
the luck is named, the story is played on without it, and nothing ends on praise. Source:
C. Tinsley, R. Dillon and M. Cronin (2012), Management Science 58(9).
"""

from dataclasses import dataclass, replace

from incident_training.doctrine import near_miss
from incident_training.doctrine.near_miss import STOP_MEANS, Class, Facts, classify
from incident_training.doctrine.priority import NEAR_MISS, Level, Matrix
from incident_training.kinds.log import Observation, ObservedFacts

_WITHOUT = {"catch": " without the catch", "luck": " without the luck"}
_UNTOLD = {  # of a near miss whose author does not play it on
    "engineered": "It was needed. Each time it holds, something has come that far: count them.",
    "procedure": "It holds for as long as somebody follows it, on a busy day as well.",
    "catch": "Nobody was bound to look, and nothing else is known to have stood there.",
    "luck": "Without the luck, nothing is known to have stood there.",
    "nothing": "Nothing is known to have stopped it; until something is, call it luck.",
}
_LEFT = {  # of what is over, and of what still waits
    "effective": ("what stood behind would have held", "what stands behind should hold"),
    "limited": ("little was left against it", "little is left against it"),
    "none": ("nothing was left against it", "nothing is left against it"),
}
_HARM: dict[str, Level] = {"minor": "low", "major": "medium", "catastrophic": "high"}


@dataclass(frozen=True)
class Told:
    """What a line has to tell, each part a sentence or two, "" where there is nothing to say.

    `why` comes first; `played_on` is the story without what stopped it; `left` the worst credible
    outcome and what stood against it.
    """

    why: str
    played_on: str = ""
    left: str = ""

    @property
    def whole(self) -> str:
        """All of it, in order."""
        return " ".join(filter(None, (self.why, self.played_on, self.left)))


def observed(facts: ObservedFacts | None) -> Facts:
    """Return the facts as doctrine reads them: None is a routine line, what is unsaid is no."""
    if facts is None:
        return Facts(normal=True)
    started, reached, harm = (said == "yes" for said in (facts.started, facts.reached, facts.harm))
    return Facts(False, started, reached, harm, facts.stopped_by or "nothing")


def class_of(facts: ObservedFacts | None) -> Class:
    """Return the class that follows from the facts."""
    found = near_miss.class_of(observed(facts))
    assert found is not None  # nothing that it needs is left unknown
    return found


def told(line: Observation) -> Told:
    """Return what a line has to tell, whoever flagged or passed it."""
    if line.facts is None:
        return Told(line.because)
    return Told(_why(line), _played_on(line, line.facts), _left(line))


def high_potential(line: Observation) -> bool:
    """Whether it is reviewed as what it almost was: grave at worst, with little or nothing left."""
    facts = replace(observed(line.facts), worst=line.worst, left=line.left)
    return classify(facts).high_potential is True


def urgency(line: Observation, table: Matrix) -> str:
    """Say which priority a line has by that table, and whom it wakes; "" for a routine line."""
    if line.facts is None:
        return ""
    if class_of(line.facts) == "incident":
        return "Somebody was hurt: severity and impact make its priority."
    if line.facts.clock == "yes":
        return _with_a_clock(line, table)
    return _over(line, table)


def _why(line: Observation) -> str:
    """The author's reason; of a near miss it says first that it almost happened, and why."""
    near = line.facts if class_of(line.facts) == "near miss" else None
    if near and "almost" not in line.because.lower():
        return f"It almost happened: {STOP_MEANS[near.stopped_by or 'nothing']}. {line.because}"
    return line.because


def _played_on(line: Observation, facts: ObservedFacts) -> str:
    stopped = facts.stopped_by or "nothing"
    if line.without:
        return f"Played on{_WITHOUT.get(stopped, '')}: {line.without}"
    return _UNTOLD[stopped] if class_of(facts) == "near miss" else ""


def _left(line: Observation) -> str:
    if line.worst is None or line.left is None:
        return ""
    over, waits = _LEFT[line.left]
    left = waits if class_of(line.facts) == "hazard" else over
    weighed = f"at worst {line.worst}, and {left}"
    if high_potential(line):
        return f"High potential: {weighed}. Review it as what it almost was."
    return f"{weighed[:1].upper()}{weighed[1:]}."


def _with_a_clock(line: Observation, table: Matrix) -> str:
    """The priority of the harm it runs to; how grave that is comes from its worst outcome."""
    runs = "It has a clock: if nobody acts before morning, somebody is hurt"
    ours = "This rule is ours; by the matrix alone it would be priority 4."
    if line.worst is None:
        return f"{runs}. So it has the priority of that harm. {ours}"
    level = _HARM[line.worst]
    number = table.of_hazard(level, level, clock=True)
    return f"{runs}. So it is priority {number}: {table.priorities[number].says}. {ours}"


def _over(line: Observation, table: Matrix) -> str:
    """Nobody is woken by what is over or only waits, unless a team's own table says so."""
    said = table.priorities[NEAR_MISS]
    if said.pages:
        return f"Priority {NEAR_MISS}: {said.says}."
    open_ = line.facts is not None and line.facts.started == "no" and line.facts.clock is None
    unless = "Unless somebody is hurt before morning, p" if open_ else "P"
    review = ", and a review in office hours" if high_potential(line) else ""
    return f"{unless}riority {NEAR_MISS}: nobody to wake, one line in the register{review}."
