// Where quoted words stand in a text that may have been written on since.

/** Return the words of a question and how far into its sentence they begin, where `value` is what was asked about. */
export function anchored(value, item) {
  const [from, to] = [utf16(value, item.start), utf16(value, item.end)];
  const spot = places(value, item.sentence).find(([start, end]) => start <= from && to <= end);
  if (!spot || [from, to].some((at) => insideWord(value, at))) return null;
  return { into: from - spot[0], words: value.slice(from, to) };
}

/** Return [from, to] in UTF-16 of a question's words; of its sentence, where they cannot be told; null, where that is gone. */
export function located(value, item, anchor) {
  const spot = nearest(places(value, item.sentence), utf16(value, item.start));
  if (!spot || !anchor) return spot;
  const words = places(value.slice(...spot), anchor.words).map((each) => each.map((at) => at + spot[0]));
  return nearest(words, spot[0] + anchor.into) ?? spot;
}

function nearest(spots, to) {
  const far = ([start]) => Math.abs(start - to);
  return spots.sort((one, other) => far(one) - far(other))[0] ?? null;
}

/** Put the focus where one writes, these words selected and in sight. */
export function pointed(input, spot) {
  input.focus();
  if (!spot) return;
  input.setSelectionRange(...spot);
  if (input.matches("textarea")) input.scrollTop = heightTo(input, spot[1]) - input.clientHeight / 2;
}

/** Return how tall the text is up to `end`, as a twin of its field measures it. */
function heightTo(input, end) {
  const twin = input.cloneNode();
  twin.removeAttribute("id");
  twin.classList.add("it-measure");
  twin.value = input.value.slice(0, end);
  input.after(twin);
  const tall = twin.scrollHeight;
  twin.remove();
  return tall;
}

/** Return every place of these words; a quotation has single spaces where the text may break its line. */
function places(value, quoted) {
  if (!quoted.trim()) return [];
  const words = quoted.trim().split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return [...value.matchAll(new RegExp(words.join("\\s+"), "g"))].map((found) => [found.index, found.index + found[0].length]);
}

/** Return the place in UTF-16 of one in code points. */
function utf16(value, points) {
  return [...value].slice(0, points).join("").length;
}

function insideWord(value, at) {
  return /^[\p{L}\p{N}]{2}$/u.test(value.slice(Math.max(at - 1, 0), at + 1));
}
