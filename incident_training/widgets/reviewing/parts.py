"""A text in order: stretches without a question, folded; and passages, each question in its place.

A sentence can be asked about twice, so findings that overlap share a mark, with a number each.
"""

from collections.abc import Iterator, Sequence

from incident_training.language import Finding, Mark
from incident_training.widgets.blocks import Block
from incident_training.widgets.harvesting.parts import parts as passages

TAGS = {"flag": "Flag.", "ask": "Ask."}


def parts(text: str, findings: Sequence[Finding]) -> Iterator[Block]:
    """Yield {"quiet": text} and {"runs": [[text, numbers or None]], "asks": […]}, in order.

    Numbers count from 1, "2, 3" where a mark has two. Put together, the texts are the text.
    """
    groups = list(_groups(findings))
    firsts = [1 + sum(map(len, groups[:nth])) for nth in range(len(groups))]
    marks = [_mark(group) for group in groups]
    for part in passages(text, marks):
        if "quiet" in part:
            yield part
            continue
        inside = [ask["number"] - 1 for ask in part["asks"]]
        runs = [(told, nth and _numbers(firsts, groups, nth - 1)) for told, nth in part["runs"]]
        asks = [
            _ask(firsts[nth] + more, one) for nth in inside for more, one in enumerate(groups[nth])
        ]
        yield {"runs": runs, "asks": asks}


def line(finding: Finding) -> str:
    """Return a finding as a line of a Markdown list."""
    return f"- “{finding.sentence}” {finding.question}"


def _groups(findings: Sequence[Finding]) -> Iterator[list[Finding]]:
    """Yield findings that overlap together; each finding is in one group."""
    group = list[Finding]()
    for finding in findings:
        if group and finding.start >= max(one.end for one in group):
            yield group
            group = []
        group.append(finding)
    if group:
        yield group


def _mark(group: Sequence[Finding]) -> Mark:
    first = group[0]
    end = max(one.end for one in group)
    return Mark(first.rule, first.start, end, first.sentence, first.question, first.reason)


def _numbers(firsts: Sequence[int], groups: Sequence[Sequence[Finding]], nth: int) -> str:
    return ", ".join(str(firsts[nth] + more) for more in range(len(groups[nth])))


def _ask(number: int, finding: Finding) -> Block:
    why = f"{TAGS[finding.outcome]} {finding.reason} ({finding.source.rstrip('.')})"
    return {
        "number": number,
        "question": finding.question,
        "reason": why,
        "line": line(finding),
    }
