// What was given and not kept: why, and what it was, to copy.

const LEFT = "What you had given in this window";

/** Return the refusals of what was given last. They are `fresh` until something is written after them. */
export function refusals() {
  let all = [];
  let fresh = false;
  return {
    add: (why, values) => {
      all = [...all, { why, values }];
      fresh = true;
    },
    clear: () => {
      all = [];
      fresh = false;
    },
    age: () => (fresh = false),
    fresh: () => fresh,
    reasons: () => [...new Set(all.map(({ why }) => why))].join(" "),
    blocks: () => all.flatMap(left),
  };
}

const spelled = (value) => [value ?? []].flat().map(told).join("; ");
const told = (part) => (typeof part === "object" ? Object.values(part).filter(Boolean).join(", ") : part);

/** Return a block with the values of one, if it had any: its screen has gone by, so no form takes them. */
function left({ values }) {
  const given = Object.entries(values ?? {}).map(([name, value]) => [name, spelled(value)]);
  const text = given.filter(([, value]) => value).map((pair) => pair.join(": ")).join("\n");
  return text ? [{ is: "ending", summary: LEFT, text }] : [];
}
