// The lines of a register as they are read: in order, with ways to change, to export and to erase them.

import { h, unique } from "./dom.js";
import { csv, download, markdown } from "./exported.js";
import { readable, registered } from "./registered.js";

const HEADS = ["Written (UTC)", "Priority", "What nearly happened", "What stopped it", "What is still exposed", "A clock runs"];

/** Return { node, draw, meaning }: what is done to lines goes to `change(line)`, `remove(line)` and `erase()`. */
export function entries(block, { change, remove, erase }) {
  const node = h("section", { class: "it-entries" });
  const priority = (line) => (line.clock === "yes" && block.cells[line.severity]?.[line.impact]) || block.otherwise;
  const stopped = (line) => block.stopped[line.stopped] ?? "not said";
  const sorted = () => registered().reverse().sort((one, other) => priority(one) - priority(other));
  const meaning = (line) => {
    const clock = line.clock === "yes" ? ` ${block.now}` : "";
    return `P${priority(line)}: ${block.priorities[priority(line)]}.${clock}`;
  };

  function draw() {
    const lines = sorted();
    const heading = h("h2", { class: "it-legend" }, `${counted(lines)} in this browser`);
    const about = h("p", { class: "it-soft" }, lines.length ? lucky(lines) : block.empty);
    node.replaceChildren(heading, about, h("ul", { role: "list" }, lines.map(shown)));
    if (lines.length || !readable()) node.append(foot(lines));
  }

  function shown(line) {
    const id = unique("line");
    const ways = [pressed("Change", () => change(line), id), pressed("Delete", () => remove(line), id)];
    const about = `Stopped by: ${stopped(line).toLowerCase()}. Still exposed: ${line.exposed}`;
    return h(
      "li",
      { class: "it-recorded" },
      h("span", { class: "it-priority", "data-clock": line.clock === "yes" }, `P${priority(line)}`),
      h("div", {}, h("p", { id }, line.nearly), h("p", { class: "it-small" }, about)),
      h("div", { class: "it-look-row" }, ways),
    );
  }

  function foot(lines) {
    const rows = lines.map((line) => [line.on, `P${priority(line)}`, line.nearly, stopped(line), line.exposed, line.clock]);
    const name = `near-misses-${new Date().toISOString().slice(0, 10)}`;
    const asMarkdown = () => download(`${name}.md`, "text/markdown", markdown("Near misses", HEADS, rows));
    const asCsv = () => download(`${name}.csv`, "text/csv", csv(HEADS, rows));
    const exports = lines.length ? [pressed("Export as Markdown", asMarkdown), pressed("Export as CSV", asCsv)] : [];
    const ask = pressed("Erase all of it", () => turn(true));
    const keep = pressed("Keep it", () => turn(false));
    const what = lines.length ? counted(lines).toLowerCase() : "what is here";
    const sure = h("p", {}, `Erase ${what}, and what is begun? This browser holds the only copy, unless you exported it.`);
    const ways = h("div", { class: "it-look-row" }, exports, ask);
    const asks = h("div", { role: "group", "aria-label": "Erase all of it?", hidden: true }, sure, h("div", { class: "it-look-row" }, keep, pressed("Erase", erase)));
    const turn = (asking) => {
      asks.hidden = !asking;
      ways.hidden = asking;
      (asking ? keep : ask).focus();
    };
    return h("div", { class: "it-entries-foot" }, ways, asks);
  }

  return { node, draw, meaning };
}

/** Return a small button; `about` is the id of what it is for. */
export function pressed(label, click, about) {
  return h("button", { type: "button", class: "it-button it-look", "aria-describedby": about, click }, label);
}

function counted({ length }) {
  return length === 1 ? "1 line" : `${length || "No"} lines`;
}

function lucky(lines) {
  const count = lines.filter(({ stopped }) => ["luck", "nothing"].includes(stopped)).length;
  return count ? `${count} of ${lines.length} stopped by luck, or by nothing.` : "None was stopped by luck alone.";
}
