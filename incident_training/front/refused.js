// What was given and not kept: why, and what it was, to copy.

const LEFT = "What you had given in this window";

/** Return the sentences of several refusals, each once. */
export function reasons(refused) {
  return [...new Set(refused.map(({ why }) => why))].join(" ");
}

/** Return a block with the values of one, if it had any; its screen has gone by, so no form takes them. */
export function left({ values }) {
  const given = Object.entries(values ?? {}).map(([name, value]) => [name, [value ?? []].flat().join("; ")]);
  const text = given.filter(([, value]) => value).map((pair) => pair.join(": ")).join("\n");
  return text ? [{ is: "ending", summary: LEFT, text }] : [];
}
