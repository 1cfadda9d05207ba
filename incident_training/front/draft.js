// Words typed and not yet sent, kept in this browser until the next screen arrives.

const PREFIX = "incident-training.draft";

/** Return the keeper of one trainee's unsent words; a browser that keeps nothing is no error. */
export function drafts(me) {
  const key = (id, name) => `${PREFIX}/${me}/${id}/${name}`;
  return {
    keep: (id, name, value) => attempt(() => localStorage.setItem(key(id, name), value)),
    kept: (id, name) => attempt(() => localStorage.getItem(key(id, name))),
    drop: (id) => attempt(() => dropAll(key(id, ""))),
  };
}

function dropAll(start) {
  for (const name of Object.keys(localStorage)) if (name.startsWith(start)) localStorage.removeItem(name);
}

/** Return what `use` returns, or null where storage is full or forbidden. */
export function attempt(use) {
  try {
    return use();
  } catch {
    return null;
  }
}
