// Where the focus goes when a page has moved on.

/** Move focus to what is new, else to the title; a wide page moves only if that would be out of sight. Both have a short
 *  name: the words are the status's to say, because a focus that was lost with its element is not always read out (Orca). */
export function turn(root, frame, next) {
  const target = [...root.querySelectorAll("[data-newest]")].at(-1) ?? frame.title;
  target.setAttribute("tabindex", "-1");
  target.setAttribute("data-lm-suppress-shortcuts", "true");
  target.focus({ preventScroll: true });
  const narrow = getComputedStyle(frame.screen).getPropertyValue("--narrow").trim() === "1";
  const { top, bottom } = target.getBoundingClientRect();
  const unseen = top < 0 || bottom > window.innerHeight;
  if (next && narrow && target.matches("[data-newest]")) target.scrollIntoView({ block: "start" });
  else if (next && unseen) root.scrollIntoView({ block: "start" });
  else if (unseen) target.scrollIntoView({ block: "nearest" });
}
