/**
 * Places in texts. The service counts code points, JavaScript counts UTF-16 units; all here are functions of strings and
 * numbers alone.
 */

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

/** Text that JSON can carry: halves of surrogate pairs, each one code point, become U+FFFD. */
export function wellFormed(text) {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (found) => found.length === 2 ? found : "\ufffd");
}

/** A function from code point offsets of a text to its UTF-16 offsets: linear once, then a step for each question. */
export function unitsOf(text) {
  if (!PAIR.test(text)) return (offset) => Math.min(offset, text.length);
  // The units before every 256th code point; from there it is counted.
  const marks = [];
  let unit = 0;
  for (let point = 0; unit < text.length; point++) {
    if (point % 256 === 0) marks.push(unit);
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  return (offset) => {
    let at = marks[offset >> 8];
    if (at === undefined) return text.length;
    for (let left = offset & 255; left > 0 && at < text.length; left--) at += text.codePointAt(at) > 0xffff ? 2 : 1;
    return at;
  };
}

const isHalf = (unit, first) => unit >= first && unit < first + 0x400;

/** What was changed between two texts: `before[start:end]` became `after[start:start + inserted]`; no pair is parted. */
export function difference(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (isHalf(before.charCodeAt(start - 1), 0xd800)) start--;
  let tail = 0;
  while (tail < most - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  if (isHalf(before.charCodeAt(before.length - tail), 0xdc00)) tail--;
  return { start, end: before.length - tail, inserted: after.length - tail - start };
}

/** Marks ({start, end}) after a change; those that it touches are gone. */
export function moved(marks, { start, end, inserted }) {
  const shift = inserted - (end - start);
  const kept = [];
  for (const mark of marks) {
    if (mark.end <= start) kept.push(mark);
    else if (mark.start >= end) kept.push({ ...mark, start: mark.start + shift, end: mark.end + shift });
  }
  return kept;
}

const RANK = { error: 0, warning: 1, info: 2 };

/** A text in pieces ({text, severity}) by marks, which may overlap: the most severe one shows. */
export function pieces(text, marks) {
  const bounds = [];
  for (const mark of marks) {
    if (mark.start < mark.end) bounds.push([mark.start, 1, RANK[mark.severity]], [mark.end, -1, RANK[mark.severity]]);
  }
  bounds.sort((one, other) => one[0] - other[0]);
  const active = [0, 0, 0];
  const out = [];
  let position = 0;
  for (const [at, step, rank] of [...bounds, [text.length, 0, 0]]) {
    if (at > position) {
      const severity = Object.keys(RANK)[active.findIndex((count) => count > 0)];
      out.push({ text: text.slice(position, at), severity });
      position = at;
    }
    active[rank] += step;
  }
  return out;
}

/** The edits of several fixes ([[edit…], …] in order of importance) that get on with each other; a fix as a whole or not at all. */
export function compatible(fixes) {
  const taken = [];
  const same = (one, other) => one.part === other.part && one.start === other.start && one.end === other.end && one.replacement === other.replacement;
  const clash = (one, other) => one.part === other.part && one.start < other.end && other.start < one.end;
  for (const edits of fixes) {
    const fresh = edits.filter((edit) => !taken.some((other) => same(edit, other)));
    if (!fresh.some((edit) => taken.some((other) => clash(edit, other)))) taken.push(...fresh);
  }
  return taken;
}

/** Edits of one text (UTF-16, without overlaps) as a single one that spans them: {start, end, replacement}. */
export function joined(text, edits) {
  const sorted = [...edits].sort((one, other) => one.start - other.start || one.end - other.end);
  let position = sorted[0].start;
  let replacement = "";
  for (const edit of sorted) {
    replacement += text.slice(position, edit.start) + edit.replacement;
    position = edit.end;
  }
  return { start: sorted[0].start, end: position, replacement };
}
