// The fields a form is made of. Each returns its node, its name, and `read()` and `write()` of what is given in it.

import { h, unique } from "./dom.js";

export function choice(field) {
  const group = unique(field.name);
  const keys = field.options.map((_, index) => (field.keys && index < 9 ? String(index + 1) : null));
  const radios = field.options.map(({ value }, index) =>
    h("input", { type: "radio", name: group, value, "aria-keyshortcuts": keys[index] }),
  );
  const labels = field.options.map((option, index) => optionLabel(option, radios[index], keys[index]));
  const row = field.layout !== "list";
  const box = h("div", { class: row ? "it-row" : "it-list" }, labels);
  const read = () => radios.find((radio) => radio.checked)?.value ?? null;
  const write = (value) => radios.forEach((radio) => (radio.checked = radio.value === value));
  const node = fieldset(field, row ? "it-question" : "it-legend", box);
  if (field.keys) node.setAttribute("data-keys", "");
  if (field.layout === "half") node.setAttribute("data-half", "");
  return { ...made(field, node, radios, "Choose one to go on."), read, write };
}

function optionLabel(option, radio, key) {
  const note = option.note ? h("small", {}, option.note) : null;
  const mark = key ? h("kbd", { "aria-hidden": "true" }, key) : null;
  return h("label", { class: "it-option" }, radio, h("span", {}, option.label, note), mark);
}

export function text(field) {
  const id = unique(field.name);
  const single = field.rows === 1;
  const input = h(single ? "input" : "textarea", {
    id,
    class: "it-write",
    type: single ? "text" : null,
    rows: single ? null : (field.rows ?? 3),
    placeholder: field.placeholder,
  });
  const write = (value) => (input.value = value);
  write(field.value ?? "");
  const label = h("label", { class: "it-question", for: id }, field.legend, aside(field));
  const tall = (field.rows ?? 3) > 9;
  const node = h("div", { class: "it-field it-text-field", "data-tall": tall }, label, note(field, input), input);
  return { ...made(field, node, [input], "Write a few words to go on."), read: () => input.value, write };
}

/** One-line inputs, one more offered when the last is begun: Enter goes to the next instead of sending. */
export function rows(field) {
  const box = h("div", { class: "it-rows" });
  const inputs = () => [...box.querySelectorAll("input")];
  const read = () => inputs().map((input) => input.value);
  const add = () => {
    const name = `${field.legend}, ${inputs().length + 1}`;
    box.append(h("input", { type: "text", class: "it-write", "data-row": true, "aria-label": name }));
  };
  const grow = () => {
    const all = inputs();
    if (all.length < field.most && all.at(-1)?.value !== "") add();
  };
  const write = (values) => {
    for (const [at, value] of values.slice(0, field.most).entries()) {
      if (!inputs()[at]) add();
      inputs()[at].value = value;
    }
    grow();
  };
  write(field.value ?? []);
  box.addEventListener("input", grow);
  const node = fieldset(field, "it-question", box);
  return { ...made({ optional: true, ...field }, node, inputs(), "Write one to go on."), read, write };
}

export function fieldset(field, style, ...inside) {
  const node = h("fieldset", { class: "it-field" });
  node.append(h("legend", { class: style }, field.legend, aside(field)));
  node.append(...[note(field, node), ...inside].filter(Boolean));
  return node;
}

export function aside(field) {
  return field.optional ? h("span", { class: "it-aside" }, " optional") : null;
}

export function note(field, described) {
  if (!field.note) return null;
  const id = unique("note");
  described.setAttribute("aria-describedby", id);
  return h("p", { class: "it-note it-small it-soft", id }, field.note);
}

export function made(field, node, inputs, ask) {
  return { name: field.name, when: field.when, optional: field.optional, node, inputs, ask };
}
