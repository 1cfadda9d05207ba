// A draft somebody else wrote: its numbered passages, of which a few can be marked; and what they come to.

import { h } from "./dom.js";
import { boxed, few } from "./few.js";

const MARKED = ["marked", "Take one back to mark another.", "No passage is marked. Press again to let the draft pass as it is."];

export function passages(field) {
  const boxes = boxed(field.passages);
  return few(field, boxes, field.passages.map((one, index) => passageLabel(one, boxes[index])), MARKED);
}

/** The section is written once and said with each: who jumps from box to box hears where they are. */
function passageLabel(one, box) {
  const heading = one.opens ? "it-from it-item-name" : "it-from it-unseen";
  return h(
    "label",
    { class: "it-flag it-draft-passage" },
    box,
    h("span", { class: "it-at" }, one.number),
    h("span", { class: heading }, one.section),
    h("span", { class: "it-text it-said" }, one.text),
  );
}

const SIGNS = { yes: "✓", no: "✕", partly: "◐", open: "○" };

/** What each passage comes to: its words, the question one could ask, and how it could be put. */
export function consulted(block) {
  return h("ul", { class: "it-remarks", role: "list" }, block.items.map(consult));
}

function consult(item) {
  const sign = h("span", { "aria-hidden": "true" }, SIGNS[item.mark]);
  const quoted = item.passage ? h("blockquote", { class: "it-quoted" }, item.passage) : null;
  return h(
    "li",
    { class: "it-remark", "data-mark": item.mark },
    h("span", { class: "it-mark" }, sign, item.said),
    h("div", { class: "it-given" }, h("h3", { class: "it-item-name" }, item.name), quoted),
    h("div", { class: "it-consulted" }, asking(item), texts(item.texts)),
  );
}

function asking({ question, reason }) {
  const asks = question ? h("p", { class: "it-asks" }, question) : null;
  return h("div", { class: "it-ask", "data-left": !question }, asks, h("p", { class: "it-words" }, reason));
}

function texts(pairs) {
  if (!pairs.length) return null;
  return h("dl", { class: "it-put" }, pairs.flatMap(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]));
}
