// Elements made from plain data: text only ever becomes text, never markup.

const FOCUSABLE = new Set(["a", "button", "input", "textarea", "summary"]);

/** Return a new element; functions among `attrs` listen to the event of that name. */
export function h(tag, attrs = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  if (FOCUSABLE.has(tag) || "tabindex" in attrs) quieten(node);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Keep JupyterLab's single-key commands off a focusable element (it reads the focused one only). */
export function quieten(node) {
  node.setAttribute("data-lm-suppress-shortcuts", "true");
}

let last = 0;

/** Return an id nobody else on the page has, so that two screens can share a notebook. */
export function unique(name) {
  last += 1;
  return `it-${name}-${last}`;
}

/** Put `nodes` into `parent` in this order, moving none that is already in place (a moved node loses focus). */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let next = parent.firstChild;
  for (const node of nodes) {
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
  }
}
