/**
 * A textarea whose found places are underlined: a mirror behind it holds the same text with marks, and gives both their
 * height. The browser's own undo, spelling of scripts, and screen readers see a plain textarea.
 */

import { make } from "./dom.js";
import { difference, moved, pieces } from "./text.js";

// UTF-16 units, of a text and of one line, from which on a mirror would make typing slow; the list of findings still
// leads to each place.
const LONG = 50_000;
const LONG_LINE = /[^\n]{10000}/;
const MOST_MARKS = 1000;
// Units that a browser inserts as if typed, or pastes, without a pause: what it takes grows with the square of the lines.
const TYPED = 5_000;
const PASTED = 20_000;

export class Editor {
  #area;
  #box;
  #mirror;
  #marks = [];
  #known = "";

  /** `changed()` is called after each change of the text. */
  constructor(area, changed) {
    this.#area = area;
    this.#box = area.parentElement;
    this.#mirror = this.#box.querySelector(".mirror");
    this.isLine = area.rows === 1;
    area.addEventListener("input", () => {
      this.#marks = moved(this.#marks, difference(this.#known, area.value));
      this.#known = area.value;
      this.#draw();
      changed();
    });
    area.addEventListener("paste", (event) => {
      const replacement = event.clipboardData.getData("text/plain");
      if (replacement.length <= PASTED) return;
      event.preventDefault();
      this.replace({ start: area.selectionStart, end: area.selectionEnd, replacement });
    });
    if (this.isLine) area.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && event.preventDefault());
    area.value = "";
    this.#draw();
  }

  /** The text; of a line without line breaks, which keep their places as blanks. */
  get value() {
    return this.isLine ? this.#area.value.replace(/\n/g, " ") : this.#area.value;
  }

  get isLong() {
    return this.#known.length > LONG || LONG_LINE.test(this.#known);
  }

  /** Underlines places: {start, end, severity, key} in UTF-16 units of the text as it is. */
  show(marks) {
    this.#marks = marks.slice(0, MOST_MARKS);
    this.#draw();
  }

  /** The keys of what is found at the cursor. */
  keysAtCursor() {
    if (document.activeElement !== this.#area) return [];
    const { selectionStart: start, selectionEnd: end } = this.#area;
    return this.#marks.filter((mark) => mark.start <= end && start <= mark.end).map((mark) => mark.key);
  }

  /** Selects what was found under a key, where it is now, else a place, and brings it into view. */
  select(key, place) {
    const { start, end } = this.#marks.find((mark) => mark.key === key) ?? place ?? { start: 0, end: 0 };
    this.#area.focus({ preventScroll: true });
    this.#area.setSelectionRange(start, end);
    const mark = this.#mirror.children[this.#starts.findIndex((one) => one >= start)];
    if (mark) mark.scrollIntoView({ block: "center" });
    else if (this.isLong) this.#scrollTo(start);
  }

  /** Replaces a place, as if it were typed unless it is long, so that the browser can undo it. */
  replace({ start, end, replacement }) {
    this.#area.focus({ preventScroll: true });
    this.#area.setSelectionRange(start, end);
    if (start === end && !replacement) return;
    const done = replacement.length <= TYPED && document.execCommand(replacement ? "insertText" : "delete", false, replacement);
    if (!done) {
      this.#area.setRangeText(replacement, start, end, "end");
      this.#area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /** Becomes another text by one change. */
  become(text) {
    const { start, end, inserted } = difference(this.value, text);
    this.replace({ start, end, replacement: text.slice(start, start + inserted) });
  }

  // Of each mark in the mirror, where it starts.
  #starts = [];

  #draw() {
    const long = this.isLong;
    this.#box.classList.toggle("long", long);
    this.#starts = [];
    if (long) return this.#mirror.replaceChildren();
    const nodes = [];
    let position = 0;
    for (const piece of pieces(this.#known, this.#marks)) {
      if (piece.severity) {
        nodes.push(make("mark", { class: piece.severity }, piece.text));
        this.#starts.push(position);
      } else nodes.push(piece.text);
      position += piece.text.length;
    }
    this.#mirror.replaceChildren(...nodes, "\n");
  }

  /** Scrolls a long text, which has no mirror, to a place: the mirror measures what stands before it. */
  #scrollTo(start) {
    this.#mirror.style.inlineSize = `${this.#area.clientWidth}px`;
    this.#mirror.textContent = this.#known.slice(0, start);
    this.#area.scrollTop = this.#mirror.offsetHeight - this.#area.clientHeight / 2;
    this.#mirror.replaceChildren();
    this.#mirror.style.inlineSize = "";
    this.#area.scrollIntoView({ block: "nearest" });
  }
}
