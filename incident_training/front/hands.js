// A show of hands on a projector: the calls with their numbers, and how many hands each got.

import { h, unique } from "./dom.js";

/** The calls a room can make, to be read from the last row. */
export function calls(block) {
  const rows = block.rows.map((row) => h("li", { class: "it-call" }, numbered(row), named(row)));
  return h("section", { class: "it-calls" }, h("h2", { class: "it-legend" }, block.legend), h("ol", { role: "list" }, rows));
}

/** The same calls with a count beside each, or a chat's lines instead. What people wrote there is kept nowhere as a
 *  draft: only the counts are. */
export function hands(block, desk) {
  const fields = block.rows.map((row) => count(row, desk));
  const inputs = fields.map(({ input }) => input);
  const chat = h("textarea", { class: "it-write", id: unique("chat"), rows: 4 });
  const total = h("p", { class: "it-soft it-total", role: "status" });
  const typed = () => Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]));
  const add = () => {
    const sum = inputs.reduce((all, { value }) => all + (Number(value) || 0), 0);
    total.textContent = sum === 1 ? "1 hand" : `${sum} hands`;
  };
  const change = () => {
    add();
    desk.write(typed());
  };
  const submit = (event) => {
    event.preventDefault();
    desk.ask({ do: "answer", values: { ...typed(), chat: chat.value }, unkept: chat.value !== "" });
  };
  const paste = h(
    "details",
    { class: "it-ending it-paste" },
    h("summary", {}, block.paste),
    h("label", { class: "it-note it-small it-soft", for: chat.id }, block.note),
    chat,
  );
  const list = h("ol", { role: "list", class: "it-counts", "data-newest": true, "aria-label": block.legend, input: change }, fields.map(({ node }) => node));
  const send = h("button", { class: "it-button it-primary", type: "submit" }, block.button);
  const foot = h("div", { class: "it-foot" }, send, total, h("p", { class: "it-line" }));
  add();
  return h("form", { class: "it-form it-hands", novalidate: true, submit }, h("h2", { class: "it-legend" }, block.legend), list, paste, foot);
}

function count(row, desk) {
  const id = unique(row.name);
  const value = desk.kept()[row.name] || (row.value ?? "");
  const input = h("input", { id, name: row.name, type: "text", class: "it-write it-count-of", inputmode: "numeric", autocomplete: "off", maxlength: 9, value });
  const node = h("li", { class: "it-call" }, numbered(row), h("label", { for: id, class: "it-call-name" }, row.label), input);
  return { node, input };
}

function numbered(row) {
  return h("span", { class: "it-number", "aria-hidden": "true" }, String(row.number));
}

function named(row) {
  const note = row.note ? h("small", {}, row.note) : null;
  return h("span", { class: "it-call-name" }, h("span", { class: "it-unseen" }, `${row.number}. `), row.label, note);
}
