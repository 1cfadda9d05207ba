"""What a facilitator's notes hold: a line to ask, what comes next, the crib, the rules now."""

from collections.abc import Iterator

from incident_training.clock import clock
from incident_training.doctrine.policy import policies
from incident_training.kinds import Scenario
from incident_training.measures import hands
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block
from incident_training.widgets.projecting.counted import SHORT
from incident_training.widgets.projecting.debrief import most_split, so_far, when
from incident_training.widgets.projecting.revealed import SAYS, rulings
from incident_training.widgets.projecting.room import DEBRIEF, Room

NO_CRIB = (
    "Nobody has written a crib for this shift yet. Play it once yourself beforehand: the three"
    " questions you ask are the ones the room will ask."
)
PROMPTS = {
    "read": "Read it out. Ten seconds of silence. Then hands.",
    "hands": "One call at a time, hands up, count aloud. Whoever wants to may pass.",
    "spread": "Ask the smallest group first: what did you see? Then two minutes with a neighbour.",
    "reveal": "This is what a rule says on what is known, not the truth. Where do you differ?",
    "said": "Where were you ahead of the rules, where behind? What would you have needed to see?",
    "split": "Ask one person of each call for their best argument before you show these.",
    "ended": "No call is judged by how it ended. What would you do at home, from tomorrow?",
    "blank": "The projector is blank. Let them look at each other.",
}


def prompt(room: Room) -> str:
    """Return what to ask the room now, in a line."""
    if room.blank:
        return PROMPTS["blank"]
    if room.view == "debrief":
        return PROMPTS[DEBRIEF[room.page]]
    if room.view == "spread" and len(room.now) > 1:
        first, second = room.now[-2].counts, room.now[-1].counts
        if any(hands.moved(first, second)):
            return "Ask somebody who moved: what did you hear? Then reveal."
        return "Nobody moved. Ask each side: what would you have to see? Then reveal."
    return PROMPTS[room.view]


def on_screen(room: Room) -> Iterator[Block]:
    if room.blank:
        seen = "Only the title and the clock."
    elif room.view == "debrief":
        seen = " ".join(when(room)) if DEBRIEF[room.page] == "said" else _debriefed(room)
    else:
        newest = room.run.shown[-1]
        seen = f"{clock(newest.at)}, {newest.channel}: {newest.text}"
    yield blocks.words("On the projector", "eyebrow")
    yield blocks.words(seen)


def _debriefed(room: Room) -> str:
    if DEBRIEF[room.page] == "ended":
        return "How it ended, the reasons of the rules, what the shift is for."
    split = most_split(list(room.moments()))
    return f"The split at {clock(split.votes[0].at)}." if split else "There was no split."


def ahead(room: Room) -> Iterator[Block]:
    if room.view == "debrief":
        return
    shown = {inject.id for inject in room.run.shown}
    later = [inject for inject in room.scenario.injects if inject.id not in shown]
    yield blocks.words("Next", "eyebrow")
    if not later:
        yield blocks.words("That was the last. Next is the debrief: keep ten minutes for it.")
        return
    source = ", ".join(filter(None, (later[0].channel, later[0].sender)))
    yield blocks.words(f"{clock(later[0].at)}, {source}: {later[0].text}")


def votes(room: Room) -> Iterator[Block]:
    if room.votes:
        yield so_far(room)


def unopened(room: Room) -> Iterator[Block]:
    if room.view == "debrief" or not room.run.closed:
        return
    told = (f"{e.label} ({e.minutes} min): {e.text}" for e in room.run.closed)
    yield blocks.ending("What the evidence would tell", "\n\n".join(told))


def rules(room: Room) -> Iterator[Block]:
    """What each rule says now; its reason is the facilitator's to know before the room does."""
    yield blocks.words("The rules now", "eyebrow")
    for one in rulings(room):
        yield blocks.words(one.words, "heading")
        yield blocks.words(room.drill.part.because.get(one.policy.name, ""), "small")


def reasons(room: Room) -> Iterator[Block]:
    yield blocks.words("When the rules say yes, on the injects alone", "eyebrow")
    for name, rule in policies().items():
        at = room.drill.window(name).expected
        since = SAYS[True] + f" from {clock(at)}" if at is not None else "never"
        yield blocks.words(f"{rule.title}: {since}", "heading")
        yield blocks.words(room.drill.part.because.get(name, ""), "small")


def story(scenario: Scenario) -> Iterator[Block]:
    yield blocks.words("The story", "eyebrow")
    yield blocks.words(scenario.crib.story if scenario.crib else NO_CRIB)
    yield blocks.words(f"What it is for: {scenario.teaches}", "soft")


def folded(scenario: Scenario) -> Iterator[Block]:
    if scenario.crib:
        yield blocks.ending("The whole story", scenario.crib.story)


def questions(scenario: Scenario) -> Iterator[Block]:
    if scenario.crib is None:
        yield blocks.words(NO_CRIB, "soft")
        return
    yield blocks.words("They are likely to ask", "eyebrow")
    for question in scenario.crib.questions:
        yield blocks.words(question)


def arguments(scenario: Scenario) -> Iterator[Block]:
    if scenario.crib is None:
        return
    yield blocks.words("The best argument for each call", "eyebrow")
    for name, argument in scenario.crib.arguments.items():
        yield blocks.words(f"{SHORT[name]}: {argument}")


def coming(scenario: Scenario) -> Block:
    rows = [[clock(i.at), i.channel, i.text] for i in scenario.injects]
    return blocks.table("What comes, and when", ["At", "From", "What"], rows)


def foot() -> Block:
    return blocks.words("This page is yours alone: keep it off the projector.", "small")
