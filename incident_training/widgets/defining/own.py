"""A definition of one's own: what it lets in, what it misses, whether two people agree on it."""

from collections.abc import Iterator

from incident_training.doctrine.definitions import Situation, situations, verdicts
from incident_training.doctrine.facts import vocabulary
from incident_training.doctrine.policy import OWN, Policy, policy
from incident_training.kinds.base import NotAllowed, plural
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block
from incident_training.widgets.defining.told import almost

EXAMPLE = "customer_hit or could_disrupt or unsure"
EASY = 20  # words that a person still remembers after a month; ours, not a measured limit


def read(text: str) -> Policy:
    """Return the rule as a policy, or raise NotAllowed saying how to mend it."""
    try:
        return policy(f"{OWN}{text.strip()}")
    except ValueError as error:
        raise NotAllowed(str(error)) from error


def form(rule: str, says: str) -> Iterator[Block]:
    """Ask for the sentence, and for the rule that one could act on."""
    yield blocks.words("Your own definition", "heading")
    yield blocks.words(
        "A definition has to be easy to remember, and to tell anyone at once when to declare. Write"
        " the sentence; then the rule, with facts that one can look up."
    )
    yield blocks.form(
        "See what it says",
        blocks.text("says", "An incident is …", rows=2, value=says),
        blocks.text(
            "rule",
            "The rule",
            rows=2,
            value=rule,
            note=f"For example: {EXAMPLE}. With and, or, not.",
        ),
    )
    names = "\n\n".join(
        f"{kind.name}: {kind.means} ({kind.allowed})" for kind in vocabulary().values()
    )
    yield blocks.ending("The facts a rule can read", names)


def tested(rule: Policy, says: str) -> Iterator[Block]:
    """Hold the rule against every situation, beside the learning definition; then the two tests."""
    called = {name: rule.rule.verdict(one.facts) is True for name, one in situations().items()}
    missed = [one for one in almost() if not called[one.name]]
    yield blocks.words(f"“{says}”" if says else rule.rule.text, "verdict")
    yes, total = sum(called.values()), len(called)
    yield blocks.words(
        f"It calls {yes} of {total} situations an incident, and lets in"
        f" {len(almost()) - len(missed)} of {len(almost())} that nearly were."
    )
    rows = [[one.text, _yes(called[name]), _others(one)] for name, one in situations().items()]
    heads = ["Situation", "Yours", "The published ones"]
    yield blocks.table("Yours beside the others", heads, rows)
    yield blocks.words("Can two people act on it?", "heading")
    yield blocks.words(_actionable(rule))
    yield blocks.words("Will you remember it?", "heading")
    yield blocks.words(_memorable(says))


def remembered(says: str, again: str) -> Iterator[Block]:
    """Show what was written, and what was remembered, side by side; nobody is marked."""
    yield blocks.words("What you wrote then, and now", "heading")
    yield blocks.table(
        "Word for word does not matter",
        ["When", "An incident is …"],
        [["Then", says], ["Now", again]],
    )
    yield blocks.words("Would the two lead you to the same call? If not, which one do you mean?")


def _others(one: Situation) -> str:
    said = verdicts(one.facts)
    yes = sum(value is True for value in said.values())
    return f"{yes} of {len(said)}; worth learning from: {_yes(said['rantil'] is True)}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _actionable(rule: Policy) -> str:
    """Name the facts on which two people who look at the same thing may differ."""
    read_ = rule.rule.facts
    differ = [name for name in read_ if vocabulary()[name].differs]
    reads = f"It reads {plural(len(read_), 'fact', 'facts')}"
    if not differ:
        return f"{reads}, and each can be looked up: two people should reach the same call."
    means = "; ".join(vocabulary()[name].means for name in differ)
    return (
        f"{reads}. On this two people may differ: {means}. Show two of you the same situation"
        " and see; an example you agree on helps more than another word."
    )


def _memorable(says: str) -> str:
    words = len(says.split())
    if not words:
        return "There is no sentence yet. A rule alone is hard to remember."
    long = " That is long: what could go?" if words > EASY else ""
    return f"{words} words.{long} Come back in a few days and write it down without looking."
