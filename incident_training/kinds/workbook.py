"""What a draft holds, section by section, and what its author writes for it in a scenario.

The sections are those nearly every public template has; a near miss has five more. Source: the
union of the SRE book's, PagerDuty's, Azure's and the cloud book's templates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from incident_training.kinds.base import Frozen, Minute, Slug, Text, YesNo

ActionKind = Literal["investigate", "mitigate", "repair", "detect", "prevent"]
Tier = Literal["stronger", "intermediate", "weaker"]


@dataclass(frozen=True)
class Section:
    """A section as it is asked: its legend, the question that stands in place of a blank box.

    `rows` is how many lines it is given; `needed` says that a draft is not handed in without it.
    """

    legend: str
    prompt: str
    rows: int = 3
    needed: bool = False


SECTIONS: dict[str, Section] = {
    "title": Section("Title", "What happened, in words that accuse nobody.", 1),
    "owner": Section("Owner", "One person or role who sees to it that this is finished.", 1),
    "status": Section("Status", "Draft, in review, reviewed or closed.", 1),
    "summary": Section("Summary", "For somebody who was not there: three sentences."),
    "impact": Section(
        "Impact", "Who was hurt, how many, for how long? Nobody is an answer too.", 2, True
    ),
    "detection": Section(
        "Detection", "How was it noticed, by whom or what, and how long after?", 2
    ),
    "timeline": Section(
        "Timeline (UTC)", "From your own shift. Facts only; mend it where it is thin.", 14
    ),
    "factors": Section(
        "Contributing factors",
        "One on each line. What made it possible, and what led to what?",
        4,
        True,
    ),
    "sense": Section(
        "How it made sense then", "What did people see that made each step a sensible one?"
    ),
    "well": Section("What went well", "What would you want to happen again?", 2),
    "badly": Section("What went badly", "What made it harder than it had to be?", 2),
    "lucky": Section(
        "Where we got lucky",
        "What helped that nobody had planned? “Nothing” is an answer too.",
        2,
        True,
    ),
    "stopped": Section("What stopped it", "Something built, a step, somebody's catch, or luck?", 2),
    "left": Section("What was left", "Had that not stopped it, what else stood in the way?", 2),
    "worst": Section("Worst credible outcome", "Had it gone on, who would have been hurt?", 2),
    "noticed": Section("How it was noticed", "What made somebody look?", 2),
    "exposed": Section("Who else is exposed", "Where could the same thing start tomorrow?", 2),
    "responders": Section("Responders, by role", "Roles, not names: who did what?", 2),
}
STATUS = {"draft": "Draft", "review": "In review", "reviewed": "Reviewed", "closed": "Closed"}
NEAR_MISS = ("stopped", "left", "worst", "noticed", "exposed")
LONGEST = 20_000  # characters of a draft, all sections together

Texts = Mapping[str, str]  # a draft: a section's name to what is written there


def sections(near_miss: bool) -> dict[str, Section]:
    """Return the sections that are asked, in order."""
    return {n: s for n, s in SECTIONS.items() if near_miss or n not in NEAR_MISS}


class ActionSpec(Frozen):
    """An action candidate and what it does; with no effect it asks people to remember."""

    text: Text
    strengthens: Slug | None = None
    adds: tuple[Slug, Slug] | None = None
    seen_at: Slug | None = None
    fewer_hurt: YesNo | None = None
    because: Text | None = None
    known: Text | None = None
    kind: ActionKind | None = None
    tier: Tier | None = None
    backlog: Text | None = None


class AuthoredAction(ActionSpec):
    """An action the author proposes; it carries its reason."""

    because: Text


class PostmortemExemplar(Frozen):
    """A draft that earns everything that is scored; the rest of its sections where it has them."""

    title: Text | None = None
    owner: Text | None = None
    summary: Text | None = None
    impact: Text
    detection: Text | None = None
    factors: tuple[Text, ...]
    sense: Text | None = None
    well: Text | None = None
    badly: Text | None = None
    luck: Text
    stopped: Text | None = None
    left: Text | None = None
    worst: Text | None = None
    noticed: Text | None = None
    exposed: Text | None = None
    responders: Text | None = None
    candidates: tuple[ActionSpec, ...]

    @property
    def texts(self) -> dict[str, str]:
        """The draft by section, in order; the timeline is the run's."""
        said = {"factors": "\n".join(self.factors), "lucky": self.luck}
        found = {name: said.get(name) or getattr(self, name, None) for name in SECTIONS}
        return {name: text for name, text in found.items() if text}


class Waiting(Frozen):
    """Something that is in a backlog already, and why it is wanted."""

    text: Text
    because: Text


class Backlog(Frozen):
    """What candidates meet in planning: work that waits, and how much of all can be taken."""

    places: int = Field(ge=1, le=6)
    waiting: tuple[Waiting, ...] = Field(min_length=1, max_length=6)


class PostmortemPart(Frozen):
    """What a draft is read for. `because` has the reason for impact, factors, luck and action.

    `noticed` is the inject at which people saw that something was wrong; `before` starts the
    timeline with what happened before anybody knew; `backlog` is what the candidates meet.
    """

    hint: Text
    before: tuple[tuple[Minute, Text], ...] = ()
    noticed: Slug
    because: dict[Literal["impact", "factors", "luck", "action"], Text]
    exemplar: PostmortemExemplar
    actions: tuple[AuthoredAction, ...]
    backlog: Backlog | None = None
