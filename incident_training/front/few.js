// Boxes of which only a few can be ticked: flags of a hunt, what planning takes, passages of a draft.

import { h } from "./dom.js";
import { fieldset, made } from "./fields.js";
import { drawing } from "./picture.js";
import { source, voice } from "./words.js";

const RAISED = ["raised", "Lower one to raise another.", "No line is raised. Press again to go on without one."];
const TAKEN = ["taken", "Put one back to take another.", "Nothing is taken. Press again to go on without anything."];

/** A field of `labels`, each with its box; `said` is how a tick is called, what to do where there are too many, and none. */
export function few(field, boxes, labels, [ticked, full, none]) {
  const count = h("p", { class: "it-count it-small it-soft", role: "status" });
  const read = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const tell = (over) => {
    const told = `${read().length} of at most ${field.most} ${ticked}.`;
    count.textContent = over ? `${told} ${full}` : told;
  };
  const change = ({ target }) => {
    const over = read().length > field.most;
    if (over) target.checked = false;
    tell(over);
  };
  const write = (values) => {
    for (const box of boxes) box.checked = values.includes(box.value);
    tell(false);
  };
  tell(false);
  const node = fieldset(field, "it-legend", h("div", { class: "it-log", change }, labels), count);
  return { ...made({ optional: true, ...field }, node, boxes, none), once: true, read, write };
}

export function boxed(items) {
  return items.map(({ value }) => h("input", { type: "checkbox", value }));
}

export function flags(field) {
  const boxes = boxed(field.lines);
  return few(field, boxes, field.lines.map((line, index) => flagLabel(line, boxes[index])), RAISED);
}

function flagLabel(line, box) {
  const strip = line.picture ? drawing(line.picture, null, line.alt, "it-spark") : null;
  return h(
    "label",
    { class: "it-flag" },
    box,
    h("time", { class: "it-at" }, line.at ?? ""),
    h("span", { class: "it-from" }, source(line)),
    h("span", { class: voice(line.channel) }, line.text, strip),
  );
}

export function taking(field) {
  const boxes = boxed(field.items);
  return few(field, boxes, field.items.map((item, index) => takeLabel(item, boxes[index])), TAKEN);
}

function takeLabel(item, box) {
  const why = item.because ? h("span", { class: "it-small it-soft it-why" }, item.because) : null;
  return h(
    "label",
    { class: "it-flag it-take" },
    box,
    h("span", { class: "it-from" }, item.from),
    h("span", { class: "it-text it-said" }, item.text, why),
  );
}
