// Who one is here: a made-up name, the link that brings one back, and a way to become somebody else.

import { h } from "./dom.js";
import { attempt, forget, outlives } from "./kept.js";
import { digits, setDigits } from "./keys.js";
import { link, place, startFresh } from "./place.js";

export function who(block, desk) {
  const here = place();
  if (here.lab) return h("p", { class: "it-small it-soft" }, `You are ${block.name} here.`);
  const address = link(here, desk.me);
  const said = outlives() ? "This browser remembers you." : "This browser keeps nothing, so keep this link.";
  const copied = h("span", { class: "it-line", role: "status" });
  const copy = async () => {
    const done = await attempt(() => navigator.clipboard.writeText(address).then(() => true, () => false));
    copied.textContent = done ? "Copied." : "Select the link and copy it.";
  };
  const fresh = () => {
    forget(desk.me);
    startFresh();
    window.location.assign(here.base);
  };
  const button = (style, click, text) => h("button", { type: "button", class: `it-button ${style}`, click }, text);
  const keys = button("it-look", () => (setDigits(!digits()), name()), "");
  const name = () => (keys.textContent = digits() ? "Turn these keys off" : "Turn these keys on");
  name();
  return h(
    "details",
    { class: "it-who" },
    h("summary", {}, h("span", {}, `You are ${block.name}.`), " Your link. Not you? Start fresh."),
    h("p", {}, `${said} Whoever opens your link goes on as you, in any browser of this computer:`),
    h("p", { class: "it-link" }, h("code", { class: "it-address" }, address), button("it-look", copy, "Copy"), copied),
    h("p", {}, "Not you? Nothing that was saved is lost, and the link above leads back to it."),
    button("it-look", fresh, "Start fresh"),
    h("p", {}, "In an exercise the keys 1 to 9 choose. Who speaks to the computer may not want that."),
    keys,
  );
}
