"""What a successful import says: what was read, what was not, and what comes next."""

from collections.abc import Iterator
from pathlib import Path

from incident_training.authoring.draft import TASKS, Draft
from incident_training.library.pack import shown_path


def summary(draft: Draft, to: Path | str | None) -> str:
    """Return the sentences, a line each."""
    return "\n".join(_lines(draft, to))


def _lines(draft: Draft, to: Path | str | None) -> Iterator[str]:
    hidden, left = len(draft.hidden), len(draft.left)
    told = draft.read - hidden - draft.known
    injects = f"{len(draft.shown)} inject{'' if len(draft.shown) == 1 else 's'}"
    yield (
        f"{draft.file}: {draft.read} {'entry' if draft.read == 1 else 'entries'} read;"
        f" {told} became {injects}; {_hidden(hidden, draft.cut)}; {left} left out."
    )
    yield from (f"  {one}" for one in draft.left)
    yield from (f"  {one}" for one in draft.decided)
    yield "Next:"
    if to is None:
        yield "  1. Keep the draft with --to exercises/friday-quay.yaml, or a name of your own."
        yield f"     Work through “{TASKS}” at its top."
        yield "  2. incident-training check exercises/friday-quay.yaml"
    else:
        shown = shown_path(Path(to))
        yield f"  1. Work through “{TASKS}” at the top of {shown}."
        typed = f'"{shown}"' if " " in shown else shown
        yield f"  2. incident-training check {typed}"


def _hidden(count: int, cut: bool) -> str:
    if not cut:
        return "no --cut, so 0 are hidden"
    lie = "lies after the last cut and is" if count == 1 else "lie after the last cut and are"
    return f"{count} {lie} hidden"
