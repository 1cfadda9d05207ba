// What is asked about a draft, beside the words it is about: shown there, or left as it is, with or without a reason.

import { h, unique } from "./dom.js";
import { anchored, located, pointed } from "./quoted.js";

const MOVED = "These words have changed since you asked.";

/** The questions on one field. What is left is in `held`, by the name of this field and the question's id, and stays
 *  there when a question is asked no more; `find(name)` is the field a question is about. */
export function questions(field, { held, find, begin, warn }) {
  const left = () => (held[field.name] ??= {});
  const all = field.items.map((item) => question(item, { left, begin, warn, inputs: () => written(find(item.field)) }));
  const write = (values) => {
    Object.assign(left(), values);
    for (const one of all) one.draw();
  };
  const arrived = () => all.forEach((one) => one.arrived());
  const node = h("div", { class: "it-questions" }, all.map((one) => one.node));
  return { name: field.name, optional: true, node, inputs: [], read: left, given: left, write, arrived };
}

function question(item, { left, begin, warn, inputs }) {
  const id = unique("question");
  const leave = h("button", { type: "button", class: "it-button it-look", click: () => toggle() }, "Leave it as it is");
  const show = h("button", { type: "button", class: "it-button it-look", click: () => point() }, "Show me");
  const why = h("input", { id: `${id}-why`, type: "text", class: "it-write", autocomplete: "off", input: () => (left()[item.id] = why.value) });
  const because = h("div", { class: "it-because-of" }, h("label", { class: "it-small it-soft", for: why.id }, "because …"), why);
  const moved = h("p", { class: "it-moved it-small", hidden: true }, MOVED);
  const node = h(
    "div",
    { class: "it-ask", role: "group", tabindex: "-1", "aria-labelledby": `${id}-asks`, "aria-describedby": id },
    item.sentence ? h("blockquote", { class: "it-quoted", translate: "no" }, item.sentence) : null,
    h("p", { class: "it-asks", id: `${id}-asks` }, item.question),
    h("p", { class: "it-small it-soft", id }, item.reason, " ", h("span", { class: "it-cited" }, item.source)),
    h("div", { class: "it-look-row" }, show, leave),
    because,
    moved,
  );
  let anchor = null;
  const isLeft = () => item.id in left();
  const draw = () => {
    leave.setAttribute("aria-pressed", String(isLeft()));
    node.toggleAttribute("data-left", isLeft());
    because.hidden = !isLeft();
    if (why.value !== (left()[item.id] ?? "")) why.value = left()[item.id] ?? "";
  };
  const toggle = () => {
    if (isLeft()) delete left()[item.id];
    else left()[item.id] = "";
    draw();
    begin();
    if (isLeft()) why.focus();
  };
  const point = () => {
    const [first] = inputs();
    const spots = inputs().map((input) => [input, located(input.value, item, anchor)]);
    const [input, spot] = spots.find(([, found]) => found) ?? [first, null];
    moved.hidden = Boolean(spot) || !item.sentence;
    if (!moved.hidden) warn(MOVED);
    pointed(input, spot);
  };
  /** Keep which words are meant, while the text is as it was asked about. */
  const arrived = () => {
    anchor ??= inputs().map((input) => anchored(input.value, item)).find(Boolean) ?? null;
    show.hidden = !inputs().length;
  };
  draw();
  return { node, draw, arrived };
}

/** Return where one writes in a field; only text has words to point at. */
function written(field) {
  return [...(field?.node.querySelectorAll("textarea, input") ?? [])];
}
