// What stands on every screen: the bar, the columns, a line of news, two live regions.

import { h } from "./dom.js";

const SHORTLY = 6000; // milliseconds good news stays

/** Return the lasting parts of a screen, put into `root`. */
export function shell(root) {
  const part = (tag, style, attrs = {}) => h(tag, { class: style, ...attrs });
  const frame = {
    root,
    home: part("a", "it-home"),
    eyebrow: part("p", "it-eyebrow"),
    title: part("h1", "it-title", { tabindex: "-1" }),
    clock: part("span", "it-clock"),
    day: part("span", "it-day"),
    main: part("div", "it-main"),
    left: part("div", "it-left"),
    right: part("div", "it-right it-card"),
    line: part("p", "it-line"),
    news: part("p", "it-news"),
    status: part("div", "it-unseen", { role: "status" }),
    alert: part("div", "it-unseen", { role: "alert" }),
  };
  const trail = h("div", { class: "it-trail" }, frame.home, frame.eyebrow);
  const name = h("div", {}, trail, frame.title);
  const when = h("p", { class: "it-when" }, frame.clock, frame.day);
  const bar = h("header", { class: "it-bar" }, name, when);
  frame.desk = h("div", { class: "it-desk" }, frame.left, frame.right);
  frame.screen = h("div", { class: "it-screen" }, bar, frame.main, frame.desk, frame.line);
  root.classList.add("it");
  root.setAttribute("tabindex", "-1");
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  root.replaceChildren(h("div", { class: "it-above" }, frame.news), frame.screen, frame.status, frame.alert);
  return frame;
}

export function head(frame, screen, href) {
  frame.root.setAttribute("data-stage", screen.stage ?? "play");
  for (const name of ["eyebrow", "title", "clock", "day"]) {
    frame[name].textContent = screen[name] ?? "";
    frame[name].hidden = !screen[name];
  }
  frame.home.textContent = screen.home ? "Home" : "";
  frame.home.hidden = !screen.home;
  if (screen.home) frame.home.setAttribute("href", href(screen.home));
  if (screen.clock) frame.clock.prepend(h("span", { class: "it-unseen" }, "Simulated time "));
  frame.main.hidden = !screen.main?.length;
  frame.right.hidden = !screen.right?.length;
  frame.desk.hidden = !screen.left?.length && !screen.right?.length;
}

/** Say `text` where the eye is: beside the form's button, or at the foot of a screen without one. Return whether it is
 *  news there: who writes on and on need not hear each time that it is saved. */
export function tell(frame, text, tone) {
  const [line, ...others] = frame.screen.querySelectorAll(".it-line");
  for (const other of others) other.textContent = "";
  const fresh = line.textContent !== text;
  line.textContent = text;
  line.setAttribute("data-tone", tone);
  return fresh;
}

/** Say how the connection is, above everything; what is well is said for a while. */
export function notice(frame, text, tone) {
  clearTimeout(frame.shortly);
  frame.news.textContent = text;
  frame.news.setAttribute("data-tone", tone);
  if (tone !== "lost") frame.shortly = setTimeout(() => (frame.news.textContent = ""), SHORTLY);
}

// Emptied first, because the same sentence twice would be news to nobody.
export function announce(region, text) {
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}
