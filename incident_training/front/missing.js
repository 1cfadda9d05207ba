// What is given in a field, and what is missing there: said beside it, and taken back once it is written in.

import { h, unique } from "./dom.js";

/** Return what is given: null where nothing is, no empty lines. */
export function given(field) {
  if (field.given) return field.given();
  const value = field.read();
  if (Array.isArray(value)) return value.map((part) => part.trim()).filter(Boolean);
  return value?.trim() || null;
}

/** Return whether `field` is answered; where it is not, say so beside it (`once`: and let it pass then). */
export function complain(field) {
  if (given(field)?.length || (field.optional && !field.once)) return true;
  if (field.complaint) return Boolean(field.once);
  const id = unique("missing");
  field.complaint = h("p", { class: "it-missing", id }, field.ask);
  field.node.append(field.complaint);
  for (const input of field.inputs) {
    const said = input.getAttribute("aria-describedby");
    input.setAttribute("aria-describedby", said ? `${said} ${id}` : id);
    input.setAttribute("aria-invalid", "true");
  }
  return false;
}

export function calm(field) {
  if (!field.complaint) return;
  const id = field.complaint.id;
  for (const input of field.inputs) {
    const rest = (input.getAttribute("aria-describedby") ?? "").replace(id, "").trim();
    if (rest) input.setAttribute("aria-describedby", rest);
    else input.removeAttribute("aria-describedby");
    input.removeAttribute("aria-invalid");
  }
  field.complaint.remove();
  field.complaint = null;
}

/** Go to what is missing: the focus reads it out, but not where it stands there already. */
export function stop(field, desk) {
  const [first] = field.inputs;
  if (first === document.activeElement) desk.warn(`${field.node.querySelector("legend, label").textContent}: ${field.ask}`);
  first.focus();
}
