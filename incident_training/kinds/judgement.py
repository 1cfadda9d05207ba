"""How a declaration is judged: on what was known then, under a stated policy; words first."""

from dataclasses import dataclass

from incident_training.clock import clock, span
from incident_training.doctrine.policy import Policy, policies
from incident_training.doctrine.priority import LEVELS, Level
from incident_training.kinds.base import Feedback, Judged, Remark
from incident_training.kinds.run import Call, Look, Run
from incident_training.kinds.scenario import DeclarationPart
from incident_training.kinds.vocabulary import OVER, WHO

ITEMS = ("when to declare", "who needs to know now", "severity", "impact")
IS_IT_OVER = "is it over?"


def judge(part: DeclarationPart, run: Run, rule: Policy) -> Feedback:
    """Return the feedback on a run; nothing of how the story ended enters the verdict."""
    if not any(isinstance(act, Call) for act in run.acts):
        remarks = (
            Remark(item=item, given=None, expected=None, score=None, because="") for item in ITEMS
        )
        return Feedback(verdict="You have not made a call yet.", reason="", remarks=tuple(remarks))
    judged = _Judged(part, run, rule)
    return Feedback(
        verdict=" ".join(filter(None, (judged.verdict(), judged.stood_down()))),
        reason=judged.reason(),
        remarks=(
            judged.when(),
            *(_about(part, run.counts) if run.declared else ()),
            *_over(part, run),
        ),
        ending=part.ending,
    )


@dataclass(frozen=True)
class _Judged:
    """One run under one policy: what was expected, and what was done."""

    part: DeclarationPart
    run: Run
    rule: Policy

    @property
    def expected(self) -> int | None:
        """The minute at which the facts met the rule; None for never."""
        return self.run.window(self.rule).expected

    @property
    def late(self) -> bool:
        """Whether the facts met the rule before the call, or there was none."""
        call, expected = self.run.counts, self.expected
        return expected is not None and (call is None or call.at > expected)

    @property
    def _authored(self) -> bool:
        """Whether the author gave a reason for this rule."""
        return self.rule.name in self.part.because

    @property
    def _why(self) -> str:
        """The author's reason; a rule that the author has not met speaks for itself."""
        if self._authored:
            return self.part.because[self.rule.name]
        return f"Your own definition: {self.rule.question}"

    def when(self) -> Remark:
        """The remark on the moment."""
        call, expected = self.run.counts, self.expected
        return Remark(
            item=ITEMS[0],
            given=clock(call.at) if call else "not declared",
            expected="not declared" if expected is None else clock(expected),
            score=self._promptness(),
            because=self._why,
        )

    def verdict(self) -> str:
        """One or two sentences on when, and on what waiting cost."""
        call, expected = self.run.counts, self.expected
        if call is None and expected is None:
            return "You did not declare, and on these facts your rule never asked you to."
        if call is None:
            return f"{self._had()} you did not declare.{self._cost(self.run.clock)}"
        did = "declared" if call.choice == "declare" else "joined the one declared"
        if self.late:
            return f"{self._had()} you {did} at {clock(call.at)}.{self._cost(call.at)}"
        if call.at == expected:
            return f"You {did} at {clock(call.at)}, as soon as the facts met your rule."
        if not self._left_open(call):
            return f"You {did} at {clock(call.at)}. On what was known then, your rule said no."
        on = "It turned out harmless; on" if self._harmless() else "On"
        return (
            f"You {did} at {clock(call.at)}, before all the facts were in. {on} what you could"
            " see, your rule left that open, and the same call is right next time."
        )

    def stood_down(self) -> str:
        """A sentence on standing down: on what was known then, and what the false alarm cost."""
        down, call = self.run.down, self.run.counts
        if down is None or call is None:
            return ""
        if self.rule.holds(self.run.facts_at(down.at)):
            return f"You stood down at {clock(down.at)}, while the facts still met your rule."
        took = span(down.at - call.at) if down.at > call.at else "a moment"
        return f"You stood down at {clock(down.at)}: that cost {took} of a few people's attention."

    def reason(self) -> str:
        """Why, and one question where it was late."""
        whose = self.part.whose if self.rule.opinion and self._authored else ""
        said = [whose + self._why]
        if self.late and self.expected in {at for at, _ in self.run.opened}:
            said.insert(0, f"What you had opened by {clock(self.expected or 0)} told you enough.")
        joins = [act for act in self.run.acts if isinstance(act, Call) and act.choice == "join"]
        if joins and joins[0] is not self.run.counts:
            said.append("Nobody had declared one to join.")
        if self.late and self._looked_meanwhile():
            said.append("You looked for the why meanwhile; declaring does not need it.")
        if self.late and (would := self._would):
            said.append(f"You had written what would make you declare: “{would.rstrip('.')}.”")
        if self.late:
            said.append("What were you waiting to see?")
        return " ".join(said)

    @property
    def _would(self) -> str | None:
        """What the trainee had said would make them declare, before they did."""
        lines = [act.would for act in self.run.acts if isinstance(act, Call) and act.would]
        return lines[-1] if lines else None

    def _promptness(self) -> float:
        """1 in the window, 0.5 after it or before the rule could say yes, 0 against it or never."""
        call, expected = self.run.counts, self.expected
        if call is None:
            return 1.0 if expected is None else 0.0
        if self.late:
            return 0.5
        if call.at == expected or self._left_open(call):
            return 1.0
        return 0.0 if expected is None else 0.5

    def _had(self) -> str:
        return f"By {clock(self.expected or 0)} you had what your rule asks for;"

    def _cost(self, until: int) -> str:
        """What waiting cost, as a fact of the story."""
        scenario = self.run.scenario
        more = scenario.hurt_by(until) - scenario.hurt_by(self.expected or 0)
        if more <= 0 or scenario.hurt_unit is None:
            return ""
        return f" In between, {more:,} more {scenario.hurt_unit}."

    def _left_open(self, call: Call) -> bool:
        """Whether the rule could have held, for all that was known at the call."""
        return self.rule.could_hold(self.run.facts_at(call.at))

    def _harmless(self) -> bool:
        """Whether no policy would ever have said yes."""
        return all(self.run.window(rule).expected is None for rule in policies().values())

    def _looked_meanwhile(self) -> bool:
        """Whether evidence was opened after the facts met the rule and before the call."""
        until = self.run.counts.at if self.run.counts else self.run.clock
        looks = [act.at for act in self.run.acts if isinstance(act, Look)]
        return any((self.expected or 0) <= at < until for at in looks)


def _about(part: DeclarationPart, call: Call | None) -> tuple[Remark, ...]:
    if call is None:
        return ()
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


def _over(part: DeclarationPart, run: Run) -> tuple[Remark, ...]:
    """The remark on "is it over?", where it is asked."""
    if part.over is None:
        return ()
    right = part.over.value == run.over
    said = Remark(
        item=IS_IT_OVER,
        given=run.over and OVER[run.over],
        expected=OVER[part.over.value],
        score=None if run.over is None else float(right),
        because=part.over.because,
    )
    return (said,)


def _level(item: str, given: Level | None, expected: Judged) -> Remark:
    """Right, or one step higher: when unsure lean to the higher (Rantil 2026)."""
    levels: tuple[str, ...] = LEVELS
    score = None
    if given is not None:
        score = float(levels.index(given) - levels.index(expected.value) in (0, 1))
    return Remark(
        item=item, given=given, expected=expected.value, score=score, because=expected.because
    )
