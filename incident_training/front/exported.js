// The register as a file: made in the browser, from what the browser keeps.

import { h } from "./dom.js";

const FORMULA = /(^|[;\t]"*)(?=[=+\-@\t\r\n＝＋－＠])/g; // a cell's start, also where a semicolon or a tab parts cells
const MARKUP = /[\\`*_{}[\]<>|~&#$]/g;

/** Return a spreadsheet's text: every cell quoted, none of them a formula; CRLF, and a mark that says UTF-8. */
export function csv(heads, lines) {
  const cell = (text) => `"${String(text).replace(FORMULA, "$1'").replaceAll('"', '""')}"`;
  return `\uFEFF${[heads, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("")}`;
}

/** Return a table in Markdown; whatever a cell holds, it stays one. */
export function markdown(title, heads, lines) {
  const cell = (text) => String(text).replace(/\s+/g, " ").replace(MARKUP, "\\$&");
  const row = (line) => `| ${line.join(" | ")} |\n`;
  const body = lines.map((line) => row(line.map(cell))).join("");
  return `# ${title}\n\n${row(heads)}${row(heads.map(() => "---"))}${body}`;
}

/** Have the browser save a text as a file: from its own memory, asked of no address. */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const way = h("a", { href: address, download: name, hidden: true });
  document.body.append(way);
  way.click();
  way.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // a slow browser reads it after the click
}
