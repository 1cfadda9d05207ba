// What this browser keeps until it is kept elsewhere: answers not yet acknowledged, words not yet sent.

const PREFIX = "incident-training";
const page = new Map(); // where a browser keeps nothing, the open page does

/** Return what `use` returns, or null where storage is full or forbidden. */
export function attempt(use) {
  try {
    return use();
  } catch {
    return null;
  }
}

/** Whether what is kept outlives this page. */
export function outlives() {
  const key = `${PREFIX}.works`;
  return attempt(() => (localStorage.setItem(key, key), localStorage.getItem(key))) === key;
}

/** Return 128 random bits as text; `crypto.randomUUID` is there for secure addresses only. */
export function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Return the messages one trainee has sent and nobody has answered yet: put, take, and in order waiting. */
export function outbox(me) {
  const folder = (name) => `${PREFIX}.outbox/${me}/${name}/`;
  const take = (name, id) => {
    const message = get(folder(name) + id);
    drop(folder(name) + id);
    return message;
  };
  return {
    take,
    put: (name, message) => put(folder(name) + message.id, message),
    waiting: (name) => all(folder(name)).sort((one, other) => one.at - other.at),
  };
}

/** Return the keeper of what one trainee has begun to write, screen by screen; the higher `rev` is the newer. */
export function drafts(me) {
  const key = (screen) => `${PREFIX}.draft/${me}/${screen}`;
  const kept = (screen) => get(key(screen));
  const keep = (screen, values) => put(key(screen), { rev: Math.max((kept(screen)?.rev ?? 0) + 1, Date.now()), values });
  return { kept, keep, adopt: (screen, draft) => put(key(screen), draft), drop: (screen) => drop(key(screen)) };
}

/** Forget all that is kept here of one trainee. */
export function forget(me) {
  for (const kind of ["outbox", "draft"]) for (const key of names(`${PREFIX}.${kind}/${me}/`)) drop(key);
}

function put(key, value) {
  const text = JSON.stringify(value);
  if (attempt(() => (localStorage.setItem(key, text), true))) page.delete(key);
  else page.set(key, text);
}

function get(key) {
  return attempt(() => JSON.parse(page.get(key) ?? localStorage.getItem(key)));
}

function drop(key) {
  page.delete(key);
  attempt(() => localStorage.removeItem(key));
}

function names(start) {
  const kept = attempt(() => Object.keys(localStorage)) ?? [];
  return [...new Set([...kept, ...page.keys()])].filter((name) => name.startsWith(start));
}

/** Return what is kept under names that begin so and end with its id; what was cut short is dropped. */
function all(start) {
  const whole = (key) => start + get(key)?.id === key || drop(key);
  return names(start).filter(whole).map(get);
}
