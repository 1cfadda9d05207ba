// The line to whoever answers: silence is noticed and said, and a broken line is opened again.

const BEAT = 1500;
const SILENCE = 5000; // told after it
const GIVEN_UP = 4000; // and after so much more the line is opened anew
const OVERSLEPT = 2000; // a timer as late as this says that the computer slept, not that nobody answers
const AGAIN = [300, 1000, 2000, 3000];

/** Return { send, close }. `open({ message, broken })` returns, in time, a link { send, close }.
 *  `greet()` is said first on each link; `heard(reply)` gets every reply; `news(state)` "open", "lost" or "back". */
export function line(open, { greet, heard, news }) {
  const timers = { silent: null, late: null, again: null };
  let link = null;
  let greeted = false; // whether this link has answered
  let state = "new";
  let tries = 0;

  async function connect() {
    const mine = {};
    const current = () => link === mine;
    link = mine;
    greeted = false;
    expect();
    try {
      const message = (reply) => current() && hear(reply);
      const made = await open({ message, broken: () => current() && broken() });
      if (!current()) return made.close();
      Object.assign(mine, made);
      calm();
      say(greet());
    } catch {
      if (current()) broken();
    }
  }

  function hear(reply) {
    calm();
    greeted = true;
    tries = 0;
    if (state !== "open") tell(state === "lost" ? "back" : "open");
    heard(reply);
  }

  function tell(next) {
    state = next === "back" ? "open" : next;
    news(next);
  }

  function send(message) {
    if (greeted) say(message);
  }

  function say(message) {
    expect();
    try {
      link.send(message);
    } catch {
      broken();
    }
  }

  function beat() {
    send({ do: "beat" });
  }

  /** An answer is due from now on; how long opening may take is for `open` to say. */
  function expect() {
    timers.silent ??= after(SILENCE, () => {
      lose();
      if (link.send) timers.late = after(GIVEN_UP, broken);
    });
  }

  function lose() {
    if (state !== "lost") tell("lost");
  }

  /** Call `then` in so many milliseconds; a computer that slept meanwhile asks once more instead. */
  function after(wait, then) {
    const due = Date.now() + wait;
    return setTimeout(() => {
      if (Date.now() < due + OVERSLEPT) return then();
      calm();
      expect();
      beat();
    }, wait);
  }

  function calm() {
    for (const name of ["silent", "late"]) {
      clearTimeout(timers[name]);
      timers[name] = null;
    }
  }

  function broken() {
    calm();
    link?.close?.();
    link = null;
    greeted = false;
    lose();
    timers.again = setTimeout(connect, AGAIN[Math.min(tries, AGAIN.length - 1)]);
    tries += 1;
  }

  function awake() {
    if (document.visibilityState === "visible") beat();
  }

  function close() {
    clearInterval(pulse);
    clearTimeout(timers.again);
    calm();
    document.removeEventListener("visibilitychange", awake);
    link?.close?.();
    link = null;
  }

  const pulse = setInterval(beat, BEAT);
  document.addEventListener("visibilitychange", awake);
  connect();
  return { send, close };
}
