"""Planning on screen: what waits, one's own candidates among it, and a reason for each declined."""

from incident_training.kinds import planning
from incident_training.kinds.base import plural
from incident_training.kinds.postmortem import Postmortem, PostmortemResponse
from incident_training.language.structure import balance
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen

LEAD = (
    "Some days later, in planning. The people who weigh all work sit here, and your candidates"
    " meet what waits already."
)


def plan(exercise: Postmortem, response: PostmortemResponse) -> Screen:
    """Return the step at which a few of all items are taken."""
    backlog = exercise.part.backlog
    assert backlog is not None  # else there is no such step
    room = f"There is room for {plural(backlog.places, 'item', 'items')}."
    weighed = balance([one.row for one in response.candidates])
    items = [_item(one) for one in exercise.items(response).values()]
    return {
        "says": f"Planning. {room}",
        "main": [
            blocks.words("Planning", "eyebrow"),
            blocks.words(room, "verdict"),
            blocks.words(LEAD),
            *([blocks.words(weighed, "soft")] if weighed else []),
            blocks.form(
                "Take these",
                blocks.taking("take", "What would you take?", backlog.places, items),
                hint=True,
            ),
        ],
    }


def declined(exercise: Postmortem, response: PostmortemResponse) -> Screen:
    """Return the step at which each candidate that was not taken keeps its reason."""
    assert response.plan is not None  # else there is no such step
    items = planning.open_(response.plan, exercise.items(response))
    asked = [
        blocks.text(
            f"why-{one.id}", f"“{one.text}”", rows=1, note="Why not now? What would change it?"
        )
        for one in items
    ]
    count = plural(len(items), "candidate was", "candidates were")
    return {
        "says": f"{count} not taken. Why not now?",
        "main": [
            blocks.words("Planning", "eyebrow"),
            blocks.words(f"{count} not taken.", "verdict"),
            blocks.words(
                "To decline something is a decision too. Written down, it need not be argued again,"
                " and whoever meets the same thing next year can see what you weighed."
            ),
            blocks.form("Save and go on", *asked, hint=True),
        ],
    }


def _item(item: planning.Item) -> Block:
    said = {"value": item.id, "text": item.text, "because": item.because}
    return {**said, "from": "yours" if item.own else "waits"}
