// Ways on from here: links, cards, and evidence to open.

import { h } from "./dom.js";

export function links(block, desk) {
  return h(
    "div",
    { class: "it-links" },
    block.items.map((item) => {
      const look = item.primary ? "it-button it-primary" : "it-button";
      const note = item.note ? h("span", { class: "it-small it-soft" }, item.note) : null;
      return h("div", { class: "it-link" }, way(item, desk, look, item.label), note);
    }),
  );
}

export function cards(block, desk) {
  const face = (item) => [
    item.note ? h("span", { class: "it-eyebrow" }, item.note) : null,
    h("span", { class: "it-card-name" }, item.label),
    item.been ? h("span", { class: "it-been" }, item.been) : null,
  ];
  const look = (item) => `it-card it-choose${item.note ? "" : " it-plain"}`;
  const items = block.items.map((item) => h("li", {}, way(item, desk, look(item), face(item))));
  return h("ul", { class: "it-cards", role: "list" }, items);
}

/** Evidence that costs simulated minutes: the price is part of the button's name. */
export function looks(block, desk) {
  const items = block.items.map((item) =>
    h(
      "button",
      { type: "button", class: "it-button it-look", click: () => desk.ask({ do: "look", at: item.id }) },
      item.label,
      item.minutes ? h("span", { class: "it-cost" }, ` ${item.minutes} min`) : null,
    ),
  );
  const legend = h("h2", { class: "it-eyebrow" }, block.legend);
  return h("section", { class: "it-looks" }, legend, h("div", { class: "it-look-row" }, items));
}

function way(item, desk, style, face) {
  const { label, note, been, primary, href, ...rest } = item;
  if (href) return h("a", { class: style, ...target(desk.href(href)) }, face);
  const message = typeof rest.do === "object" ? rest.do : rest;
  return h("button", { type: "button", class: style, click: () => desk.ask(message) }, face);
}

function target(address) {
  const away = /^https?:/.test(address) && new URL(address).origin !== window.location.origin;
  return away ? { href: address, target: "_blank", rel: "noopener noreferrer" } : { href: address };
}
