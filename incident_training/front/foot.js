// The foot of a form: what sends it, what asks about it, a hint, and what is said there.

import { h } from "./dom.js";

/** Return { node, update, say }; the quiet button calls `about`. */
export function footer(desk, about) {
  const send = h("button", { class: "it-button it-primary", type: "submit" });
  const ask = h("button", { class: "it-button", type: "button", click: about });
  const click = () => desk.ask({ do: "hint" });
  const hint = h("button", { class: "it-button it-quiet", type: "button", click }, "Hint");
  const after = h("p", { class: "it-after it-small" });
  const say = (text) => (after.textContent = text);
  const update = (block) => {
    send.textContent = block.button;
    ask.textContent = block.also?.button ?? "";
    ask.hidden = !block.also;
    hint.hidden = !block.hint;
  };
  return { node: h("div", { class: "it-foot" }, send, ask, hint, h("p", { class: "it-line" }), after), update, say };
}

/** Bring what one comes to from under a foot that stays at the window's edge; style sheets say by how much. */
export function uncover(foot, { target }) {
  if (foot.contains(target)) return;
  const covered = target.getBoundingClientRect().bottom > foot.getBoundingClientRect().top;
  if (covered) target.scrollIntoView({ block: "nearest" });
}
