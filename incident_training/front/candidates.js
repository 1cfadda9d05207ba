// Action item candidates: a few cards, one more offered when the last is begun. What is said of one comes when it is.

import { h, quieten, unique } from "./dom.js";
import { fieldset, made } from "./fields.js";

const UNSAID = "not said";

export function candidates(field) {
  const box = h("div", { class: "it-candidates" });
  const all = [];
  const add = () => {
    all.push(candidate(field, all.length + 1));
    box.append(all.at(-1).node);
  };
  const grow = () => {
    for (const one of all) one.unfold();
    if (all.length < field.most && (!all.length || all.at(-1).begun())) add();
  };
  const write = (values) => {
    for (const [at, value] of values.slice(0, field.most).entries()) {
      if (!all[at]) add();
      all[at].write(typeof value === "string" ? { text: value } : value);
    }
    grow();
  };
  grow();
  box.addEventListener("input", grow);
  const read = () => all.filter((one) => one.begun()).map((one) => one.read());
  const given = () => read().map(trimmed).filter(({ text }) => text);
  const node = fieldset(field, "it-question", box);
  return { ...made(field, node, [all[0].first], "Write one to go on."), read, write, given };
}

/** One card: its line, and below it what is said of it, there once anything is. */
function candidate(field, number) {
  const text = lineFor("Verb, what, until what is true");
  const known = lineFor("How will one know?");
  const kind = oneOf("Kind", field.kinds);
  const tier = oneOf("Tier", field.tiers);
  const backlog = lineFor("Whose backlog receives it?");
  const parts = { text, known, kind, tier, backlog };
  const read = () => Object.fromEntries(Object.entries(parts).map(([name, { control }]) => [name, control.value]));
  const write = (values) => {
    for (const [name, { control }] of Object.entries(parts)) control.value = values?.[name] ?? "";
  };
  const begun = () => Object.values(parts).some(({ control }) => control.value !== "");
  const about = h("div", { class: "it-about", hidden: true }, known.node, kind.node, tier.node, backlog.node);
  const legend = h("legend", { class: "it-question" }, `Candidate ${number}`);
  const node = h("fieldset", { class: "it-candidate" }, legend, text.node, about);
  return { node, first: text.control, read, write, begun, unfold: () => (about.hidden = !begun()) };
}

function lineFor(label) {
  const id = unique("line");
  const control = h("input", { id, type: "text", class: "it-write", autocomplete: "off" });
  return { control, node: labelled(label, control) };
}

function oneOf(label, options) {
  const choices = Object.entries({ "": UNSAID, ...options });
  const control = h("select", { id: unique("select"), class: "it-write" }, choices.map(([value, words]) => h("option", { value }, words)));
  quieten(control);
  return { control, node: labelled(label, control) };
}

function labelled(label, control) {
  return h("div", { class: "it-said-of" }, h("label", { class: "it-note it-small it-soft", for: control.id }, label), control);
}

function trimmed(card) {
  return Object.fromEntries(Object.entries(card).map(([name, value]) => [name, value.trim()]));
}
