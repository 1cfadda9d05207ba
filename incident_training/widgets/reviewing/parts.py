"""A text in order: stretches without a question, folded; and passages, each question in its place.

Where one question asks about several sentences it is told at the first, and named at the others.
"""

from collections.abc import Iterator, Sequence

from incident_training.language import Finding, Mark, alike
from incident_training.widgets.blocks import Block
from incident_training.widgets.harvesting import parts as harvesting

TAGS = {"flag": "Flag.", "ask": "Ask."}


def parts(text: str, findings: Sequence[Finding]) -> Iterator[Block]:
    """Yield {"quiet": text} and {"runs": [[text, number or None]], "asks": […]}, in order.

    Numbers count from 1. Put together, the texts are the text. No two findings overlap.
    """
    firsts = {one: group[0] for group in alike(findings) for one in group}
    numbers = {one: nth for nth, one in enumerate(findings, 1)}
    marks = [_mark(one, firsts[one]) for one in findings]
    for part in harvesting.parts(text, marks):
        for ask in part.get("asks", ()):
            one = findings[ask["number"] - 1]
            first = firsts[one]
            if one is not first:
                ask |= {"question": f"The same question as {numbers[first]}.", "reason": ""}
        yield part


def _mark(finding: Finding, first: Finding) -> Mark:
    why = f"{TAGS[finding.outcome]} {first.reason} ({first.source.rstrip('.')})"
    place = finding.rule, finding.start, finding.end, finding.sentence
    return Mark(*place, first.question, why)
