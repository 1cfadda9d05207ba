// Where this page lives: who the trainee is, and where a link to another notebook leads.

import { attempt, random } from "./kept.js";

const ME = "incident-training.me";

/** Return { lab, base, path }: whether a notebook editor draws this page, its base URL, the open notebook's path. */
export function place(address = window.location) {
  if (document.body.classList.contains("it-page"))
    return { lab: false, base: document.documentElement.dataset.base || "/", path: "" };
  const config = attempt(() => JSON.parse(document.getElementById("jupyter-config-data").textContent));
  const [, path] = address.pathname.match(/\/(?:lab(?:\/workspaces\/[^/]+)?\/tree|notebooks)\/(.*)$/) ?? [];
  return { lab: true, base: config?.baseUrl || "/", path: path ?? "" };
}

/** Return the trainee's token: the link's, else this tab's, else this browser's, else a new one of 128 random bits.
 *  A damaged link is ignored, and somebody else's is followed in this tab without forgetting who one is. The token
 *  leaves the address, which a projector shows, unless this browser keeps nothing. */
export function token(here) {
  const linked = here.lab ? null : whole(new URLSearchParams(window.location.hash.slice(1)).get("me"));
  const own = whole(read("localStorage"));
  const me = linked ?? (here.lab ? null : whole(read("sessionStorage"))) ?? own ?? random();
  if (!own) store("localStorage", me);
  if (me !== read("localStorage")) store("sessionStorage", me);
  if (!here.lab) address(stays(me) ? "" : personal(me));
  return me;
}

/** Become somebody new on this computer; where this tab follows somebody else's link, in this tab. */
export function startFresh() {
  store(read("sessionStorage") ? "sessionStorage" : "localStorage", random());
}

/** Return the address that brings `me` back to this course, in any browser of this computer. */
export function link(here, me) {
  return `${window.location.origin}${here.base}${personal(me)}`;
}

/** Return the address of `name` from here: notebooks are rewritten, web addresses kept, anything else refused. */
export function leads(name, here, me) {
  if (/^https?:/.test(name)) return name;
  const [, page] = name.match(/^([\w-]+)\.ipynb$/) ?? [];
  if (!page) return "#";
  if (here.lab) return `${here.base}lab/tree/${[...here.path.split("/").slice(0, -1), name].join("/")}`;
  return here.base + (page === "index" ? "" : page) + (stays(me) ? "" : personal(me));
}

function stays(me) {
  return [read("sessionStorage"), read("localStorage")].includes(me);
}

function personal(me) {
  return `#me=${me}`;
}

function address(hash) {
  if (window.location.hash !== hash) history.replaceState(history.state, "", window.location.pathname + hash);
}

function whole(text) {
  return /^[\w-]{16,200}$/.test(text ?? "") ? text : null;
}

function read(where) {
  return attempt(() => window[where].getItem(ME));
}

function store(where, me) {
  attempt(() => window[where].setItem(ME, me));
}
