// What the accessibility tests ask of a page, beside axe: each probe returns what is wrong, in words.

window.probes = (() => {
  const OPERATED = "a[href], button, input, select, textarea, summary";
  const REACHED = `${OPERATED}, [tabindex='0']`;

  const seen = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
  const all = (what, within = document) => [...within.querySelectorAll(what)].filter(seen);
  const words = (node) => (node?.textContent ?? "").replace(/\s+/g, " ").trim();
  const called = (node) => `${node.localName}.${node.getAttribute("class") ?? ""} “${name(node).slice(0, 50)}”`;

  /** The name a person hears, as far as our own markup goes. */
  function name(node) {
    const tied = [...(node.labels ?? [])].map(words).join(" ");
    return node.getAttribute("aria-label") ?? (tied || words(node));
  }

  /** What is clicked, and wears the ring: a label where there is one around. */
  const worn = (node) => node.closest("label") ?? node;

  // Colours

  function rgba(colour) {
    const parts = colour.match(/[\d.]+/g).map(Number);
    return colour.startsWith("color(") ? [...parts.slice(0, 3).map((part) => part * 255), parts[3] ?? 1] : parts;
  }

  function light(colour) {
    const [r, g, b] = rgba(colour).map((part) => (part / 255 <= 0.04045 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(one, other) {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  }

  const clear = (colour) => (rgba(colour)[3] ?? 1) < 0.99;

  /** The colour one sees behind what is in a node. */
  function ground(node) {
    const { backgroundColor } = getComputedStyle(node);
    if (!clear(backgroundColor)) return backgroundColor;
    const [r, g, b, a] = rgba(backgroundColor);
    const below = rgba(node.parentElement ? ground(node.parentElement) : "rgb(255, 255, 255)");
    return `rgb(${[r, g, b].map((part, at) => part * a + below[at] * (1 - a)).join(", ")})`;
  }

  /** The same in a drawing: the last shape painted before the text that lies under its middle. */
  function under(text) {
    const box = text.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const before = all("rect, circle", text.ownerSVGElement).filter(
      (shape) => shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    const covers = before.filter((shape) => {
      const { left, right, top, bottom } = shape.getBoundingClientRect();
      const { fill } = getComputedStyle(shape);
      return fill !== "none" && !clear(fill) && left <= x && x <= right && top <= y && y <= bottom;
    });
    return covers.length ? getComputedStyle(covers.at(-1)).fill : ground(text.ownerSVGElement.parentElement);
  }

  // Probes

  function outline() {
    const wrong = [];
    if (document.querySelectorAll("h1").length !== 1) wrong.push("not one h1");
    if (!document.title.trim()) wrong.push("no title");
    if (!document.documentElement.lang) wrong.push("no lang");
    if (document.querySelectorAll("main").length !== 1) wrong.push("not one main");
    return wrong;
  }

  function choices() {
    return [...document.querySelectorAll("input[type=radio], input[type=checkbox]")]
      .filter((input) => !words(input.closest("fieldset")?.querySelector(":scope > legend")) || !name(input))
      .map(called);
  }

  /** What is too small to hit; on a page without our style sheet, sizes are the browser's own. */
  function targets() {
    const small = (node) => {
      const { width, height } = worn(node).getBoundingClientRect();
      return Math.min(width, height) < 24;
    };
    const styled = getComputedStyle(document.body).getPropertyValue("--paper");
    return !styled ? [] : all(OPERATED).filter(small).map(called);
  }

  /** Sideways scroll, text out of sight, boxes that do not hold what is in them. */
  function cut() {
    const wrong = [];
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide) wrong.push(`${document.documentElement.scrollWidth} px wide`);
    const folded = "details:not([open]) .it-line-of"; // one line, and all of it when it is unfolded
    const spared = `.it-unseen, .it-unseen *, svg *, .it-sheet *, .it-skip, ${folded}, ${folded} *`;
    for (const node of all("body *").filter((one) => !one.matches(spared))) {
      const { overflowX, overflowY, display } = getComputedStyle(node);
      const { left, right } = node.getBoundingClientRect();
      if (right > wide + 1 || left < -1) wrong.push(`out of sight: ${called(node)}`);
      else if (display === "inline" || node.matches("svg, .it-sheet, input, textarea")) continue;
      else if (node.scrollWidth > node.clientWidth + 1) wrong.push(`does not hold: ${called(node)}`);
      else if (/hidden|clip/.test(overflowX + overflowY) && node.scrollHeight > node.clientHeight + 1)
        wrong.push(`cut: ${called(node)}`);
    }
    return wrong;
  }

  /** What the keyboard comes to without a ring that can be seen; to be asked after a key was pressed. */
  function rings() {
    const before = document.activeElement;
    const wrong = all(REACHED).flatMap((node) => {
      const still = ring(node);
      node.focus();
      const { style, width, colour, inward, wearer } = ring(node);
      const behind = ground(inward ? wearer : wearer.parentElement);
      const hidden = covered(node);
      node.blur();
      if (style === "auto") return []; // the browser's own, on a page without a style sheet
      if (style === "none" || width < 2) return [`no ring: ${called(node)}`];
      if (style === still.style && colour === still.colour) return [`always a ring: ${called(node)}`];
      if (contrast(colour, behind) < 3) return [`ring ${colour} on ${behind}: ${called(node)}`];
      return hidden ? [`under the news: ${called(node)}`] : [];
    });
    before?.focus?.();
    return wrong;
  }

  function ring(node) {
    const has = (one) => getComputedStyle(one).outlineStyle !== "none";
    const wearer = has(node) ? node : worn(node);
    const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(wearer);
    const inward = parseFloat(outlineOffset) < 0;
    return { style: outlineStyle, width: parseFloat(outlineWidth), colour: outlineColor, inward, wearer };
  }

  function covered(node) {
    const { left, right, top, bottom } = worn(node).getBoundingClientRect();
    const spots = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y]));
    return spots.every(([x, y]) => document.elementFromPoint(x, y)?.closest(".it-above"));
  }

  function pictures() {
    const wrong = all("svg").filter((svg) => !/^(img|group)$/.test(svg.getAttribute("role")) || !name(svg));
    wrong.push(...all("svg [tabindex], svg a").filter((part) => !part.getAttribute("aria-label")));
    wrong.push(...all("figure").filter((figure) => !words(figure.querySelector("details.it-twin > p"))));
    return wrong.map(called);
  }

  /** Text in drawings, which axe does not look at. */
  function inks() {
    const faint = all("svg text").map((text) => [text, contrast(getComputedStyle(text).fill, under(text))]);
    return faint.filter(([, much]) => much < 4.5).map(([text, much]) => `${much.toFixed(2)}: ${called(text)}`);
  }

  function marks() {
    return all("[data-mark]").filter((mark) => !/^\S\s?\p{L}+/u.test(words(mark.querySelector(".it-mark")))).map(called);
  }

  /** Controls whose border, and chosen ones whose difference, cannot be seen. */
  function edges() {
    const bare = (node) => {
      const { borderTopColor, borderTopWidth, borderTopStyle } = getComputedStyle(node);
      const drawn = borderTopStyle !== "none" && parseFloat(borderTopWidth) > 0;
      return !drawn || contrast(borderTopColor, ground(node.parentElement)) < 3;
    };
    const boxes = all(".it-button:not(.it-quiet), textarea, select, input[type=text], .it-choose, .it-row, .it-list .it-option, kbd");
    return [...boxes.filter(bare).map(called), ...unmarked()];
  }

  function unmarked() {
    const box = (input) => [ground(worn(input)), getComputedStyle(input).opacity];
    return all("input:checked").filter((input) => {
      const [mine, shown] = box(input);
      const others = all(`input[name="${input.name}"]:not(:checked)`).map((other) => box(other)[0]);
      return shown === "0" && others.some((other) => contrast(mine, other) < 3);
    }).map(called);
  }

  function motion() {
    const moves = (style) =>
      [style.transitionDuration, style.animationDuration].some((said) => said.split(", ").some((part) => parseFloat(part) > 0));
    return all("body *").filter((node) => ["", "::before", "::after"].some((part) => moves(getComputedStyle(node, part)))).map(called);
  }

  /** Words that stay soft where more contrast is asked for. */
  function soft() {
    const ink = getComputedStyle(document.querySelector(".it")).color;
    return all(".it-soft, .it-small, .it-from, .it-at, .it-day, .it-eyebrow, kbd")
      .filter((node) => getComputedStyle(node).color !== ink)
      .map(called);
  }

  // Where the keyboard is

  const group = (node = document.activeElement) => words(node.closest("fieldset")?.querySelector("legend"));

  /** Everything Tab comes to, in the order of the page; a group of radios is one. */
  function stops() {
    const met = new Set();
    return all(REACHED).filter((node) => {
      if (node.type !== "radio") return true;
      const chosen = document.querySelector(`input[name="${node.name}"]:checked`);
      return chosen ? node === chosen : !met.has(node.name) && met.add(node.name);
    });
  }

  /** What a step led to. */
  function met() {
    const plain = (text) => text.replace(/[“”]/g, "");
    const fresh = [...document.querySelectorAll(".it-new .it-text")].at(-1) ?? document.querySelector(".it-verdict");
    return {
      title: `${words(document.querySelector(".it-eyebrow"))}, ${words(document.querySelector(".it-clock"))}`,
      new: plain(words(fresh)),
      shown: document.querySelector(".it-new .it-spark")?.getAttribute("aria-label") ?? "",
      here: plain(name(document.activeElement)),
      at_new: document.activeElement.matches("[data-newest], .it-verdict, .it-title"),
      chosen: document.querySelectorAll("input:checked").length,
      saved: words(document.querySelector(".it-line")) === "Saved.",
      said: said.map(([, text]) => plain(text)),
    };
  }

  function unfolded() {
    return all(".it-inject:not(.it-old)").length;
  }

  const ask = (...asked) => Object.fromEntries(asked.map((probe) => [probe.name, probe()]));

  return {
    every: () => ask(outline, choices, targets, cut, rings, pictures, inks, marks),
    forced: () => ask(edges, rings, motion),
    contrasted: () => ask(edges, soft),
    one: (probe) => ({ cut })[probe](),
    here: () => name(document.activeElement),
    ...{ name, group, stops, met, unfolded },
  };
})();
