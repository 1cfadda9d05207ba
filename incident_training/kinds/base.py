"""What every kind of exercise shares: frozen models, remarks, feedback, and the verbs of a run."""

from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Protocol, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from incident_training.clock import minute
from incident_training.doctrine.policy import DEFAULT
from incident_training.lifecycle import NotAllowed

if TYPE_CHECKING:
    from incident_training.kinds.scenario import Scenario

KindName = str  # one of `kinds.KINDS`
Given = Mapping[str, Any]  # what a form sends: names to values, as yet unchecked


class Frozen(BaseModel):
    """A model that never changes and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Minute = Annotated[int, BeforeValidator(lambda v: minute(v) if isinstance(v, str) else v)]
Text = Annotated[str, Field(min_length=1, max_length=2_000)]
LINE = 240  # characters of one sentence: what fits into a page or a chat's first line
Line = Annotated[str, Field(min_length=1, max_length=LINE)]
YesNo = Literal["yes", "no"]
Channel = Literal["alert", "chat", "dashboard", "customer", "change", "log", "mail", "call"]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")]


class Judged(Frozen):
    """An expected value and the reason for it."""

    value: Text
    because: Text


class Remark(Frozen):
    """Feedback on one item. `score` is 0 to 1; None is not answered or not scored, never wrong."""

    item: str
    given: str | None
    expected: str | None
    score: float | None
    because: str


class Feedback(Frozen):
    """Words first: the verdict, the reason, remarks; `ending` is what happened after, apart."""

    verdict: str
    reason: str
    remarks: tuple[Remark, ...]
    ending: str | None = None

    @property
    def score(self) -> float | None:
        """The mean of what is scored, 0 to 1; None if nothing was answered."""
        scores = [remark.score for remark in self.remarks if remark.score is not None]
        return sum(scores) / len(scores) if scores else None


class Response(Frozen):
    """What a trainee has given so far; the untouched form is the class's own defaults."""


R = TypeVar("R", bound=Response)


class Exercise(Protocol[R]):
    """One scenario played one way. Every method is pure.

    `part_type` is the model of what an author writes for it, in the file's field of that kind.
    """

    part_type: ClassVar[type[Frozen]]

    @property
    def scenario(self) -> "Scenario": ...

    @property
    def kind(self) -> KindName: ...

    @property
    def hint(self) -> str: ...

    @property
    def untouched(self) -> R: ...

    @property
    def steps(self) -> tuple[Given, ...]:
        """What earns 1 under the scenario's own policy, step by step; may raise NotAllowed."""

    def stage(self, response: R) -> str:
        """Return the name of the step one is at; "done" when there is nothing left to give."""

    def take(self, response: R, given: Given) -> R:
        """Return the response with this step taken, or raise NotAllowed."""

    def assess(self, response: R, policy: str = DEFAULT) -> Feedback:
        """Return the feedback on a response, on what was known then, under a stated policy."""


AnyExercise = Exercise[Any]


def exemplar(exercise: Exercise[R]) -> R:
    """Return the response that earns 1, played; raises NotAllowed if it cannot be."""
    return reduce(exercise.take, exercise.steps, exercise.untouched)


def chosen(given: Given, name: str, allowed: Mapping[str, str] | tuple[str, ...]) -> str:
    """Return the value given for `name`, or raise NotAllowed naming the choices."""
    value = given.get(name)
    if not isinstance(value, str) or value not in allowed:
        raise NotAllowed(f"{name.replace('_', ' ')}: choose one of {', '.join(allowed)}")
    return value


def written(given: Given, name: str, longest: int = 20_000) -> str:
    """Return the text given for `name`, stripped, or raise NotAllowed."""
    value = given.get(name) or ""
    if not isinstance(value, str):
        raise NotAllowed(f"{name}: should be text")
    if len(value) > longest:
        raise NotAllowed(f"{name}: please keep it under {longest:,} characters")
    return value.strip()


def plural(count: int, one: str, many: str) -> str:
    """Return "1 barrier" or "3 barriers"."""
    return f"{count:,} {one if count == 1 else many}"


__all__ = [
    "DEFAULT",
    "LINE",
    "AnyExercise",
    "Channel",
    "Exercise",
    "Feedback",
    "Frozen",
    "Given",
    "Judged",
    "KindName",
    "Line",
    "Minute",
    "NotAllowed",
    "Remark",
    "Response",
    "Slug",
    "Text",
    "YesNo",
    "chosen",
    "exemplar",
    "plural",
    "written",
]
