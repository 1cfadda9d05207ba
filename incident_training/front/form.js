// A form: what is asked, what is still missing, one button that sends it and perhaps a quiet one that asks about it.

import { candidates } from "./candidates.js";
import { arrange, h } from "./dom.js";
import { choice, rows, text } from "./fields.js";
import { footer, uncover } from "./foot.js";
import { calm, complain, given, stop } from "./missing.js";
import { flags, taking } from "./few.js";
import { passages } from "./passages.js";
import { questions } from "./questions.js";

const FIELDS = { choice, flags, taking, text, rows, candidates, questions, passages };

export function form(block, desk) {
  const held = reasons(desk.kept());
  const around = { held, warn: desk.warn, find: (name) => fieldOf(fields, name), begin: () => begin() };
  let fields = block.fields.map((field) => build(field, around));
  const body = h("div", { class: "it-fields" });
  const asking = { about: block.also, by: null };
  const about = ({ currentTarget }) => {
    begin();
    asking.by = currentTarget;
    desk.ask({ do: asking.about.do, values: valuesOf(inSight(fields), given, held) });
  };
  const foot = footer(desk, about);
  const submit = (event) => {
    event.preventDefault();
    const shown = inSight(fields);
    const missing = shown.filter((field) => !complain(field));
    if (missing.length) return stop(missing[0], desk);
    begin(); // whatever becomes of it, the words are kept until it is answered
    return desk.ask({ do: "answer", values: valuesOf(shown, given, held) });
  };
  const begin = () => desk.write(valuesOf(fields, (field) => field.read(), held));
  const change = ({ target }) => {
    for (const field of fields) if (field.node.contains(target)) calm(field);
    reveal(fields);
    begin();
  };
  const update = (next) => {
    fields = next.fields.map((field) => keep(field, fields, around));
    arrange(body, fields.map((field) => field.node));
    asking.about = next.also;
    foot.update(next);
    reveal(fields);
    for (const field of fields) field.arrived?.();
  };
  /** What was asked is answered: go to the first question, or say beside the button that there is none. */
  const answered = (says) => {
    const first = asking.by ? node.querySelector(".it-ask:not([data-left])") : null;
    foot.say(asking.by && !first ? says : "");
    if (first && [asking.by, document.body].includes(document.activeElement)) requestAnimationFrame(() => goTo(first));
    asking.by = null;
  };
  begun(fields, desk.kept());
  update(block);
  const drafting = block.also && { keydown: onwards, focusin: (event) => uncover(foot.node, event) };
  const listeners = { submit, change, input: change, ...drafting };
  const node = h("form", { class: block.also ? "it-form it-drafting" : "it-form", novalidate: true, ...listeners }, body, foot.node);
  return { node, update, answered };
}

function fieldOf(fields, name) {
  return fields.find((field) => field.name === name);
}

function inSight(fields) {
  return fields.filter((field) => !field.node.hidden);
}

/** Return the values by name: with what was said of questions that are no longer asked. */
function valuesOf(fields, value, held) {
  return { ...held, ...Object.fromEntries(fields.map((field) => [field.name, value(field)])) };
}

/** Return the reasons that are kept, by the name of their questions: of all values only these are mappings. */
function reasons(values) {
  const mapping = ([, value]) => value && typeof value === "object" && !Array.isArray(value);
  return Object.fromEntries(Object.entries(values).filter(mapping));
}

/** Put back what was given here before. */
function begun(fields, values) {
  for (const field of fields) if (values[field.name]) field.write(values[field.name]);
}

function build(field, around) {
  const built = FIELDS[field.is](field, around);
  if (field.when) built.node.setAttribute("data-when", "");
  return { ...built, made: JSON.stringify(field) };
}

/** Return the field as it stands where nothing about it changed, else a new one holding what was given. */
function keep(field, fields, around) {
  const old = fieldOf(fields, field.name);
  if (old?.made === JSON.stringify(field)) return old;
  const fresh = build(field, around);
  if (old?.read()) fresh.write(old.read());
  return fresh;
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

/** Enter goes on to what is asked next: a long draft is not handed in by a slip. */
function onwards(event) {
  const { key, target, currentTarget } = event;
  if (key !== "Enter" || event.isComposing || !target.matches("input, select")) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat) return;
  const all = [...currentTarget.querySelectorAll("textarea, input, select")].filter((one) => one.checkVisibility());
  const others = ({ name }) => !name || name !== target.name; // of radios the group is left
  all.slice(all.indexOf(target) + 1).find(others)?.focus();
}

function goTo(question) {
  question.focus({ preventScroll: true });
  question.scrollIntoView({ block: "center" });
}
