// What is read: words, remarks, an ending; and in whose voice.

import { h } from "./dom.js";

const STYLES = {
  lead: ["p", "it-lead"],
  verdict: ["h2", "it-verdict"],
  heading: ["h2", "it-heading"],
  eyebrow: ["p", "it-eyebrow"],
  soft: ["p", "it-soft"],
  hint: ["p", "it-hint"],
  small: ["p", "it-small"],
  body: ["p", "it-body"],
};

export function words(block) {
  const [tag, style] = STYLES[block.style] ?? STYLES.body;
  return h(tag, { class: `it-words ${style}` }, block.text);
}

export function ending(block) {
  return h(
    "details",
    { class: "it-ending" },
    h("summary", {}, block.summary),
    h("p", { class: "it-words it-body" }, block.text),
  );
}

// A sign and a word each, so that no mark rests on colour.
const MARKS = {
  yes: ["✓", "agrees"],
  partly: ["◐", "partly"],
  no: ["✕", "differs"],
  open: ["○", "not judged"],
};

export function remarks(block) {
  return h("ul", { class: "it-remarks", role: "list" }, block.items.map(remark));
}

function remark(item) {
  const [sign, word] = MARKS[item.mark] ?? MARKS.open;
  return h(
    "li",
    { class: "it-remark", "data-mark": item.mark },
    h("span", { class: "it-mark" }, h("span", { "aria-hidden": "true" }, sign), word),
    h("div", { class: "it-given" }, h("h3", { class: "it-item-name" }, item.item), pairs(item)),
    item.because ? h("p", { class: "it-because it-words" }, item.because) : null,
  );
}

function pairs(item) {
  const yours = pair("You", item.given ?? "not answered");
  const other = item.expected && item.expected !== item.given ? pair("Expected", item.expected) : [];
  return h("dl", { class: "it-pairs" }, yours, other);
}

function pair(name, value) {
  return [h("dt", {}, name), h("dd", {}, String(value))];
}

// Machines speak in the sans; people, in the story's typeface.
const MACHINES = new Set(["alert", "dashboard", "log", "change", "metric"]);

export function voice(channel) {
  return MACHINES.has(channel) ? "it-text" : "it-text it-said";
}

/** Return where a line came from, such as "chat · support". */
export function source(line) {
  return [line.channel, line.from].filter(Boolean).join(" · ");
}
