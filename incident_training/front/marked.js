// A pasted text with its marks in place. It is in this page's memory alone: no draft, no outbox, no storage.

import { h, unique } from "./dom.js";
import { attempt } from "./kept.js";

const FOLD = 90; // characters of a stretch without a mark that are shown as they are
const ASKED = { do: "harvest", mark: "Mark", quiet: "a mark", keep: "Keep", dismiss: "Dismiss" };
const WORDS = { ...ASKED, kept: "kept", dismissed: "dismissed", lines: "What you kept, as Markdown" };
const SEALED = { autocomplete: "off", autocapitalize: "off", spellcheck: "false", translate: "no" };

export function marked(block, desk) {
  const node = h("div", { class: "it-harvest" });
  const words = { ...WORDS, ...block.words };
  const begin = () => node.replaceChildren(pasting(block, words, desk));
  const again = () => {
    begin();
    desk.ask({ do: "forget", unkept: true });
    node.querySelector("textarea").focus();
  };
  let held = null;
  const update = ({ found }) => {
    if (!found || found.id === held) return; // a new kernel knows of no text; what stands here stays
    held = found.id;
    node.replaceChildren(...harvested(found, words, again));
  };
  begin();
  update(block);
  return { node, update };
}

function pasting(block, words, desk) {
  const id = unique("paste");
  const text = h("textarea", { id, class: "it-write", rows: 12, "aria-describedby": `${id}-note`, ...SEALED });
  const submit = (event) => {
    event.preventDefault();
    const size = new TextEncoder().encode(text.value).length;
    if (size > block.most) return refuse(text, overweight(size, block.most), desk);
    if (!text.value.trim()) return refuse(text, "Paste a text first.", desk);
    return desk.ask({ do: words.do, text: text.value, unkept: true });
  };
  const note = h("p", { class: "it-note it-small it-soft", id: `${id}-note` }, block.note);
  const field = h("div", { class: "it-field it-text-field" }, h("label", { class: "it-question", for: id }, block.legend), note, text);
  const send = h("button", { class: "it-button it-primary", type: "submit" }, block.button);
  const foot = h("div", { class: "it-foot" }, send, h("p", { class: "it-line" }));
  return h("form", { class: "it-form", novalidate: true, autocomplete: "off", submit }, field, foot);
}

function overweight(size, most) {
  return `That is ${Math.ceil(size / 1000)} KB; at most ${most / 1000} KB are read at once. Paste one postmortem, or a part of it.`;
}

function refuse(text, why, desk) {
  text.closest("form").querySelector(".it-line").textContent = why;
  text.focus();
  desk.warn(why);
}

/** The text with its marks; below it what one keeps, as lines to copy. */
function harvested(found, words, again) {
  const asks = found.parts.flatMap((part) => part.asks ?? []);
  const choices = new Map();
  const keeping = kept(asks, words, choices);
  const choose = (number, choice) => {
    if (choice) choices.set(number, choice);
    else choices.delete(number);
    keeping.draw();
  };
  const heading = h("h2", { class: "it-verdict", "data-newest": true }, found.says);
  const parts = found.parts.map((part) => ("quiet" in part ? quiet(part.quiet, words) : passage(part, asks.length, words, choose)));
  const button = h("button", { type: "button", class: "it-button it-look", click: again }, "Forget this text, take another");
  const body = asks.length ? [...parts.filter(Boolean), keeping.node] : []; // blank lines are no part
  return [heading, ...body, h("p", {}, button)];
}

function quiet(text, words) {
  const said = text.trim();
  if (!said) return null;
  const body = () => h("p", { class: "it-pasted", translate: "no" }, said);
  if (said.length <= FOLD) return body();
  const lines = said.split("\n").filter((line) => line.trim()).length;
  const summary = `${lines === 1 ? "One line" : `${lines} lines`} without ${words.quiet}`;
  return h("details", { class: "it-ending" }, h("summary", {}, summary), body());
}

function passage(part, total, words, choose) {
  const run = ([text, number]) => (number ? [h("mark", {}, text), h("sup", {}, String(number))] : [text]);
  const text = h("p", { class: "it-pasted", translate: "no" }, part.runs.flatMap(run));
  return h("section", { class: "it-passage" }, text, part.asks.map((ask) => asked(ask, total, words, choose)));
}

function asked(ask, total, words, choose) {
  const id = unique("asked");
  const pick = (choice) => () => {
    const on = box.getAttribute("data-choice") === choice ? "" : choice;
    box.setAttribute("data-choice", on);
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.choice === on));
    choose(ask.number, on);
  };
  const button = (choice, label) =>
    h("button", { type: "button", class: "it-button it-look", "data-choice": choice, "aria-pressed": "false", "aria-describedby": id, click: pick(choice) }, label);
  const buttons = [button("kept", words.keep), button("dismissed", words.dismiss)];
  const question = h("p", { class: "it-asking", id }, h("span", { class: "it-unseen" }, `${words.mark} ${ask.number} of ${total}. `), h("span", { "aria-hidden": "true" }, `${ask.number}. `), ask.question);
  const box = h("div", { class: "it-asked", role: "group", "aria-labelledby": id }, question, ask.reason ? h("p", { class: "it-small it-soft" }, ask.reason) : "", h("div", { class: "it-look-row" }, buttons));
  return box;
}

function kept(asks, words, choices) {
  const count = h("p", { class: "it-soft", role: "status" });
  const id = unique("kept");
  const lines = h("textarea", { id, class: "it-harvest-lines", rows: 6, readonly: true, ...SEALED });
  const said = h("span", { class: "it-line", role: "status" });
  const copy = async () => {
    const done = await attempt(() => navigator.clipboard.writeText(lines.value).then(() => true, () => false));
    if (!done) lines.select();
    said.textContent = done ? "Copied." : "The lines are selected: copy them.";
  };
  const button = h("button", { type: "button", class: "it-button it-primary", click: copy }, "Copy these lines");
  const list = h("div", { class: "it-field it-text-field" }, h("label", { class: "it-question", for: id }, words.lines), lines, h("div", { class: "it-foot" }, button, said));
  const draw = () => {
    const chosen = asks.filter((ask) => choices.get(ask.number) === "kept");
    const open = asks.length - choices.size;
    count.textContent = `${chosen.length} ${words.kept}, ${choices.size - chosen.length} ${words.dismissed}, ${open} to go.`;
    lines.value = chosen.map((ask) => `${ask.line}\n`).join("");
    list.hidden = !chosen.length;
    said.textContent = "";
  };
  draw();
  return { node: h("section", { class: "it-keeping" }, count, list), draw };
}
