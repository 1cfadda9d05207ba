// A page of the course: each widget on it gets a desk, over the kernel's own WebSocket.

import { sit } from "./desk.js";
import { toKernel } from "./kernel.js";
import { leads, place, token } from "./place.js";

function begin() {
  const here = place();
  const me = token(here);
  const href = (name) => leads(name, here, me);
  const drawn = () => document.body.setAttribute("data-ready", "");
  document.querySelectorAll("[data-model]").forEach((root, index) => {
    const close = sit(root, toKernel(index, here.base), { me, href, drawn, ears: index ? root : document.body });
    window.addEventListener("pagehide", close);
  });
}

/** The skip link moves the focus without touching the address, which may hold a personal link. */
function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

// A personal link pasted into the address of an open page changes the address and nothing else.
window.addEventListener("hashchange", () => window.location.hash && window.location.reload());
window.addEventListener("pageshow", ({ persisted }) => persisted && window.location.reload());
document.querySelector(".it-skip")?.addEventListener("click", skip);
begin();
