"""What a trainee sees, in any notebook: home(), practice(kind), whole_shift(), decks(),
definitions(), lessons(), hazard(), practised(). For facilitators: demonstrate() and, on a second
screen, notes(). For authors: preview().

from incident_training.widgets import practice
practice("declaration")

What only some pages need is imported by them: a page opens sooner without it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from incident_training import library, places
from incident_training.kinds import Scenario
from incident_training.kinds.base import KindName
from incident_training.library.panel import voted
from incident_training.store import Store
from incident_training.widgets import home as home_page
from incident_training.widgets.blocks import Screen
from incident_training.widgets.forms import FORMS
from incident_training.widgets.forms import SHIFT as IN_A_SHIFT
from incident_training.widgets.play import Play
from incident_training.widgets.practised import Practised
from incident_training.widgets.standing import WHOLE, Page
from incident_training.widgets.trouble import log_to
from incident_training.widgets.workbench import Reading, Workbench

PAGES: dict[KindName, Page] = {kind: form.page for kind, form in FORMS.items()}
SHIFT = Page(
    WHOLE,
    "A whole shift",
    "From the first sign to the last action: your calls, the log, the draft. About thirty minutes;"
    " stop when you like, and come back.",
    IN_A_SHIFT,
)


def home() -> Workbench:
    """Return the home page: the lifecycle as the course map."""
    store, scenarios = _store(), _scenarios()
    return Workbench(lambda who: _Home(store, scenarios, who))


def practice(kind: KindName) -> Workbench:
    """Return the exercises of one kind: "declaration", "near_miss" or "postmortem"."""
    if kind not in PAGES:
        raise ValueError(f"there is no kind {kind!r}; choose from {', '.join(PAGES)}")
    return _play(PAGES[kind])


def whole_shift() -> Workbench:
    """Return a shift played through: declare, spot the near miss, draft the postmortem."""
    return _play(SHIFT)


def practised() -> Workbench:
    """Return the report: your own attempts, and counts of what everybody found."""
    store, scenarios = _store(), _scenarios()
    return Workbench(lambda who: Practised(scenarios, store, who))


def decks() -> Workbench:
    """Return the decks: shifts in a row, and how far one has come."""
    from incident_training.widgets.deckplay import DeckPlay
    from incident_training.widgets.shelf import Decks

    store, scenarios, decks = _store(), _scenarios(), library.decks()

    def open_for(who: str) -> Decks:
        plays = {d.id: DeckPlay(d, scenarios, store, who, _now) for d in decks.values()}
        return Decks(plays)

    return Workbench(open_for)


def definitions() -> Workbench:
    """Return the definitions of "incident": who would call what one, and one of your own."""
    from incident_training.widgets.defining import Explorer

    store, scenarios = _store(), _shifts()
    return Workbench(lambda who: Explorer(scenarios, store, who, _now))


def lessons() -> Workbench:
    """Return the lessons on what bends a judgement: two versions of one moment."""
    from incident_training.widgets.bending import Lessons

    store = _store()
    return Workbench(lambda who: Lessons(store, who, _now))


def raising() -> Workbench:
    """Return the exercise on the sentence with which one raises a near miss."""
    from incident_training.widgets.registering import Raising

    store = _store()
    return Workbench(lambda who: Raising(store, who, _now))


def register() -> Workbench:
    """Return the team's own register of near misses; what is written there stays in the browser."""
    from incident_training.widgets.registering import Register

    _store()  # its folder is where a fault of this page is logged
    return Workbench(lambda who: Register())


def hazard() -> Workbench:
    """Return the hazard graphs of the shifts one has lived through, to try things on."""
    from incident_training.widgets.fencing import Fence

    store, scenarios = _store(), _shifts()
    return Workbench(lambda who: Fence(scenarios, store, who, _now))


def harvest() -> Workbench:
    """Return the lucky harvest: a pasted postmortem, its luck marked; nothing of it is kept."""
    from incident_training.widgets.harvesting import Harvest
    from incident_training.widgets.pasted import Bench

    _store()  # its folder is where a fault of this page is logged
    return Bench(Harvest)


def review() -> Workbench:
    """Return the language review: a draft of one's own, asked about; nothing of it is kept."""
    from incident_training.widgets.pasted import Bench
    from incident_training.widgets.reviewing import Review

    _store()  # its folder is where a fault of this page is logged
    return Bench(Review)


def demonstrate() -> Workbench:
    """Return a shift for a projector: the room calls by show of hands."""
    from incident_training.widgets.projecting import Demonstrate

    store, scenarios = _store(), _shifts()
    return Workbench(lambda who: Demonstrate(scenarios, store, who, _now))


def notes() -> Workbench:
    """Return the facilitator's notes to what `demonstrate` shows, for a screen of their own."""
    from incident_training.widgets.projecting import Notes

    store, scenarios = _store(), _shifts()
    return Workbench(lambda who: Notes(scenarios, store, who))


def preview() -> Workbench:
    """Return the page of the scenario that `incident-training preview FILE` names."""
    from incident_training.widgets.previewing import Preview

    path = places.previewed()
    return Workbench(lambda who: Preview(path))


@dataclass(frozen=True)
class _Home(Reading):
    store: Store
    scenarios: dict[str, Scenario]
    who: str
    name = "home"

    def screen(self) -> Screen:
        return home_page.screen(self.store.events(who=self.who), self.scenarios, self.who)


def _play(page: Page) -> Workbench:
    store, scenarios = _store(), _shifts()
    return Workbench(lambda who: Play(page, scenarios, store, who, _now))


def _shifts() -> dict[str, Scenario]:
    """What is offered one by one; the reasons of cards are told in their deck, when it is over."""
    return {name: one for name, one in _scenarios().items() if not one.card}


def _scenarios() -> dict[str, Scenario]:
    """Every scenario, judged by the team's own panel where there are votes."""
    return voted(library.shipped(), places.panel())


def _store() -> Store:
    store = Store(places.database())
    log_to(places.data_folder())
    return store


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
