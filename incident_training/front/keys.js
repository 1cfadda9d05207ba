// The keyboard: 1 to 9 choose, Enter sends, and nothing reaches the notebook's own commands.

import { attempt } from "./kept.js";

const OFF = "incident-training.no-digits"; // speech input types digits nobody meant as keys

/** Whether the keys 1 to 9 choose, as was settled in this browser. */
export function digits() {
  return attempt(() => localStorage.getItem(OFF)) !== "yes";
}

export function setDigits(on) {
  attempt(() => (on ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "yes")));
}

/** Listen to the keys pressed in `ears`, for the screen in `root`. */
export function listen(root, ears) {
  ears.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Enter" && event.repeat && !event.target.closest("textarea")) event.preventDefault();
    else if (event.key === "Enter") enter(root, event);
    else if (/^[1-9]$/.test(event.key) && digits()) pick(root, event);
  });
}

function pick(root, event) {
  if (event.target.closest("textarea, input[type=text]")) return;
  const here = event.target.closest("[data-keys]") ?? root.querySelector("[data-keys]:not([hidden])");
  const option = here?.querySelectorAll("input")[Number(event.key) - 1];
  if (!option) return;
  event.preventDefault();
  option.click();
  option.focus({ preventScroll: true });
}

function enter(root, event) {
  if (event.target.closest("textarea, button, a, summary, svg")) return;
  const form = root.querySelector("form");
  if (!form) return;
  event.preventDefault();
  if (event.target.matches("[data-row]")) event.target.nextElementSibling?.focus();
  else form.requestSubmit();
}
