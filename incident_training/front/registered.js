// The register as this browser keeps it: a team's near misses. Read and written here, and sent nowhere.

import { attempt, random } from "./kept.js";

const REGISTER = "incident-training.register";
const BEGUN = `${REGISTER}.begun`;
const unkept = new Map(); // what this browser would not keep: id -> line, or null where one was taken away

/** Return all lines: what this browser keeps, and what only the open page has. */
export function registered() {
  const old = inStorage() ?? [];
  const now = new Map([...old.map((line) => [line.id, line]), ...unkept]);
  return [...now.values()].filter(Boolean);
}

/** Put a line in the place of the one with its id, or at the end; return whether this browser keeps it. */
export function record(line) {
  return settleLine(line.id, line);
}

/** Take a line away; return whether this browser keeps it so. */
export function strike(id) {
  return settleLine(id, null);
}

/** Return a line of these values as it is kept: texts on one line, with an id and the day it was first written. */
export function lineOf(values, old) {
  const { nearly, stopped, exposed, clock, severity, impact } = values;
  const texts = { nearly: oneLine(nearly), stopped, exposed: oneLine(exposed), clock };
  const harm = clock === "yes" ? { severity, impact } : {};
  return { id: old?.id ?? random(), on: old?.on ?? new Date().toISOString().slice(0, 10), ...texts, ...harm };
}

/** Whether what this browser keeps can be read; where it cannot, nothing is written over it. */
export function readable() {
  return inStorage() !== null;
}

/** Forget every line and all that is begun; return whether it is gone. */
export function eraseRegister() {
  unkept.clear();
  for (const key of [REGISTER, BEGUN]) attempt(() => localStorage.removeItem(key));
  return attempt(() => [REGISTER, BEGUN].every((key) => localStorage.getItem(key) === null)) ?? true;
}

/** Return what is begun in a line: `id`'s, or a new one's. */
export function begunLine(id = "new") {
  return allBegun()[id];
}

/** Keep what is begun, or with nothing forget it; where it cannot be kept it stays in its fields. */
export function beginLine(values, id = "new") {
  attempt(() => localStorage.setItem(BEGUN, JSON.stringify({ ...allBegun(), [id]: values })));
}

/** Call `redraw` when another window changes the register. */
export function onRegister(redraw) {
  window.addEventListener("storage", ({ key }) => (key === REGISTER || key === null ? redraw() : null));
}

function settleLine(id, line) {
  unkept.set(id, line);
  if (!readable()) return false;
  const whole = JSON.stringify(registered());
  const done = attempt(() => (localStorage.setItem(REGISTER, whole), localStorage.getItem(REGISTER) === whole));
  if (done) unkept.clear();
  return Boolean(done);
}

function inStorage() {
  const text = attempt(() => localStorage.getItem(REGISTER));
  if (text === null || text === undefined) return [];
  const found = attempt(() => JSON.parse(text));
  return Array.isArray(found) && found.every(isLine) ? found : null;
}

function isLine(line) {
  return typeof line?.id === "string" && typeof line.nearly === "string";
}

function allBegun() {
  return attempt(() => JSON.parse(localStorage.getItem(BEGUN))) ?? {};
}

function oneLine(words) {
  return (words ?? "").replace(/\s+/g, " ").trim();
}
