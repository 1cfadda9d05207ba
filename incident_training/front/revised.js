// Two revisions of a text as one: what went and what came in its place, told to the eye and to the ear.

import { h } from "./dom.js";

const CHANGES = { gone: ["del", "taken out: "], new: ["ins", "put in: "] };

export function revised(block) {
  const row = ({ section, runs }) => [h("h3", { class: "it-question" }, section), h("p", { class: "it-runs", translate: "no" }, runs.map(change))];
  return h("section", { class: "it-revised" }, h("h2", { class: "it-heading" }, block.legend), block.rows.flatMap(row));
}

function change([text, how]) {
  const [tag, words] = CHANGES[how] ?? [];
  return tag ? h(tag, {}, unseen(`[${words}`), text, unseen("]")) : text;
}

function unseen(words) {
  return h("span", { class: "it-unseen" }, words);
}
