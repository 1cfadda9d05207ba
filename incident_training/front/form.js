// A form: what is asked, what is still missing, and one button that sends it.

import { arrange, h, unique } from "./dom.js";
import { choice, flags, rows, text } from "./fields.js";

const FIELDS = { choice, flags, text, rows };

export function form(block, desk) {
  let fields = block.fields.map((field) => build(field));
  const body = h("div", { class: "it-fields" });
  const foot = footer(desk);
  const submit = (event) => {
    event.preventDefault();
    const shown = fields.filter((field) => !field.node.hidden);
    const missing = shown.filter((field) => !complain(field));
    if (missing.length) return stop(missing[0], desk);
    begin(); // whatever becomes of it, the words are kept until it is answered
    return desk.ask({ do: "answer", values: valuesOf(shown, given) });
  };
  const begin = () => desk.write(valuesOf(fields, (field) => field.read()));
  const change = ({ target }) => {
    for (const field of fields) if (field.node.contains(target)) calm(field);
    reveal(fields);
    begin();
  };
  const update = (next) => {
    fields = next.fields.map((field) => keep(field, fields));
    arrange(body, fields.map((field) => field.node));
    foot.update(next);
    reveal(fields);
  };
  begun(fields, desk.kept());
  update(block);
  const listeners = { submit, change, input: change };
  return { node: h("form", { class: "it-form", novalidate: true, ...listeners }, body, foot.node), update };
}

function valuesOf(fields, value) {
  return Object.fromEntries(fields.map((field) => [field.name, value(field)]));
}

/** Put back what was given here before. */
function begun(fields, values) {
  for (const field of fields) if (values[field.name]) field.write(values[field.name]);
}

function build(field) {
  const built = FIELDS[field.is](field);
  if (field.when) built.node.setAttribute("data-when", "");
  return { ...built, made: JSON.stringify(field) };
}

/** Return the field as it stands where nothing about it changed, else a new one holding what was given. */
function keep(field, fields) {
  const old = fields.find((each) => each.name === field.name);
  if (old?.made === JSON.stringify(field)) return old;
  const fresh = build(field);
  if (old?.read()) fresh.write(old.read());
  return fresh;
}

function footer(desk) {
  const send = h("button", { class: "it-button it-primary", type: "submit" });
  const click = () => desk.ask({ do: "hint" });
  const hint = h("button", { class: "it-button it-quiet", type: "button", click }, "Hint");
  const update = (block) => {
    send.textContent = block.button;
    hint.hidden = !block.hint;
  };
  return { node: h("div", { class: "it-foot" }, send, hint, h("p", { class: "it-line" })), update };
}

/** Show each field whose condition holds; what is not shown is neither asked nor sent. */
function reveal(fields) {
  const answers = new Map();
  for (const field of fields) {
    const holds = ([name, values]) => values.includes(answers.get(name));
    field.node.hidden = !Object.entries(field.when ?? {}).every(holds);
    if (!field.node.hidden) answers.set(field.name, field.read());
  }
}

/** Return what is given: null where nothing is, no empty lines. */
function given(field) {
  const value = field.read();
  if (Array.isArray(value)) return value.map((part) => part.trim()).filter(Boolean);
  return value?.trim() || null;
}

/** Return whether `field` is answered; where it is not, say so beside it (`once`: and let it pass then). */
function complain(field) {
  if (given(field)?.length || (field.optional && !field.once)) return true;
  if (field.complaint) return Boolean(field.once);
  const id = unique("missing");
  field.complaint = h("p", { class: "it-missing", id }, field.ask);
  field.node.append(field.complaint);
  for (const input of field.inputs) {
    const said = input.getAttribute("aria-describedby");
    input.setAttribute("aria-describedby", said ? `${said} ${id}` : id);
    input.setAttribute("aria-invalid", "true");
  }
  return false;
}

function calm(field) {
  if (!field.complaint) return;
  const id = field.complaint.id;
  for (const input of field.inputs) {
    const rest = (input.getAttribute("aria-describedby") ?? "").replace(id, "").trim();
    if (rest) input.setAttribute("aria-describedby", rest);
    else input.removeAttribute("aria-describedby");
    input.removeAttribute("aria-invalid");
  }
  field.complaint.remove();
  field.complaint = null;
}

/** Go to what is missing: the focus reads it out, but not where it stands there already. */
function stop(field, desk) {
  const [first] = field.inputs;
  if (first === document.activeElement) desk.warn(`${field.node.querySelector("legend, label").textContent}: ${field.ask}`);
  first.focus();
}
