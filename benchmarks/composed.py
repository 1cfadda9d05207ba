"""The baseline of one_widget: our play screen, composed of small widgets in layout boxes.

Everything behind the screen is ours (`Play`, the store, the style, the first message that says who
it is): only the composition differs. Where a choice had to be made it favours this page: its
modules are a few lines each, it folds, focuses and hides nothing, and a step sends only what
changed.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import anywidget
import ipywidgets
import traitlets

from incident_training import library, places
from incident_training.doctrine.priority import LEVELS
from incident_training.kinds import Scenario
from incident_training.kinds.vocabulary import CHOICES, WHO
from incident_training.store import Store, pseudonym
from incident_training.widgets import PAGES
from incident_training.widgets.play import Play

LEVEL: dict[str, str] = {level: level for level in LEVELS}
ASKED: dict[str, tuple[str, Mapping[str, str]]] = {
    "choice": ("Your call, on what you know now", CHOICES),
    "who": ("Who needs to know now?", WHO),
    "severity": ("Severity: how bad is it?", LEVEL),
    "impact": ("Impact: how many feel it?", LEVEL),
}


def _module(render: str) -> str:
    return f"""
const h = (tag, style, ...inside) => {{
  const node = Object.assign(document.createElement(tag), {{ className: style }});
  node.append(...inside);
  return node;
}};
const svg = (text, label) => {{
  const node = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  node.setAttribute("aria-label", label);
  return node;
}};
export default {{ render({{ model, el }}) {{ el.classList.add("it"); {render} }} }};
"""


def _drawn(draw: str) -> str:
    """Return a module that draws `data` again whenever it changes."""
    return _module(f"""
  const parts = {draw};
  model.on("change:data", () => el.replaceChildren(...parts(model.get("data"))));
""")


class Part(anywidget.AnyWidget):
    """A small widget: plain data, native elements."""

    data = traitlets.Any().tag(sync=True)


class Bar(Part):
    _esm = _module("""
  const title = h("h1", "it-title"), clock = h("span", "it-clock"), day = h("span", "it-day");
  el.append(title, clock, day);
  model.on("change:data", () => {
    const data = model.get("data");
    [title.textContent, clock.textContent, day.textContent] = [data.title, data.clock, data.day];
  });
  model.send({ do: "hello", token: new URL(window.location).searchParams.get("me") });
""")


class Feed(Part):
    _esm = _drawn("""(items) => [h("ol", "it-feed", ...items.map(({ at, channel, from, text }) =>
      h("li", "it-inject", h("time", "it-at", at), h("div", "it-what",
        h("p", "it-from", from ? `${channel}, ${from}` : channel), h("p", "", text)))))]""")


class Picture(Part):
    _esm = _drawn("({ picture, alt }) => picture ? [svg(picture, alt)] : []")


class Status(Part):
    _esm = _module("""
  const line = h("p", "it-line"), region = h("div", "it-unseen");
  region.setAttribute("role", "status");
  el.append(line, region);
  model.on("change:data", () => {
    line.textContent = model.get("data").saved;
    region.textContent = model.get("data").says;
  });
""")


class Choice(Part):
    value = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    _esm = _module("""
  const { name, legend, options } = model.get("data");
  const radio = (value) =>
    Object.assign(h("input", ""), { type: "radio", name: `part-${name}`, value });
  const radios = Object.keys(options).map(radio);
  const label = (radio) => h("label", "it-option", radio, h("span", "", options[radio.value]));
  const box = h("div", name === "choice" ? "it-list" : "it-row", ...radios.map(label));
  el.append(h("fieldset", "it-field", h("legend", "it-legend", legend), box));
  el.addEventListener("change", ({ target }) => {
    model.set("value", target.value);
    model.save_changes();
  });
  model.on("change:value", () => {
    for (const radio of radios) radio.checked = radio.value === model.get("value");
  });
""")


class Composed(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets ships no types
    """The play screen, each part a widget; filled at the first message."""

    def __init__(self, open_for: Callable[[str], Play]) -> None:
        self.open_for = open_for
        self.bar, self.feed, self.picture, self.status = Bar(), Feed(), Picture(), Status()
        self.choices = {
            name: Choice(data={"name": name, "legend": legend, "options": dict(options)})
            for name, (legend, options) in ASKED.items()
        }
        send, hint = (ipywidgets.Button(description=text) for text in ("Save and go on", "Hint"))
        self.bar.on_msg(self.begin)
        send.on_click(self.take)
        left = ipywidgets.VBox([self.feed, self.picture], layout={"width": "57%"})
        buttons = ipywidgets.HBox([send, hint])
        parts = [*self.choices.values(), buttons, self.status]
        right = ipywidgets.VBox(parts, layout={"width": "43%"})
        super().__init__([self.bar, ipywidgets.HBox([left, right])])

    def begin(self, _: Any, message: dict[str, Any], buffers: Any) -> None:
        self.play = self.open_for(message["token"])
        self.show(self.play.screen())

    def take(self, _: Any) -> None:
        given = {name: part.value for name, part in self.choices.items() if part.value}
        self.play.take({"do": "answer", "values": given})
        self.show(self.play.screen(), saved="Saved.")

    def show(self, screen: dict[str, Any], saved: str = "") -> None:
        """Tell each part what is new to it; what did not change is not sent."""
        items = arrived(screen)
        pictures = [item for item in items if item["picture"]]
        self.bar.data = {name: screen[name] for name in ("title", "clock", "day")}
        self.feed.data = items
        self.picture.data = pictures[-1] if pictures else {}
        self.status.data = {"saved": saved, "says": screen["says"]}
        for part in self.choices.values():
            part.value = None


def page() -> Composed:
    """Return the page: everything read that can be before anybody comes, as ours does."""
    store, scenarios = Store(places.database()), library.shipped()
    return Composed(lambda token: playing(token, store, scenarios))


def playing(token: str, store: Store, scenarios: Mapping[str, Scenario]) -> Play:
    """Return what stands behind either page."""
    now = lambda: datetime.now(UTC).isoformat(timespec="milliseconds")  # noqa: E731
    return Play(PAGES["declaration"], scenarios, store, pseudonym(token), now)


def arrived(screen: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the feed's items, oldest first."""
    return next(block["items"] for block in screen["left"] if block["is"] == "feed")
