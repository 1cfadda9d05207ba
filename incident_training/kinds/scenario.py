"""A scenario: one story told in injects, and what each kind of exercise asks about it."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from incident_training.doctrine.facts import Value, typed
from incident_training.doctrine.policy import DEFAULT
from incident_training.doctrine.priority import Level
from incident_training.kinds.base import (
    Channel,
    Frozen,
    Judged,
    KindName,
    Line,
    Minute,
    Slug,
    Text,
)
from incident_training.kinds.way import HazardSpec

Choice = Literal["declare", "triage", "watch", "no", "join", "hand"]
Owner = Literal["me", "oncall", "team"]
Deadline = Literal["5", "15", "30", "60"]  # simulated minutes
Over = Literal["on", "held", "over", "nothing"]
Who = Literal["log", "oncall", "team", "everyone"]
FORMAT = 1  # of a scenario file; a newer one may say what we do not know


class Fact(Frozen):
    """One stated fact; the latest word wins. A judgement carries its because."""

    value: Text
    because: Text | None = None


FactText = Annotated[
    Fact, BeforeValidator(lambda given: {"value": given} if isinstance(given, str) else given)
]


class Shown(Frozen):
    """Anything a trainee reads: an inject, or evidence one opens.

    A red herring says what it wrongly suggests (`misleads`) and which inject or evidence takes that
    away (`refuted_by`); trainees see neither.
    """

    id: Slug
    channel: Channel
    sender: Text | None = Field(None, alias="from")
    text: Text
    series: tuple[float, ...] = ()
    image: Text | None = None
    alt: Text | None = None
    facts: dict[str, FactText] = Field(default_factory=dict)
    misleads: Text | None = None
    refuted_by: Slug | None = None

    @property
    def stated(self) -> dict[str, Value | None]:
        """The facts this makes known, typed; None takes one back."""
        return {name: typed(name, fact.value) for name, fact in self.facts.items()}


class Inject(Shown):
    """Arrives by itself at a clock time. `hurt` counts those hurt so far, in the scenario's unit.

    `state` says that with this inject the story is mitigated or resolved.
    """

    at: Minute
    hurt: Annotated[int, Field(ge=0, le=10**9)] | None = None
    state: Literal["mitigated", "resolved"] | None = None


class Evidence(Shown):
    """Opened on request; looking costs simulated minutes."""

    label: Text
    minutes: Annotated[int, Field(ge=1, le=60)]


class Source(Frozen):
    """Where the story comes from; a public one says what was changed, and what they did there."""

    kind: Literal["invented", "public"]
    name: Text | None = None
    url: Text | None = None
    changed: Text | None = None
    did: Text | None = None


class ExemplarStep(Frozen):
    """One step of an exemplar run: open evidence, or a call after the inject named `after`."""

    after: Slug
    open: Slug | None = None
    choice: Choice | None = None
    who: Who | None = None
    severity: Level | None = None
    impact: Level | None = None
    owner: Owner | None = None
    minutes: Deadline | None = None
    would: Line | None = None
    to: Owner | None = None


class ExpectedOver(Frozen):
    """Whether it is over when the last inject is read, and the reason."""

    value: Over
    because: Text


class DeclarationPart(Frozen):
    """What the declaration expects. `because` has one reason per policy, by its name.

    `over` answers "is it over?", asked at the end where it is there. `hurt_from` is the minute at
    which the first was hurt, where the injects do not count it. `whose` is said before the reason
    for a rule that rests on an opinion.
    """

    whose: ClassVar[str] = "The author's view: "
    hint: Text
    because: dict[str, Text]
    who: Judged
    severity: Judged
    impact: Judged
    over: ExpectedOver | None = None
    hurt_from: Minute | None = None
    ending: Text
    exemplar: tuple[ExemplarStep, ...]


class Crib(Frozen):
    """What a facilitator reads before showing a shift, in two minutes.

    `arguments` has the best one for each call somebody sensible could make, whatever the rule says.
    """

    story: Text
    questions: tuple[Text, Text, Text]
    arguments: dict[Literal["declare", "triage", "watch", "no", "join"], Text]


class Scenario(Frozen):
    """One YAML file. Title, briefing and id are seen before and give nothing away.

    What each kind asks is a field of its name in `kinds.Authored`, which is what a file is read as.

    `id` (the file's name), `edition` (a hash of its text and images), `images` (the bytes of those
    it shows, by name) and `card` (it is short, and comes only in decks) are the library's to set.
    `explained` gives the reason why a warning of `check` does not hold here, by the rule's id.
    """

    id: str = ""
    edition: str = ""
    images: dict[str, bytes] = Field(default_factory=dict, exclude=True, repr=False)
    card: bool = False
    format: Annotated[int, Field(ge=1)] = FORMAT
    title: Text
    teaches: Text
    domain: Text
    level: Literal["foundation", "practitioner", "expert"]
    policy: Text = DEFAULT
    source: Source
    day: Text
    briefing: Text
    hurt_unit: Text | None = None
    injects: tuple[Inject, ...]
    evidence: tuple[Evidence, ...] = ()
    hazard: HazardSpec | None = None
    crib: Crib | None = None
    explained: dict[str, Text] = Field(default_factory=dict)

    def asks(self, kind: KindName) -> Any:
        """Return what this kind asks of the story, None where it is not played so."""
        return getattr(self, kind, None)

    @property
    def hurt_from(self) -> int | None:
        """The minute at which the first was hurt; None where nobody was, as far as it says."""
        part = self.asks("declaration")
        if part is not None and part.hurt_from is not None:
            return int(part.hurt_from)
        return next((i.at for i in self.injects if i.hurt), None)

    def hurt_by(self, at: int) -> int:
        """How many were hurt by that minute, as far as the story says."""
        return max((i.hurt or 0 for i in self.injects if i.at <= at), default=0)
