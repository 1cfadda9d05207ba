// A blind answer sheet: one inject at a time, an answer before the next. `mount` draws its screens, as everywhere.

const asked = JSON.parse(document.getElementById("asked").textContent);
const KEY = `incident-training.panel/${asked.deck}`;
const LONGEST = 240; // characters of a line
const VOTES = { yes: "Yes", no: "No", "cannot tell": "I cannot tell" };
const MADE = "Your answers are in one file."; // where a browser puts it, a page cannot see
const PROMISE =
  "Everything stays in this browser until you save it, and this page asks nothing of any other computer.";

const view = mount(document.getElementById("sheet"), {
  ask: take,
  write: (values) => place === "cards" && keep({ begun: { id: screen.id, values } }),
  kept: (id) => (here.begun?.id === id ? here.begun : null),
  href: (name) => name,
  ears: document.body,
});
let here = kept();
let place = Object.keys(here.cards).length ? "cards" : "start";
let file = null; // what was saved last
let screen = null;

/** Return what this browser has kept, without the cards that have changed since. */
function kept() {
  const found = attempt(() => JSON.parse(localStorage.getItem(KEY)));
  const whole = /^[0-9a-f]{32}$/.test(found?.sheet) && typeof found.cards === "object";
  if (!whole) return { sheet: random(), cards: {}, nickname: "", begun: null };
  const same = asked.cards.filter(({ id, edition }) => found.cards?.[id]?.edition === edition);
  const cards = Object.fromEntries(same.map(({ id }) => [id, found.cards[id]]));
  return { nickname: "", begun: null, ...found, cards };
}

function keep(change) {
  here = { ...here, ...change };
  attempt(() => localStorage.setItem(KEY, JSON.stringify(here)));
}

/** The cards as they come to this person: the same each time, and in the deck's own order where it has one. */
function dealt() {
  if (asked.order !== "shuffled") return asked.cards;
  const lot = new Map(asked.cards.map(({ id }) => [id, drawn(here.sheet + id)]));
  return [...asked.cards].sort((one, other) => lot.get(one.id) - lot.get(other.id));
}

/** A number that only the text decides (FNV-1a, 32 bits). */
function drawn(text) {
  let lot = 2166136261;
  for (const sign of text) lot = Math.imul(lot ^ sign.codePointAt(0), 16777619);
  return (lot ^ (lot >>> 15)) >>> 0;
}

/** Return the first question without an answer: its card, its number, and how many injects are read. */
function next() {
  for (const [number, card] of dealt().entries()) {
    const answers = here.cards[card.id]?.answers ?? {};
    const read = card.injects.findIndex(({ id }) => !Object.hasOwn(answers, id));
    if (read >= 0) return { card, number, read };
  }
  return null;
}

function take(message) {
  const values = message.values ?? {};
  const problem = message.do === "answer" && place !== "start" ? given(values) : move(message.do);
  draw(problem ?? undefined);
}

function move(to) {
  if (to === "anew") {
    here = { sheet: random(), cards: {}, nickname: "", begun: null };
    keep({});
  }
  place = { anew: "start", begin: "cards", on: "cards", stop: "end" }[to] ?? place;
  file = null;
}

/** Keep an answer, or save them all; return what is wrong with it. */
function given(values) {
  const line = (values.why ?? values.nickname ?? "").trim();
  if (line.length > LONGEST) return `Please keep it under ${LONGEST} characters: these are ${line.length}.`;
  if (place === "end") return save(line);
  const { card, read } = next() ?? {};
  if (!card) return null; // another window gave the last one
  const before = here.cards[card.id]?.answers ?? {};
  const answers = { ...before, [card.injects[read].id]: { vote: values.vote, why: line || null } };
  keep({ cards: { ...here.cards, [card.id]: { edition: card.edition, answers } }, begun: null });
  return null;
}

function save(nickname) {
  keep({ nickname });
  const { sheet, cards } = here;
  const saved = new Date().toISOString();
  const told = { format: 1, deck: asked.deck, sheet, saved, nickname: nickname || null, cards };
  file = { name: `answers-${asked.deck}-${sheet.slice(0, 4)}.json`, text: JSON.stringify(told, null, 1) };
  const address = URL.createObjectURL(new Blob([file.text], { type: "application/json" }));
  h("a", { href: address, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return null;
}

function draw(problem) {
  if (place === "cards" && !next()) place = "end";
  const made = place === "start" ? start() : place === "end" ? end() : question(next());
  view.draw({ ...made, problem }); // what is left by this is kept under the screen it was given on
  screen = made;
}

const word = (text, style = "body") => ({ is: "words", style, text });
const way = (label, to, primary = false) => ({ label, primary, note: null, do: { do: to } });
const ways = (...items) => ({ is: "links", items });
const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;

function start() {
  const shifts = count(asked.cards.length, "story", "stories");
  const lost = outlives() ? [] : [word("This browser keeps nothing: save before you close the page.", "hint")];
  return {
    id: "start",
    stage: "choose",
    title: `What is worth a review? ${asked.title}`,
    says: "",
    main: [
      word(`${shifts}, told a line at a time. After each line one question: ${asked.asks}`, "lead"),
      word("There is no right answer here. What most of you say becomes the rule that calls are held against. So answer alone, on what you know at that moment; an answer stays as you gave it."),
      word(`You can stop after any answer and come back. ${PROMISE}`, "soft"),
      ...lost,
      ways(way("Begin", "begin", true)),
    ],
  };
}

function question({ card, number, read }) {
  const injects = card.injects.slice(0, read + 1);
  const fold = injects.length - (injects.length > 5 ? 2 : 3);
  const items = injects.map((one, at) => ({ ...one, new: at === read, old: at < fold }));
  const now = injects[read];
  const options = Object.entries(VOTES).map(([value, label]) => ({ value, label, note: null }));
  const vote = { is: "choice", name: "vote", layout: "list", keys: true, options };
  const why = { is: "text", name: "why", legend: "Why, in a line", rows: 1, optional: true };
  const [first, ...rest] = asked.asks.split("? ");
  const legend = `On what you know now: ${first[0].toLowerCase()}${first.slice(1)}?`;
  return {
    id: `${here.sheet}/${card.id}/${now.id}`,
    stage: "play",
    eyebrow: asked.cards.length > 1 ? `Story ${number + 1} of ${asked.cards.length}` : "",
    title: card.title,
    clock: now.at,
    day: `${now.day}, simulated`,
    says: `${now.at}. ${[now.channel, now.from].filter(Boolean).join(", ")}: ${now.text} ${now.alt ?? ""}`,
    left: [word(card.briefing, read ? "soft" : "lead"), { is: "feed", items }],
    right: [
      { is: "form", button: "Go on", hint: false, fields: [{ ...vote, legend, note: rest.join("? ") }, why] },
      ways(way("Stop here and save", "stop")),
    ],
  };
}

function end() {
  const given_ = Object.values(here.cards).reduce((sum, { answers }) => sum + Object.keys(answers).length, 0);
  const all = asked.cards.reduce((sum, { injects }) => sum + injects.length, 0);
  const done = given_ === all ? "That was all of it. Thank you." : `You have answered ${given_} of ${all} questions.`;
  const nickname = {
    is: "text",
    name: "nickname",
    legend: "A nickname",
    note: "Not your name. It tells whoever collects the files whose is still missing, and goes nowhere else. You may leave it out.",
    rows: 1,
    value: here.nickname,
    optional: true,
  };
  const on = next() ? [way("Go on answering", "on", Boolean(file))] : [];
  return {
    id: `end/${given_}/${file ? "saved" : ""}`,
    stage: "choose",
    title: asked.title,
    says: file ? `${MADE} ${file.name}` : done,
    main: [
      word(file ? MADE : done, "verdict"),
      ...(file ? saved() : [{ is: "form", button: "Save my answers", hint: false, fields: [nickname] }]),
      ways(...on, ...(file ? [way("Somebody else answers here", "anew")] : [])),
    ],
  };
}

function saved() {
  return [
    word(`${file.name} should be where your browser puts downloads. Send it to whoever gave you this sheet.`),
    word("If you go on, save again: of two files from one sheet the newer counts.", "soft"),
    { is: "ending", summary: "No file? Copy this into a message", text: file.text },
  ];
}

// Another window of this sheet went on: this one goes where it stands.
window.addEventListener("storage", ({ key }) => {
  if (key !== KEY) return;
  here = kept();
  draw();
});
draw();
