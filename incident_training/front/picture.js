// Diagrams arrive as SVG text made by our Python; here they become elements, with their words beside them.

import { h, quieten, unique } from "./dom.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function picture(block, desk) {
  if (!block.folded) return shown(block, desk);
  return h("details", { class: "it-ending" }, h("summary", {}, block.folded), shown(block, desk));
}

function shown(block, desk) {
  const name = block.words.split("\n")[0];
  const drawn = [drawing(block.wide, desk, name, "it-wide")];
  if (block.tall) drawn.push(drawing(block.tall, desk, name, "it-tall"));
  return h(
    "figure",
    { class: "it-picture it-card" },
    h("div", { class: "it-drawn", "data-both": Boolean(block.tall) }, drawn),
    block.caption ? h("figcaption", { class: "it-small it-soft" }, block.caption) : null,
    h(
      "details",
      { class: "it-twin" },
      h("summary", {}, "The picture in words"),
      h("p", { class: "it-words it-small" }, block.words),
    ),
  );
}

/** Return the <svg> element of `text`, safe to put into the page, or a sentence where it cannot be read. */
export function drawing(text, desk, name, style) {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (svg.localName !== "svg") return h("p", { class: "it-soft" }, name);
  const node = document.importNode(svg, true);
  disarm(node);
  separate(node);
  for (const link of node.querySelectorAll("a[href], [tabindex]")) prepare(link, desk);
  rove(node);
  if (!node.hasAttribute("role")) node.setAttribute("role", node.querySelector("a") ? "group" : "img");
  if (!node.hasAttribute("aria-label") && name) node.setAttribute("aria-label", name);
  node.setAttribute("class", `${node.getAttribute("class") ?? ""} ${style}`.trim());
  return node;
}

function prepare(link, desk) {
  quieten(link);
  const href = link.getAttribute("href");
  if (href && !href.startsWith("#")) link.setAttribute("href", desk.href(href));
}

/** A picture's parts are one stop for Tab; the arrow keys go from part to part. */
function rove(svg) {
  const parts = [...svg.querySelectorAll("g[tabindex]")];
  for (const part of parts.slice(1)) part.setAttribute("tabindex", "-1");
  svg.addEventListener("keydown", (event) => {
    const at = parts.indexOf(event.target) + STEPS[event.key];
    if (!parts[at] || !parts.includes(event.target)) return;
    event.preventDefault();
    for (const part of parts) part.setAttribute("tabindex", part === parts[at] ? "0" : "-1");
    parts[at].focus();
  });
}

// Our Python escapes; a second lock costs six lines and one day something else will draw.
function disarm(node) {
  for (const bad of node.querySelectorAll("script, foreignObject")) bad.remove();
  for (const part of [node, ...node.querySelectorAll("*")])
    for (const { name } of [...part.attributes]) if (/^on/i.test(name)) part.removeAttribute(name);
}

// A wide and a tall drawing share marker names, and a marker inside a hidden drawing is not painted.
function separate(node) {
  const names = new Map();
  for (const part of node.querySelectorAll("[id]")) names.set(part.id, unique(part.id));
  for (const part of [node, ...node.querySelectorAll("*")])
    for (const { name, value } of [...part.attributes]) {
      const renamed = rename(name, value, names);
      if (renamed !== value) part.setAttribute(name, renamed);
    }
}

function rename(attribute, value, names) {
  if (attribute === "id") return names.get(value);
  if (attribute.startsWith("aria-") && attribute !== "aria-label")
    return value.replace(/[^\s]+/g, (word) => names.get(word) ?? word);
  return value
    .replace(/url\(#([^)]+)\)/g, (all, id) => (names.has(id) ? `url(#${names.get(id)})` : all))
    .replace(/^#(.+)$/, (all, id) => (attribute.endsWith("href") && names.has(id) ? `#${names.get(id)}` : all));
}
