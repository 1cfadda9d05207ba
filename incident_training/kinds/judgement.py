"""How a declaration is judged: on what was known then, under a stated policy; words first."""

from typing import TYPE_CHECKING

from incident_training.clock import clock
from incident_training.doctrine.policy import Policy, policies
from incident_training.doctrine.priority import LEVELS, Level
from incident_training.kinds.base import Feedback, Judged, Remark
from incident_training.kinds.vocabulary import WHO

if TYPE_CHECKING:  # declaration imports us
    from incident_training.kinds.declaration import Call, Declaration, DeclarationResponse

ITEMS = ("when to declare", "who needs to know now", "severity", "impact")


def judge(drill: "Declaration", response: "DeclarationResponse", rule: Policy) -> Feedback:
    """Return the feedback on a run; nothing of how the story ended enters the verdict."""
    if not drill.called(response):
        remarks = (
            Remark(item=item, given=None, expected=None, score=None, because="") for item in ITEMS
        )
        return Feedback(verdict="You have not made a call yet.", reason="", remarks=tuple(remarks))
    return _Judged(drill, response, rule).feedback()


class _Judged:
    """One run under one policy: what was expected, and what was done."""

    def __init__(self, drill: "Declaration", response: "DeclarationResponse", rule: Policy) -> None:
        self.drill, self.response, self.rule = drill, response, rule
        self.call = drill.declared(response)
        self.expected = drill.window(rule.name, response).expected
        self.because = drill.part.because[rule.name]

    def feedback(self) -> Feedback:
        declared = self.call is not None and self.call.choice == "declare"
        about = self._about(self.call) if self.call and declared else ()
        return Feedback(
            verdict=self._verdict(),
            reason=self._reason(),
            remarks=(self._when(), *about),
            ending=self.drill.part.ending,
        )

    @property
    def late(self) -> bool:
        """Whether the facts met the rule before the call, or there was none."""
        return self.expected is not None and (self.call is None or self.call.at > self.expected)

    @property
    def left_open(self) -> bool:
        """Whether the rule could have held, for all that was known at the call."""
        assert self.call is not None
        return self.rule.could_hold(self.drill.facts_at(self.response, self.call.at))

    def _when(self) -> Remark:
        return Remark(
            item=ITEMS[0],
            given=clock(self.call.at) if self.call else "not declared",
            expected="not declared" if self.expected is None else clock(self.expected),
            score=self._promptness(),
            because=self.because,
        )

    def _promptness(self) -> float:
        """1 in the window, 0.5 after it or before the rule could say yes, 0 against it or never."""
        if self.call is None:
            return 1.0 if self.expected is None else 0.0
        if self.late:
            return 0.5
        if self.call.at == self.expected or self.left_open:
            return 1.0
        return 0.0 if self.expected is None else 0.5

    def _verdict(self) -> str:
        call, expected = self.call, self.expected
        if call is None and expected is None:
            return "You did not declare, and on these facts your rule never asked you to."
        if call is None:
            return f"{self._had()} you did not declare.{self._cost(self.drill.end(self.response))}"
        did = "declared" if call.choice == "declare" else "joined the one declared"
        if self.late:
            return f"{self._had()} you {did} at {clock(call.at)}.{self._cost(call.at)}"
        if call.at == expected:
            return f"You {did} at {clock(call.at)}, as soon as the facts met your rule."
        if not self.left_open:
            return f"You {did} at {clock(call.at)}. On what was known then, your rule said no."
        on = "It turned out harmless; on" if self._harmless() else "On"
        return (
            f"You {did} at {clock(call.at)}, before all the facts were in. {on} what you could"
            " see, your rule left that open, and the same call is right next time."
        )

    def _had(self) -> str:
        assert self.expected is not None
        return f"By {clock(self.expected)} you had what your rule asks for;"

    def _harmless(self) -> bool:
        """Whether no policy would ever have said yes."""
        windows = (self.drill.window(name, self.response) for name in policies())
        return all(window.expected is None for window in windows)

    def _cost(self, until: int) -> str:
        """What waiting cost, as a fact of the story."""
        scenario = self.drill.scenario
        more = scenario.hurt_by(until) - scenario.hurt_by(self.expected or 0)
        if more <= 0 or scenario.hurt_unit is None:
            return ""
        return f" In between, {more:,} more {scenario.hurt_unit}."

    def _reason(self) -> str:
        reason = ("The author's view: " if self.rule.opinion else "") + self.because
        if not self.late:
            return reason
        looked = " What you opened told you more about why, and declaring does not need the why."
        asked = " What were you waiting to see?"
        return reason + (looked if self.drill.looked(self.response) else "") + asked

    def _about(self, call: "Call") -> tuple[Remark, ...]:
        part = self.drill.part
        who = Remark(
            item=ITEMS[1],
            given=call.who and WHO[call.who],
            expected=WHO[part.who.value],
            score=None if call.who is None else float(call.who == part.who.value),
            because=part.who.because,
        )
        return (
            who,
            _level(ITEMS[2], call.severity, part.severity),
            _level(ITEMS[3], call.impact, part.impact),
        )


def _level(item: str, given: Level | None, expected: Judged) -> Remark:
    """Right, or one step higher: when unsure lean to the higher (Rantil 2026)."""
    levels: tuple[str, ...] = LEVELS
    score = None
    if given is not None:
        score = float(levels.index(given) - levels.index(expected.value) in (0, 1))
    return Remark(
        item=item, given=given, expected=expected.value, score=score, because=expected.because
    )
