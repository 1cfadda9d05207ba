"""What is told of a draft. Scored is only what can be seen without judging prose: a number in the
impact, two factors, luck named, an action that changes the ending.
"""

from typing import TYPE_CHECKING

from incident_training.kinds.base import Feedback, Remark
from incident_training.language.structure import count_factors, says_how_many

if TYPE_CHECKING:
    from incident_training.kinds.postmortem import Postmortem, PostmortemResponse


def feedback(exercise: "Postmortem", response: "PostmortemResponse") -> Feedback:
    """Return what is told of a draft: each candidate played again, and what can be seen in it."""
    given, because = response.texts is not None, exercise.part.because
    counted = count_factors(response.said("factors"))
    numbers = says_how_many(response.said("impact"))
    remarks = (
        _seen("impact in numbers", given, numbers, because["impact"]),
        _seen("at least two contributing factors", given, counted >= 2, because["factors"]),
        _luck(exercise, response),
        _effect(exercise, response),
    )
    if not given:
        return Feedback(verdict="The draft is still yours to write.", reason="", remarks=remarks)
    told = [exercise.changes(one) for one in response.candidates]
    played = [again.words for one in response.candidates if (again := exercise.replay(one))]
    return Feedback(verdict=_verdict(told), reason="\n".join(played), remarks=remarks)


def _luck(exercise: "Postmortem", response: "PostmortemResponse") -> Remark:
    """Left out, it is missed; what was written is for people to judge."""
    given, luck = response.texts is not None, response.said("lucky")
    return Remark(
        item="where we got lucky",
        given=(luck or "not in your draft") if given else None,
        expected=exercise.part.exemplar.luck,
        score=0.0 if given and not luck else None,
        because=exercise.part.because["luck"],
    )


def _effect(exercise: "Postmortem", response: "PostmortemResponse") -> Remark:
    told = [exercise.changes(one) for one in response.candidates if one.does]
    given = response.texts is not None and exercise.stage(response) in ("commitment", "done")
    score = 1.0 if True in told else None if None in told else 0.0
    words = {
        1.0: "there is one, if it does what you said",
        0.0: "none so far",
        None: "the story cannot tell",
    }
    return Remark(
        item="an action that changes the story",
        given=words[score] if given else None,
        expected="one that works if nobody remembers",
        score=score if given else None,
        because=exercise.part.because["action"],
    )


def _verdict(told: list[bool | None]) -> str:
    """Say whether the story ends differently; `told` is what each candidate changes."""
    works, one = told.count(True), len(told) == 1
    if not told:
        return "Your draft stands. It holds no action candidate yet."
    many = "your action candidate" if one else f"your {len(told)} action candidates"
    if not works and None in told:
        return "Your draft stands. Fewer would be hurt, by your word; the story cannot tell."
    if not works:
        return f"Your draft stands. Played again with {many}, the story ends as before."
    if one:
        return "Your draft stands. If it does what you said, your action changes the story."
    return f"Your draft stands. If they do what you said, {works} of {many} change the story."


def _seen(item: str, given: bool, right: bool, because: str) -> Remark:
    return Remark(
        item=item,
        given=("in your draft" if right else "not seen in your draft") if given else None,
        expected="in your draft",
        score=float(right) if given else None,
        because=because,
    )
