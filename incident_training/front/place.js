// Where this page lives: who the trainee is, and where a link to another notebook leads.

import { attempt } from "./draft.js";

const KEPT = "incident-training.me";

/** Return { lab, base, path }: whether a notebook editor draws this page, its base URL, the open notebook's path. */
export function place(address = window.location) {
  const config = attempt(() => JSON.parse(document.getElementById("jupyter-config-data").textContent));
  const voila = !config || /voila/.test(config.appUrl) || document.body.classList.contains("it-page");
  const [, path] = address.pathname.match(/\/(?:lab(?:\/workspaces\/[^/]+)?\/tree|notebooks)\/(.*)$/) ?? [];
  return { lab: !voila, base: config?.baseUrl || "/", path: path ?? "" };
}

/** Return the trainee's token: the link's, else this browser's, else a new one of 128 random bits.
 *  A damaged link is ignored, and somebody else's link is followed on this page without forgetting who one is. */
export function token(here) {
  const url = new URL(window.location.href);
  const linked = here.lab ? null : whole(url.searchParams.get("me"));
  const own = whole(attempt(() => localStorage.getItem(KEPT)));
  const me = linked || own || fresh();
  if (!own) attempt(() => localStorage.setItem(KEPT, me));
  if (!here.lab && linked !== me) {
    url.searchParams.set("me", me);
    history.replaceState(history.state, "", url);
  }
  return me;
}

function whole(text) {
  return /^[\w-]{16,200}$/.test(text ?? "") ? text : null;
}

function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Return the address of `name` from here: notebooks are rewritten, web addresses kept, anything else refused. */
export function leads(name, here, me) {
  if (/^https?:/.test(name)) return name;
  const [, file, query, hash] = name.match(/^(?!\/)([\w./ -]+\.ipynb)(\?[^#]*)?(#.*)?$/) ?? [];
  if (!file) return "#";
  if (here.lab) return inLab(file, here) + (query ?? "") + (hash ?? "");
  const url = new URL(file + (query ?? "") + (hash ?? ""), folder(here));
  url.searchParams.set("me", me);
  return url.href;
}

function inLab(file, here) {
  const folders = here.path.split("/").slice(0, -1);
  return `${here.base}lab/tree/${[...folders, file].join("/")}`;
}

// The home page may be served at the bare address, where a neighbour's name alone would lead nowhere.
function folder(here) {
  const { href, origin, pathname } = window.location;
  return pathname.endsWith(".ipynb") ? href : `${origin}${here.base}voila/render/`;
}
