"""What the marks come to on screen: each place with its question, its reason, a way to put it."""

from collections.abc import Iterable, Iterator

from incident_training import language
from incident_training.kinds.clinic import Clinic, ClinicResponse
from incident_training.kinds.consulting import Mark, why_fine
from incident_training.kinds.planted import FAULTS, Passage, legend
from incident_training.widgets.blocks import Block


def places(exercise: Clinic, response: ClinicResponse) -> Iterator[Block]:
    """Yield each planted passage, and each mark on one that is fine, in the draft's order."""
    for passage in exercise.part.draft:
        mark = response.marked.get(passage.id)
        name = f"{exercise.number(passage.id)} · {legend(passage.section)}"
        if passage.fault:
            yield _place(passage, mark, f"{name}: {FAULTS[passage.fault.kind]}")
        elif mark:
            yield _item("partly", "fine", name, passage.text, "", why_fine(passage))


def absences(exercise: Clinic) -> list[Block]:
    """Return what is not in the draft at all, each with its question."""
    return [
        _item("open", "not there", legend(one.section), None, one.asks, one.because)
        for one in exercise.part.missing
    ]


def still_asked(text: str, section: str) -> str | None:
    """Return what nearly every reader would still ask about a text; None if there is nothing.

    What our rules are unsure of is left unsaid: this is somebody's own mending.
    """
    flags = [one for one in language.review(text, section) if one.outcome == "flag"]
    return next((one.question for one in language.one_each(flags)), None)


def consulted(items: Iterable[Block]) -> Block:
    """Return the block of these: what is said of each place, and what one wrote there."""
    return {"is": "consulted", "items": [*items]}


def to_compare(exercise: Clinic) -> tuple[str, str]:
    """A whole draft to hold beside this one: the shift's own, else these passages mended."""
    part = exercise.scenario.asks("postmortem")
    if part is not None:
        told = part.exemplar
        listed = {"factors": told.factors, "actions": [each.text for each in told.candidates]}
        lists = {name: "\n".join(f"– {line}" for line in them) for name, them in listed.items()}
        return "Another draft of this shift, to compare", _whole({**told.texts, **lists}.items())
    mended = [(p.section, p.fault.mended if p.fault else p.text) for p in exercise.part.draft]
    return "The draft, mended", _whole(mended)


def _place(passage: Passage, mark: Mark | None, name: str) -> Block:
    fault = passage.fault
    assert fault is not None
    mended = mark.mended if mark else None
    texts = [
        ("You asked", mark.asks if mark else None),
        ("You wrote", mended),
        ("A reader might still ask", still_asked(mended, passage.section) if mended else None),
        ("Ours", fault.mended),
    ]
    return _item(
        "yes" if mark else "no",
        "asked" if mark else "passed",
        name,
        passage.text,
        fault.asks,
        fault.because,
        [[label, text] for label, text in texts if text],
    )


def _item(
    mark: str,
    said: str,
    name: str,
    passage: str | None,
    question: str,
    reason: str,
    texts: Iterable[list[str]] = (),
) -> Block:
    return {
        "mark": mark,
        "said": said,
        "name": name,
        "passage": passage,
        "question": question,
        "reason": reason,
        "texts": [*texts],
    }


def _whole(passages: Iterable[tuple[str, str]]) -> str:
    sections: dict[str, list[str]] = {}
    for section, text in passages:
        sections.setdefault(section, []).append(text)
    return "\n\n".join(f"{legend(name)}\n{' '.join(texts)}" for name, texts in sections.items())
