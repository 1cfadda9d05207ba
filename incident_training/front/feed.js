// What has arrived so far: newest marked, older folded to a line.

import { arrange, h } from "./dom.js";
import { drawing } from "./picture.js";
import { source, voice } from "./words.js";

export function feed(block, desk) {
  const node = h("ol", { class: "it-feed", role: "list" });
  const shown = new Map();

  function update(next) {
    const items = next.items.map((item) => {
      const text = JSON.stringify(item);
      if (shown.get(item.id)?.text !== text) shown.set(item.id, { text, node: inject(item, desk) });
      return shown.get(item.id).node;
    });
    node.toggleAttribute("data-many", next.items.length > 5);
    arrange(node, items);
  }

  update(block);
  return { node, update };
}

function inject(item, desk) {
  const at = h("time", { class: "it-at" }, item.at ?? "");
  const style = item.new ? "it-inject it-new" : item.old ? "it-inject it-old" : "it-inject";
  const what = item.old ? folded(item, desk) : open(item, desk);
  const name = item.new ? `New, ${item.at ?? ""}` : null; // short: its words are said by the region that speaks
  return h("li", { class: style, tabindex: "-1", "data-newest": Boolean(item.new), "aria-label": name }, at, what);
}

function open(item, desk) {
  const mark = item.new ? h("span", { class: "it-fresh" }, "new") : null;
  const from = h("p", { class: "it-from" }, source(item), mark && " ", mark);
  return h("div", { class: "it-what" }, from, said(item, "p"), ...seen(item, desk));
}

function folded(item, desk) {
  const from = h("span", { class: "it-from" }, source(item));
  const line = h("span", { class: "it-line-of" }, from, " ", said(item, "span"));
  return h("details", { class: "it-what" }, h("summary", {}, line), ...seen(item, desk));
}

function said(item, tag) {
  return h(tag, { class: voice(item.channel) }, item.text ?? "");
}

function seen(item, desk) {
  const curve = item.picture ? drawing(item.picture, desk, item.alt ?? item.text, "it-spark") : null;
  const image = item.image ? h("img", { class: "it-image", src: item.image.source, alt: item.image.alt }) : null;
  return [curve, image];
}
