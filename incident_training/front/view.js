// One screen: drawn from data, patched in place. Knows no transport.

import { arrange, h } from "./dom.js";
import { drafts } from "./draft.js";
import { feed } from "./feed.js";
import { form } from "./form.js";
import { announce, head, shell, tell } from "./frame.js";
import { listen } from "./keys.js";
import { picture } from "./picture.js";
import { table } from "./table.js";
import { cards, links, looks } from "./ways.js";
import { ending, remarks, words } from "./words.js";

const BLOCKS = { words, feed, looks, form, picture, links, remarks, ending, cards, table };
const PATIENCE = 8000;
const WAITING = "The training does not answer. Your words are kept here; reload the page to go on.";

/** Return { draw, ask, close } for `root`; `href` says where a link leads, `me` whose drafts are kept. */
export function mount(root, send, { href = (name) => name, me = "" } = {}) {
  const frame = shell(root);
  const desk = { id: null, draft: drafts(me), href, ask, warn: (text) => announce(frame.alert, text) };
  let shown = null;
  let waiting = null;

  function ask(message) {
    if (waiting) return;
    waiting = setTimeout(() => {
      settle();
      tell(frame, WAITING, "wait", reload());
      announce(frame.status, WAITING);
    }, PATIENCE);
    root.setAttribute("data-waiting", "");
    for (const button of root.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
    send({ screen: desk.id, ...message });
  }

  function settle() {
    clearTimeout(waiting);
    waiting = null;
    root.removeAttribute("data-waiting");
    for (const button of root.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }

  function draw(screen) {
    if (!screen?.id) return;
    const ours = waiting !== null || root.contains(document.activeElement);
    const next = screen.id !== shown?.id;
    settle();
    if (next && shown && !screen.problem) desk.draft.drop(shown.id);
    desk.id = screen.id;
    head(frame, screen, href);
    for (const name of ["main", "left", "right"]) fill(frame[name], screen[name] ?? [], desk, next);
    tell(frame, screen.problem ?? screen.saved ?? "", screen.problem ? "problem" : "saved");
    if (screen.problem) announce(frame.alert, screen.problem);
    else if (next || screen.says !== shown.says) announce(frame.status, screen.says ?? "");
    const lost = ours && !root.contains(document.activeElement);
    if (shown && ours && (next || lost)) turn(root, frame, next);
    shown = screen;
  }

  const close = () => clearTimeout(waiting);
  listen(root);
  root.addEventListener("click", once, true);
  return { draw, ask, close };
}

// The second click of a double click would answer a screen nobody has read yet.
function once(event) {
  if (event.detail < 2 || !event.target.closest("button")) return;
  event.preventDefault();
  event.stopPropagation();
}

const drawn = new WeakMap();

/** Fill a column: on a new screen afresh, else only what changed, so that nothing typed or chosen is lost. */
function fill(column, blocks, desk, next) {
  const before = next ? [] : [...(drawn.get(column) ?? [])];
  const take = (test) => before.splice(before.findIndex(test), 1)[0];
  const now = blocks.map((block) => {
    const text = JSON.stringify(block);
    if (before.some((old) => old.text === text)) return take((old) => old.text === text);
    const alike = (old) => old.is === block.is && old.update;
    if (!before.some(alike)) return create(block, text, desk);
    const old = take(alike);
    old.update(block);
    return { ...old, text };
  });
  drawn.set(column, now);
  arrange(column, now.map((item) => item.node));
}

function reload() {
  const click = () => window.location.reload();
  return h("button", { type: "button", class: "it-button it-quiet", click }, "Reload the page");
}

function create(block, text, desk) {
  const made = BLOCKS[block.is](block, desk);
  return { is: block.is, text, ...(made instanceof Node ? { node: made } : made) };
}

/** Move focus to what is new; a wide page moves only if that would be out of sight. */
function turn(root, frame, next) {
  const newest = [...root.querySelectorAll("[data-newest]")].at(-1);
  const target = newest ?? root.querySelector(".it-verdict") ?? frame.title;
  target.setAttribute("tabindex", "-1");
  target.setAttribute("data-lm-suppress-shortcuts", "true");
  target.focus({ preventScroll: true });
  const narrow = getComputedStyle(frame.screen).getPropertyValue("--narrow").trim() === "1";
  const { top, bottom } = target.getBoundingClientRect();
  const unseen = top < 0 || bottom > window.innerHeight;
  if (next && narrow && newest) target.scrollIntoView({ block: "start" });
  else if (next && unseen) root.scrollIntoView({ block: "start" });
  else if (unseen) target.scrollIntoView({ block: "nearest" });
}
