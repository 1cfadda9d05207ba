"""The baseline of one_widget: our play screen, composed of small widgets in layout boxes.

Everything behind the screen is ours (`Play`, the store, the style): only the composition differs.
Where a choice had to be made it favours this page: its modules are a few lines each, it folds,
focuses and hides nothing, it knows its visitor from the address and so needs no first message, and
a step sends only what changed.
"""

import os
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import anywidget
import ipywidgets
import traitlets

from incident_training import library, places
from incident_training.store import Store, pseudonym
from incident_training.widgets import PAGES
from incident_training.widgets.play import Play


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
  const draw = () => el.replaceChildren(...parts(model.get("data")));
  model.on("change:data", draw);
  draw();
""")


class Part(anywidget.AnyWidget):
    """A small widget: plain data, native elements."""

    data = traitlets.Any().tag(sync=True)


class Bar(Part):
    _esm = _drawn("""({ title, clock, day }) => [
      h("h1", "it-title", title), h("span", "it-clock", clock), h("span", "it-day", day)]""")


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
  const draw = () => {
    line.textContent = model.get("data").saved;
    region.textContent = model.get("data").says;
  };
  model.on("change:data", draw);
  draw();
""")


class Choice(Part):
    value = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    _esm = _module("""
  const { name, legend, options } = model.get("data");
  const radio = ({ value }) =>
    Object.assign(h("input", ""), { type: "radio", name: `part-${name}`, value });
  const radios = options.map(radio);
  const label = ({ label }, at) => h("label", "it-option", radios[at], h("span", "", label));
  const box = h("div", "it-list", ...options.map(label));
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
    """The play screen, each part a widget."""

    def __init__(self, play: Play) -> None:
        self.play = play
        screen = play.screen()
        form = screen["right"][-1]
        self.bar, self.feed, self.picture, self.status = Bar(), Feed(), Picture(), Status()
        self.choices = {field["name"]: Choice(data=field) for field in form["fields"]}
        send, hint = (ipywidgets.Button(description=text) for text in (form["button"], "Hint"))
        send.on_click(self.take)
        self.show(screen)
        left = ipywidgets.VBox([self.feed, self.picture])
        buttons = ipywidgets.HBox([send, hint])
        right = ipywidgets.VBox([*self.choices.values(), buttons, self.status])
        super().__init__([self.bar, ipywidgets.HBox([left, right])])

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
    """Return the screen of the visitor whom the address names."""
    token = parse_qs(os.environ["QUERY_STRING"])["me"][0]
    return Composed(playing(token, Store(places.database())))


def playing(token: str, store: Store) -> Play:
    """Return what stands behind either page."""
    now = lambda: datetime.now(UTC).isoformat(timespec="milliseconds")  # noqa: E731
    return Play(PAGES["declaration"], library.shipped(), store, pseudonym(token), now)


def arrived(screen: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the feed's items, oldest first."""
    return next(block["items"] for block in screen["left"] if block["is"] == "feed")
