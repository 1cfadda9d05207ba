// A table of words: columns named, the first cell of a row its header.

import { h } from "./dom.js";

export function table(block) {
  const heads = block.columns.map((name) => h("th", { scope: "col" }, name));
  const rows = block.rows.map(([first, ...rest]) =>
    h("tr", {}, h("th", { scope: "row" }, first), rest.map((cell) => h("td", {}, cell))),
  );
  const body = [h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows)];
  const sheet = h("table", { class: "it-table" }, h("caption", {}, block.caption), body);
  return h("div", { class: "it-sheet", tabindex: "0", role: "region", "aria-label": block.caption }, sheet);
}
