// One screen: drawn from data, patched in place. Knows no transport.

import { arrange, h } from "./dom.js";
import { downloads } from "./downloads.js";
import { feed } from "./feed.js";
import { form } from "./form.js";
import { announce, head, notice, shell, tell } from "./frame.js";
import { calls, hands } from "./hands.js";
import { listen } from "./keys.js";
import { marked } from "./marked.js";
import { consulted } from "./passages.js";
import { picture } from "./picture.js";
import { register } from "./register.js";
import { revised } from "./revised.js";
import { table } from "./table.js";
import { turn } from "./turn.js";
import { cards, links, looks } from "./ways.js";
import { who } from "./who.js";
import { ending, remarks, words } from "./words.js";

const BLOCKS = { words, feed, looks, form, picture, links, remarks, ending, cards, table, who, calls, hands, register, marked, downloads, revised, consulted };

/** Return { draw, wait, say, news, close } for `root`. What one does goes to `ask(message)`, what one types to
 *  `write(values)`; `href` says where a link leads, `kept(screen)` what was typed there before; keys pressed in `ears`
 *  are for it. */
export function mount(root, { ask, write, kept, href, me, ears = root }) {
  const frame = shell(root);
  const warn = (text) => announce(frame.alert, text);
  const desk = { id: null, me, href, ask: askOnce, write: (values) => write(values, desk.id), kept: () => kept(desk.id)?.values ?? {}, warn };
  let shown = null;
  let waiting = false;

  function askOnce(message) {
    if (!waiting) ask(message);
  }

  function wait() {
    waiting = true;
    root.setAttribute("data-waiting", "");
    for (const button of root.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
    for (const field of root.querySelectorAll(".it-write")) field.readOnly = true; // more words would come too late
  }

  function settle() {
    waiting = false;
    root.removeAttribute("data-waiting");
    for (const button of root.querySelectorAll("button")) button.removeAttribute("aria-disabled");
    for (const field of root.querySelectorAll(".it-write")) field.readOnly = false;
  }

  function draw(screen) {
    const answered = waiting && !screen.problem;
    const ours = waiting || root.contains(document.activeElement);
    const next = screen.id !== shown?.id;
    settle();
    // Left before it goes: to take away what has the focus makes the browser lay out the page once more.
    if (next && root.contains(document.activeElement)) document.activeElement.blur();
    desk.id = screen.id;
    head(frame, screen, href);
    for (const name of ["main", "left", "right"]) fill(frame[name], screen[name] ?? [], desk, next);
    if (answered && !next) for (const column of [frame.main, frame.left, frame.right]) settled(column, screen.says);
    tell(frame, screen.problem ?? screen.saved ?? "", screen.problem ? "problem" : "saved");
    const turns = shown && ours && (next || !root.contains(document.activeElement));
    if (screen.problem) warn(screen.problem);
    else if (next || answered || screen.says !== shown.says) announce(frame.status, [screen.saved, screen.says].filter(Boolean).join(" "));
    // With the frame that paints it: asked for at once, focus would have everything laid out twice.
    if (turns) requestAnimationFrame(() => turn(root, frame, next));
    shown = screen;
  }

  function say(text, tone) {
    const fresh = tell(frame, text, tone);
    if (tone === "problem") warn(text);
    else if (fresh) announce(frame.status, text);
  }

  function news(text, tone) {
    notice(frame, text, tone);
    announce(tone === "lost" ? frame.alert : frame.status, text);
  }

  listen(root, ears);
  root.addEventListener("click", once, true);
  return { draw, wait, say, news, close: () => root.replaceChildren() };
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

/** Let the blocks of a column know that what was asked on this screen is answered. */
function settled(column, says) {
  for (const { answered } of drawn.get(column) ?? []) answered?.(says);
}

function create(block, text, desk) {
  const made = BLOCKS[block.is](block, desk);
  return { is: block.is, text, ...(made instanceof Node ? { node: made } : made) };
}
