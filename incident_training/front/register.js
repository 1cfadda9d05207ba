// The register of one's own team: near misses, a line each. It stays in this browser: nothing here is sent.

import { h } from "./dom.js";
import { entries, pressed } from "./entries.js";
import { form } from "./form.js";
import { beginLine, begunLine, eraseRegister, lineOf, onRegister, readable, record, registered, strike } from "./registered.js";

const UNKEPT =
  "This browser keeps nothing more: its storage is full or forbidden. What is new is in this page only. Export it before you close the page.";
const UNREADABLE =
  "What this browser keeps here cannot be read, and nothing is written over it. New lines are in this page only: export them. Erase it to begin anew.";

export function register(block, desk) {
  const sheet = h("div", {});
  const said = h("p", { class: "it-kept", role: "status" });
  const list = entries(block, { change: ask, remove, erase });
  const first = () => sheet.querySelector("textarea").focus();

  /** Ask for a line: a new one, or another version of `old`. */
  function ask(old) {
    const kept = () => begunLine(old?.id) ?? old ?? {};
    const write = (values) => beginLine(values, old?.id);
    const button = old ? "Keep the change" : block.form.button;
    const own = { ...desk, kept, write, ask: ({ values }) => save(values, old) };
    const asked = form({ ...block.form, button }, own).node;
    if (old) asked.querySelector(".it-foot").append(pressed("Leave it as it was", () => leave(old)));
    sheet.replaceChildren(h("h2", { class: "it-legend" }, old ? "Change a line" : block.legend), asked);
    say("");
    if (old) first();
  }

  function leave(old) {
    beginLine(undefined, old.id);
    ask();
    first();
  }

  function save(values, old) {
    const line = lineOf(values, old);
    const problem = tooLong(line, block) ?? tooMany(old, block);
    if (problem) return refuse(problem);
    const kept = record(line);
    beginLine(undefined, old?.id);
    ask();
    list.draw();
    if (kept) say(`Kept in this browser. ${list.meaning(line)}`, line.clock === "yes" ? "wait" : "saved");
    else refuse(readable() ? UNKEPT : UNREADABLE);
    return first();
  }

  function remove(line) {
    const back = pressed("Put it back", () => {
      record(line);
      list.draw();
      say("It is back.");
      first();
    });
    const kept = strike(line.id);
    list.draw();
    say(kept ? "Deleted. " : `${UNKEPT} `, kept ? "saved" : "problem", back);
    back.focus();
  }

  function erase() {
    const gone = eraseRegister();
    ask();
    list.draw();
    if (gone) say("Erased from this browser.");
    else refuse("This browser did not let it be erased.");
    first();
  }

  function say(text, tone = "saved", ...more) {
    said.replaceChildren(text, ...more);
    said.setAttribute("data-tone", tone);
  }

  function refuse(text) {
    say(text, "problem");
    desk.warn(text);
  }

  ask();
  list.draw();
  if (!readable()) say(UNREADABLE, "problem");
  onRegister(() => (list.node.isConnected ? list.draw() : null));
  return h("div", { class: "it-register" }, h("div", { class: "it-entry" }, sheet, said), list.node);
}

function tooLong(line, { form, longest }) {
  const long = form.fields.find(({ name, is }) => is === "text" && line[name].length > longest);
  return long ? `${long.legend} That holds ${longest} characters at most; this has ${line[long.name].length}.` : null;
}

function tooMany(old, { most }) {
  return old || registered().length < most ? null : `The register is full, with ${most} lines. Export it, then delete some.`;
}
