"""A shift's log, as an author writes it: its lines, and the facts of those that matter."""

from pydantic import Field

from incident_training.doctrine.near_miss import Remaining, StopReason, Worst
from incident_training.kinds.base import Channel, Frozen, Minute, Slug, Text, YesNo


class ObservedFacts(Frozen):
    """The facts of one line of the log that is not routine; `clock` is a condition's."""

    started: YesNo
    reached: YesNo | None = None
    harm: YesNo | None = None
    stopped_by: StopReason | None = None
    clock: YesNo | None = None


class Observation(Frozen):
    """One line of a shift's log; without facts it is routine.

    `worst` is the worst credible outcome and `left` what was left against it; `without` tells how
    the story would have gone on without the luck, or the catch, that stopped it.
    """

    id: Slug
    at: Minute
    channel: Channel
    sender: Text | None = Field(None, alias="from")
    text: Text
    series: tuple[float, ...] = ()
    alt: Text | None = None
    facts: ObservedFacts | None = None
    worst: Worst | None = None
    left: Remaining | None = None
    because: Text
    without: Text | None = None


class NearMissPart(Frozen):
    """A shift's log, of which a few lines matter."""

    hint: Text
    observations: tuple[Observation, ...]
    ending: Text | None = None
