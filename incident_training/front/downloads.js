// What one takes along: files made from the screen's data, in this browser.

import { h } from "./dom.js";
import { download } from "./exported.js";

export function downloads(block) {
  const save = (item) => () => download(item.name, item.type, item.text);
  const button = (item) => h("button", { type: "button", class: "it-button", click: save(item) }, item.label);
  const note = block.note ? h("p", { class: "it-soft" }, block.note) : null;
  const heading = h("h2", { class: "it-heading" }, block.legend);
  return h("section", { class: "it-downloads" }, heading, note, h("div", { class: "it-look-row" }, block.items.map(button)));
}
