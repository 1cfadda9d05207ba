"""Looking at definitions: choose a situation or a shift, describe one, or write a definition."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from incident_training.doctrine.definitions import situations
from incident_training.doctrine.facts import Value, typed, vocabulary
from incident_training.kinds import Declaration, Scenario, exercises
from incident_training.kinds.base import NotAllowed
from incident_training.store import Event, Store
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.defining import own, told
from incident_training.widgets.keeper import Keeper
from incident_training.widgets.standing import own_rule

Message = Mapping[str, Any]
PAGE = "definitions"
_ALL: dict[str, Any] = {"do": "all"}
_BUCKETS = {  # how one describes a number: the value that a bucket stands for
    "teams": {"1": "one", "2": "two or more"},
    "minutes_unsolved": {"0": "less than an hour", "60": "an hour or more"},
    "slo_minutes": {"0": "none", "3": "up to five", "6": "more than five"},
    "users_reporting": {"0": "none", "3": "up to five", "6": "more than five"},
}
_SKIPPED = {"already_declared"}  # no definition reads it


class Explorer(Keeper):
    """One person at the definitions. What one looks at is not kept; one's own definition is."""

    name = PAGE

    def __init__(
        self, scenarios: Mapping[str, Scenario], store: Store, who: str, now: Callable[[], str]
    ) -> None:
        self.scenarios = scenarios
        self.store = store
        self.who = who
        self.now = now
        self.view: tuple[str, str] = ("all", "")  # what one looks at, and which
        self.facts: dict[str, Value] = {}
        self.again = ""  # the sentence, written from memory
        self._refold()

    def take(self, message: Message) -> None:
        """Look at something else, or keep a definition; raise NotAllowed if it cannot be done."""
        name = str(message.get("name", ""))
        match message.get("do"):
            case "all" | "describe" | "own" | "memory" as view:
                self.view = (view, "")
            case "situation" if name in situations():
                self.view = ("situation", name)
            case "shift" if name in self._lived():
                self.view = ("shift", name)
            case "answer":
                self._answer(message, message.get("values") or {})
            case "force":
                self._keep(message, rule=self.draft[0], says=self.draft[1])
            case "release":
                self._keep(message, rule="", says=self.draft[1])
            case _:
                raise NotAllowed("that cannot be done here")

    def screen(self) -> Screen:
        """Return what one looks at."""
        view, name = self.view
        shown: dict[str, Callable[[], Iterator[Block]]] = {
            "all": self._all,
            "situation": lambda: told.of_facts(situations()[name].facts),
            "shift": lambda: told.of_shift(self._lived()[name]),
            "describe": self._describe,
            "described": lambda: told.of_facts(self.facts),
            "own": lambda: own.form(*self.draft),
            "tested": self._tested,
            "memory": self._memory,
            "remembered": lambda: own.remembered(self.draft[1], self.again),
        }
        title, says = self._heading()
        ways = [] if view == "all" else [blocks.links(*self._ways())]
        return {
            "id": f"{PAGE}/{view}/{name}/{self.steps}",
            "stage": "choose" if view == "all" else "report",
            "title": title,
            "eyebrow": "What is an incident?",
            "home": "index.ipynb",
            "says": says,
            "main": [*shown[view](), *ways],
        }

    def _heading(self) -> tuple[str, str]:
        view, name = self.view
        titles = {
            "all": "Who would call it an incident?",
            "situation": situations()[name].text if view == "situation" else "",
            "shift": self.scenarios[name].title if view == "shift" else "",
            "describe": "Describe a situation by its facts",
            "described": "What you described",
        }
        title = titles.get(view, "A definition of your own")
        return title, title

    def _ways(self) -> Iterator[Block]:
        view = self.view[0]
        if view == "tested":
            if own_rule(self.events) == f"own: {self.draft[0]}":
                yield blocks.link("Back to the rule of each shift", {"do": "release"})
            else:
                yield blocks.link("Judge my shifts by it", {"do": "force"}, primary=True)
            yield blocks.link("Change it", {"do": "own"})
        yield blocks.link(
            "All definitions", _ALL, primary=view not in ("tested", "own", "describe")
        )

    def _all(self) -> Iterator[Block]:
        yield blocks.words(told.summary(), "lead")
        in_force = own_rule(self.events)
        if in_force:
            yield blocks.words(
                f"In force: your own definition, {in_force.removeprefix('own: ')}.", "soft"
            )
        yield blocks.links(
            blocks.link("Write your own", {"do": "own"}, primary=True),
            blocks.link("Describe a situation", {"do": "describe"}),
            *([blocks.link("Write yours from memory", {"do": "memory"})] if self.draft[1] else []),
        )
        yield blocks.words("Look at a situation", "heading")
        yield blocks.cards(
            {"label": one.text, "note": None, "been": None, "do": {"do": "situation", "name": name}}
            for name, one in situations().items()
        )
        yield blocks.words("Or at a shift you have played", "heading")
        lived = self._lived()
        if not lived:
            yield blocks.words("None yet: it would give the shift away.", "soft")
        yield blocks.cards(
            {
                "label": drill.scenario.title,
                "note": drill.scenario.domain,
                "been": None,
                "do": {"do": "shift", "name": name},
            }
            for name, drill in lived.items()
        )
        yield from told.of_all()

    def _describe(self) -> Iterator[Block]:
        yield blocks.words("Leave out what you do not know: a definition that needs it cannot say.")
        yield blocks.form(
            "Who would call it an incident?",
            *(
                blocks.choice(
                    name, _asked(kind.means), _options(name), layout="half", optional=True
                )
                for name, kind in vocabulary().items()
                if name not in _SKIPPED
            ),
        )

    def _tested(self) -> Iterator[Block]:
        return own.tested(own.read(self.draft[0]), self.draft[1])

    def _memory(self) -> Iterator[Block]:
        yield blocks.words("Without looking: what is an incident, in your own words?")
        yield blocks.form("Compare", blocks.text("again", "An incident is …", rows=2))

    def _answer(self, message: Message, values: Mapping[str, Any]) -> None:
        match self.view[0]:
            case "describe":
                self.facts = _described(values)
                self.view = ("described", "")
            case "memory":
                self.again = str(values.get("again", "")).strip()
                self.view = ("remembered", "")
            case "own":
                rule = own.read(str(values.get("rule", ""))).rule.text.strip()
                in_force = own_rule(self.events) is not None
                self._keep(
                    message,
                    rule=rule if in_force else "",
                    says=str(values.get("says", "")).strip(),
                    draft=rule,
                )
                self.view = ("tested", "")
            case _:
                raise NotAllowed("there is nothing to answer here")

    @property
    def draft(self) -> tuple[str, str]:
        """The rule and the sentence one wrote last, in force or not."""
        kept = next((e.data for e in reversed(self.events) if e.name == "define"), {})
        return str(kept.get("draft") or kept.get("rule") or ""), str(kept.get("says") or "")

    @property
    def steps(self) -> int:
        """How often one has kept a definition: a new screen each time."""
        return sum(event.name == "define" for event in self.events)

    def _lived(self) -> dict[str, Declaration]:
        """The shifts whose declaration one has played to its end: nothing else is shown."""
        been = {e.scenario for e in self.events if (e.name, e.kind) == ("attempt", "declaration")}
        drills: dict[str, Declaration] = {}
        for name in sorted(been & set(self.scenarios)):
            drill = exercises(self.scenarios[name]).get("declaration")
            if isinstance(drill, Declaration):
                drills[name] = drill
        return drills

    def _keep(self, message: Message, **data: Any) -> None:
        """Commit a definition, under the id its sender gave it."""
        self._commit(message["id"], "define", {"draft": self.draft[0], **data})

    def _fold(self, past: list[Event]) -> None:
        super()._fold(past)
        self.events = past


def _asked(means: str) -> str:
    return f"{means[:1].upper()}{means[1:]}"


def _options(name: str) -> dict[str, str]:
    kind = vocabulary()[name]
    if kind.number:
        return _BUCKETS[name]
    return {level: level for level in kind.levels} or {"yes": "yes", "no": "no"}


def _described(values: Mapping[str, Any]) -> dict[str, Value]:
    """Return the facts that were given; raise NotAllowed for what no form of ours sends."""
    facts: dict[str, Value] = {}
    for name, given in values.items():
        if given in (None, ""):
            continue
        if name not in vocabulary() or given not in _options(name):
            raise NotAllowed("choose from what is shown")
        value = typed(name, str(given))
        if value is not None:
            facts[name] = value
    return facts
