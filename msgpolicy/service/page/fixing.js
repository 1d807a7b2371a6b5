/** One-click fixes: edits of a report put into the draft, and taken back. */

import { compatible, joined } from "./text.js";

const RANK = { error: 0, warning: 1, info: 2 };

/** The violations whose fixes keep the meaning, most severe first. */
export const safeOnes = (violations) => violations
  .filter(({ fix, severity }) => fix?.safe && severity !== "info")
  .sort((one, other) => RANK[one.severity] - RANK[other.severity]);

export class Fixing {
  #editors;
  #done = [];

  /** `editors()`: the editor of each part, by its name. */
  constructor(editors) {
    this.#editors = editors;
  }

  /** Applies fixes of violations; `unitsOf(part)` turns the report's offsets into those of the text as it is now. */
  apply(violations, unitsOf) {
    const before = this.#texts();
    const edits = compatible(violations.map(({ fix }) => fix.edits));
    for (const [part, editor] of Object.entries(this.#editors())) {
      const units = unitsOf(part);
      const own = edits.filter((edit) => edit.part === part).map((edit) => ({ ...edit, start: units(edit.start), end: units(edit.end) }));
      if (own.length) editor.replace(joined(editor.value, own));
    }
    this.#done.push({ before, after: this.#texts() });
  }

  /** Whether the draft is as the last fix left it. */
  get canUndo() {
    const last = this.#done.at(-1);
    return last !== undefined && JSON.stringify(last.after) === JSON.stringify(this.#texts());
  }

  /** Takes the last fix back. */
  undo() {
    const { before } = this.#done.pop();
    for (const [part, editor] of Object.entries(this.#editors())) {
      if (editor.value !== before[part]) editor.become(before[part]);
    }
  }

  #texts() {
    return Object.fromEntries(Object.entries(this.#editors()).map(([part, editor]) => [part, editor.value]));
  }
}
