"""The exercise of raising a near miss: what is written is kept, and never judged."""

from collections.abc import Callable, Mapping
from typing import Any

from incident_training.doctrine.raising import Moment, moments
from incident_training.kinds.base import NotAllowed
from incident_training.store import Event, Store
from incident_training.widgets import blocks
from incident_training.widgets.blocks import Block, Screen
from incident_training.widgets.keeper import Keeper
from incident_training.widgets.registering import told
from incident_training.widgets.registering.where import Where, stand

Message = Mapping[str, Any]
PAGE = "raising"
_STAGES = {"list": "report", "write": "play", "read": "lesson"}


class Raising(Keeper):
    """One person at the moments."""

    name = PAGE

    def __init__(self, store: Store, who: str, now: Callable[[], str]) -> None:
        self.store = store
        self.who = who
        self.now = now
        self.where = Where()
        self._refold()

    def take(self, message: Message) -> None:
        """Go somewhere, or keep a sentence; raise NotAllowed if it cannot be done here."""
        here, do, name = self.where, message.get("do"), str(message.get("name", ""))
        match do:
            case "open" if name in moments():
                self._keep(message, name, do=do)
            case "list":
                self._keep(message, "", do=do)
            case "again" if here.at == "read":
                self._keep(message, here.moment, do=do)
            case "answer" if here.at == "write":
                sentence = _sentence(message.get("values"))
                self._keep(message, here.moment, do=do, sentence=sentence)
            case _:
                raise NotAllowed("that cannot be done here")

    def screen(self) -> Screen:
        """Return what is to be seen where one stands."""
        here = self.where
        title = self._moment.title if here.moment else told.TITLE
        screen: Screen = {
            "id": f"{PAGE}/{here.at}/{here.moment}/{here.steps}",
            "stage": _STAGES[here.at],
            "title": title,
            "eyebrow": told.TITLE if here.moment else "Near misses",
            "home": "index.ipynb",
            "says": f"{title}. {told.ASKS}" if here.at == "write" else title,
        }
        return screen | self._blocks()

    @property
    def _moment(self) -> Moment:
        return moments()[self.where.moment]

    def _blocks(self) -> dict[str, list[Block]]:
        here = self.where
        if here.at == "list":
            return {"main": [*told.listed(moments(), here.sentences)]}
        if here.at == "write":
            begun = here.sentences.get(here.moment, "")
            ways = blocks.links(blocks.link("All moments", {"do": "list"}))
            return {"left": told.scene(self._moment), "right": [told.asked(begun), ways]}
        return {"main": [*told.read(self._moment, here.sentences[here.moment]), self._ways()]}

    def _ways(self) -> Block:
        following = next((m for m in moments() if m not in self.where.sentences), None)
        another = {"do": "open", "name": following} if following else {"do": "list"}
        return blocks.links(
            blocks.link("Another one" if following else "All moments", another, primary=True),
            blocks.link("Change mine", {"do": "again"}),
            *([blocks.link("All moments", {"do": "list"})] if following else []),
            blocks.link("Your own team's register", "register.ipynb"),
        )

    def _keep(self, message: Message, name: str, **data: Any) -> None:
        """Commit a step, under the id its sender gave it."""
        edition = moments()[name].edition if name else ""
        self._commit(message["id"], "lesson", data, name, "near_miss", edition)

    def _fold(self, past: list[Event]) -> None:
        super()._fold(past)
        self.where = Where()
        for event in past:
            if event.name == "lesson" and event.data.get("page") == PAGE:
                self.where = stand(self.where, event, moments())


def _sentence(values: Any) -> str:
    given = values.get("sentence") if isinstance(values, Mapping) else None
    if not isinstance(given, str) or not given.strip():
        raise NotAllowed("write a few words to go on")
    if len(given.strip()) > told.LONGEST:
        length = len(given.strip())
        raise NotAllowed(f"{told.LONGEST} characters at most go into it; these are {length}")
    return given.strip()
