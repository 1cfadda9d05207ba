// A trainee's desk: the view, the line to whoever answers, and what is kept until it has been answered.

import { drafts, outbox, outlives, random } from "./kept.js";
import { line } from "./line.js";
import { refusals } from "./refused.js";
import { mount } from "./view.js";

const LOST_LINE = "Connection lost.";
const KEPT = "Your answers are kept on this computer.";
const HELD = "Leave this page open: your answers are kept in it.";
const BACK = "Connected again. Nothing was lost.";
const BEHIND = "The page has moved on; this is where you stand now.";
const TYPED = 700; // milliseconds that what is typed stays here before it is sent
const KNOCK = 3000; // and until work that could not be opened is asked for again

/** Put a desk into `root` and return what takes it away; `open` is a line's, `me` a personal token. */
export function sit(root, open, { me, ears, href = (name) => name, lost = LOST_LINE, drawn = () => {} }) {
  const box = outbox(me);
  const draft = drafts(me);
  const view = mount(root, { href, me, ears, ask, write, kept: draft.kept });
  const greet = () => ({ do: "hello", token: me });
  const wire = line(open, { greet, heard, news });
  const due = new Set(); // ids of what was sent and not answered
  const refused = refusals();
  const timers = { typing: null, knock: null };
  let screen = null;
  let trouble = null;
  let written = null;

  /** Do what is asked; what is `unkept` is in no outbox, so that only who asked can ask it again. */
  function ask({ unkept, ...message }) {
    const whole = { id: random(), at: Date.now(), screen: screen.id, ...message };
    refused.clear();
    if (!unkept) box.put(screen.page, whole);
    post(whole);
  }

  function post(message) {
    due.add(message.id);
    view.wait();
    wire.send(message);
  }

  /** Keep what is being written: here at once, and a moment later where it outlives this computer. */
  function write(values, on) {
    if (on !== screen.id) return; // a field that is left because its step is over: it was kept as it was typed
    const now = JSON.stringify([screen.id, values]);
    if (now === written) return; // a field is left: nothing is newer than what another window wrote since
    written = now;
    refused.age();
    draft.keep(screen.id, values);
    timers.typing ??= setTimeout(pass, TYPED);
  }

  function pass() {
    clearTimeout(timers.typing);
    timers.typing = null;
    const begun = draft.kept(screen.id);
    if (begun) wire.send({ do: "draft", screen: screen.id, ...begun });
  }

  function heard(reply) {
    if (reply.screen && !reply.screen.page) return unready(reply.screen);
    const past = screen;
    if (reply.screen) screen = reply.screen;
    if (reply.answers) answered(reply.answers);
    if ("draft" in reply || "kept" in reply) greeted(past);
    if (reply.screen) show(reply.draft);
    if (reply.kept && !refused.fresh() && root.querySelector(".it-write")) view.say("Draft saved.", "saved");
    if (reply.problem) view.say(reply.problem, "problem");
    if ("draft" in reply) again();
  }

  /** Python is there, but cannot open one's work just now: the desk stays as it is. */
  function unready(waiting) {
    clearTimeout(timers.knock);
    timers.knock = setTimeout(() => wire.send(greet()), KNOCK);
    if (waiting.problem === trouble) return;
    trouble = waiting.problem;
    if (screen) return view.say(trouble, "problem");
    view.draw(waiting);
    drawn();
  }

  function answered(id) {
    const given = box.take(screen.page, id);
    due.delete(id);
    const stale = given && given.screen !== screen.id;
    if (screen.problem) refused.add(screen.problem, stale ? given.values : null);
    else if (stale) draft.drop(given.screen);
  }

  /** What is due now is what waits; where another window went on from here, that is told. */
  function greeted(past) {
    const waiting = box.waiting(screen.page);
    due.clear();
    for (const { id } of waiting) due.add(id);
    if (!past || past.id === screen.id || waiting.some((each) => each.screen === past.id)) return;
    refused.add(BEHIND, draft.kept(past.id)?.values);
  }

  function show(begun) {
    trouble = null;
    if (begun && begun.rev > (draft.kept(screen.id)?.rev ?? 0)) draft.adopt(screen.id, begun);
    view.draw({ ...screen, main: [...refused.blocks(), ...(screen.main ?? [])] });
    if (due.size) view.wait();
    else if (refused.reasons() !== (screen.problem ?? "")) view.say(refused.reasons(), "problem");
    drawn();
  }

  /** Send what was not answered, oldest first; then what was being written. */
  function again() {
    for (const message of box.waiting(screen.page)) post(message);
    pass();
  }

  function news(state) {
    if (state === "lost") view.news(`${lost} ${outlives() ? KEPT : HELD}`, "lost");
    else if (state === "back") view.news(BACK, "back");
  }

  return () => {
    if (timers.typing) pass();
    clearTimeout(timers.knock);
    wire.close();
    view.close();
  };
}
