"""A weak draft as its author plants it: numbered passages, some with a fault, and what is missing.

The kinds of faults are what readers of public postmortems keep asking about. Sources: the critique
of a bad postmortem in the SRE workbook, ch. 10; Bergström's three traps as PagerDuty tells them.
"""

from typing import Literal

from pydantic import Field

from incident_training.kinds.base import Frozen, Line, Slug, Text
from incident_training.kinds.workbook import SECTIONS

FaultKind = Literal[
    "blame",
    "person-as-cause",
    "counterfactual",
    "hidden-counterfactual",
    "normative",
    "mechanistic",
    "no-number",
    "no-source",
    "starts-late",
    "one-cause",
    "no-luck",
    "vague-action",
    "weak-closure",
    "contradicts",
    "no-owner",
    "overclaim",
]
FAULTS: dict[FaultKind, str] = {
    "blame": "it blames",
    "person-as-cause": "a person as the cause",
    "counterfactual": "what was not done, in place of what was",
    "hidden-counterfactual": "a wish, told as a fact",
    "normative": "a judgement in place of what was seen",
    "mechanistic": "a label in place of conditions",
    "no-number": "no number",
    "no-source": "nothing to look it up by",
    "starts-late": "it starts too late",
    "one-cause": "one cause alone",
    "no-luck": "the luck is left out",
    "vague-action": "no end one could see",
    "weak-closure": "it leans on memory",
    "contradicts": "the shift showed something else",
    "no-owner": "nobody to receive it",
    "overclaim": "more than is known",
}
SectionName = Literal[
    "title",
    "owner",
    "status",
    "summary",
    "impact",
    "detection",
    "timeline",
    "factors",
    "sense",
    "well",
    "badly",
    "lucky",
    "stopped",
    "left",
    "worst",
    "noticed",
    "exposed",
    "responders",
    "actions",
    "other",
]
_BESIDE = {"actions": "Action item candidates", "other": "Other notes"}


def legend(section: str) -> str:
    """Return a section's heading."""
    return SECTIONS[section].legend if section in SECTIONS else _BESIDE[section]


class PlantedFault(Frozen):
    """What is wrong with a passage: what one would ask, why, and one way to mend it."""

    kind: FaultKind = Field(description="Which fault it is, as in no-number.")
    asks: Line = Field(description="What you would ask the writer, in one line.")
    because: Text = Field(description="Why the question is worth asking.")
    mended: Text = Field(description="The passage, mended: one way of several.")


class Passage(Frozen):
    """One to three sentences of the draft; without a fault it is fine.

    `because` says why a tempting one is fine.
    """

    id: Slug = Field(description="The passage's own name, as in impact-1.")
    section: SectionName = Field(description="The section it stands in, as in impact.")
    text: Text = Field(description="One to three sentences.")
    fault: PlantedFault | None = Field(None, description="What is wrong with it, if anything.")
    because: Text | None = Field(
        None, description="Why a tempting passage is fine; only where nothing is wrong."
    )


class Missing(Frozen):
    """What the draft does not say at all."""

    section: SectionName = Field(description="Where one would look for it.")
    asks: Line = Field(description="What you would ask the writer, in one line.")
    because: Text = Field(description="Why it is missed.")


class ClinicPart(Frozen):
    """A weak draft of the shift's postmortem, its faults planted, and what is not in it."""

    hint: Text = Field(description="A question that sends one back to the draft.")
    draft: tuple[Passage, ...] = Field(
        description="Ten to eighteen passages, section by section; four to eight with a fault."
    )
    missing: tuple[Missing, ...] = Field(
        (), description="What is not in the draft at all; told at the end."
    )
