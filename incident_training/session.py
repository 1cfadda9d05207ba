"""One trainee working one exercise: steps taken, hints asked for, and the attempt they end in.

Pure: every verb returns a new session; the clock on the wall and the keeping are passed in.
"""

from dataclasses import dataclass, replace
from typing import Any

from incident_training.doctrine.policy import DEFAULT
from incident_training.kinds import AnyExercise
from incident_training.kinds.base import Feedback, Frozen, Given, KindName, NotAllowed, Remark


class Attempt(Frozen):
    """One submitted response with its remarks; times are UTC, ISO 8601; score 0 to 1 or None."""

    who: str
    scenario: str
    kind: KindName
    edition: str
    policy: str
    response: dict[str, Any]
    remarks: tuple[Remark, ...]
    score: float | None
    hints: int
    started: str
    finished: str
    page: str = ""  # where in the course it was played


@dataclass(frozen=True)
class Session:
    """Where one trainee stands in one exercise; `who` is a pseudonym."""

    who: str
    exercise: AnyExercise
    response: Any  # the exercise's own response type
    started: str
    hints: int = 0

    @property
    def stage(self) -> str:
        """The name of the step one is at; "done" at the end."""
        return self.exercise.stage(self.response)

    @property
    def done(self) -> bool:
        """Whether there is nothing left to give."""
        return self.stage == "done"

    def take(self, given: Given) -> "Session":
        """Return the session with this step taken, or raise NotAllowed."""
        return replace(self, response=self.exercise.take(self.response, given))

    def hint(self) -> "Session":
        """Return the session with the hint asked for; the hint is `exercise.hint`."""
        return replace(self, hints=self.hints + 1)

    def ask(self, given: Given) -> "Session":
        """Return the session with what is written so far asked about, or raise NotAllowed."""
        ask = getattr(self.exercise, "ask", None)
        if ask is None:
            raise NotAllowed("there is nothing written here to ask about")
        return replace(self, response=ask(self.response, given))

    def assess(self, policy: str = DEFAULT) -> Feedback:
        """Return the feedback on what was given so far."""
        return self.exercise.assess(self.response, policy)

    def attempt(self, finished: str, policy: str = DEFAULT, page: str = "") -> Attempt:
        """Return what is kept of a finished session."""
        feedback = self.assess(policy)
        return Attempt(
            who=self.who,
            scenario=self.exercise.scenario.id,
            kind=self.exercise.kind,
            edition=self.exercise.scenario.edition,
            policy=policy,
            response=self.response.model_dump(mode="json"),
            remarks=feedback.remarks,
            score=feedback.score,
            hints=self.hints,
            started=self.started,
            finished=finished,
            page=page,
        )

    def saved(self) -> dict[str, Any]:
        """Return what a later `resume` needs, as plain JSON."""
        response = self.response.model_dump(mode="json")
        return {"response": response, "hints": self.hints, "started": self.started}


def begin(who: str, exercise: AnyExercise, now: str) -> Session:
    """Return a session with nothing given yet."""
    return Session(who, exercise, exercise.untouched, now)


def resume(who: str, exercise: AnyExercise, saved: dict[str, Any]) -> Session:
    """Return the session as it was saved; raises ValueError if it no longer fits the exercise."""
    response = type(exercise.untouched).model_validate(saved["response"])
    exercise.stage(response)
    return Session(who, exercise, response, saved["started"], saved["hints"])
