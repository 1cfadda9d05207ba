"""What lies on the desk in a shift: the briefing, what has arrived, what was opened."""

from collections.abc import Mapping

from incident_training.clock import clock
from incident_training.doctrine.policy import policy as policy_named
from incident_training.kinds.declaration import Declaration
from incident_training.kinds.run import Run
from incident_training.kinds.scenario import Evidence, Inject
from incident_training.widgets import blocks, pictures
from incident_training.widgets.blocks import Block

UNFOLDED, CROWDED = 3, 5  # items that stay open, fewer in a crowd; older ones fold to a line


def opening(exercise: Declaration, here: Run, items: list[Block], policy: str) -> list[Block]:
    """The briefing, and the rule one is judged by; after the first act they fold into the feed."""
    rule = policy_named(policy)
    brief, asked = exercise.scenario.briefing, f"Your rule: {rule.question}"
    if not here.acts:
        return [blocks.words(brief, "lead"), blocks.words(asked, "soft"), blocks.feed(items)]
    folded = {"id": "briefing", "at": "", "channel": "your shift", "from": None}
    told = {"text": f"{brief} {asked}", "picture": None, "image": None, "alt": None}
    return [blocks.feed([{**folded, **told, "new": False, "old": True}, *items])]


def items(here: Run, before: Run | None, images: Mapping[str, bytes]) -> list[Block]:
    arrived = [(inject.at, inject.sender, inject) for inject in here.shown]
    arrived += [(at, evidence.label, evidence) for at, evidence in here.opened]  # type: ignore[misc]  # both are shown
    arrived.sort(key=lambda item: item[0])
    known = {i.id for i in before.shown} | {e.id for _, e in before.opened} if before else set()
    newest = len(arrived) - (UNFOLDED if len(arrived) <= CROWDED else 2)
    return [
        {
            **_item(at, source, shown, images),
            "new": shown.id not in known,
            "old": number < newest and shown.id in known,
        }
        for number, (at, source, shown) in enumerate(arrived)
    ]


def _item(
    at: int, source: str | None, shown: Inject | Evidence, images: Mapping[str, bytes]
) -> Block:
    name, alt = shown.image, shown.alt or ""
    return {
        "id": shown.id,
        "at": clock(at),
        "channel": shown.channel,
        "from": source,
        "text": shown.text,
        "picture": pictures.spark(shown.series, alt) if shown.series else None,
        "image": blocks.image(name, images[name], alt) if name else None,
        "alt": shown.alt,
    }


def says(here: Run, items: list[Block]) -> str:
    new = [
        f"{', '.join(filter(None, (i['channel'], i['from'])))}: {i['text']} {i['alt'] or ''}"
        for i in items
        if i["new"]
    ]
    return f"{clock(here.clock)}. {' '.join(new)}"
