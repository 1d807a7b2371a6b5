/**
 * Judging while somebody types: a question when the typing pauses, the one before given up; only the answer to the
 * newest draft is shown, and what cannot be answered now is asked again.
 */

import { ask } from "./api.js";

const PAUSE = 250; // milliseconds
const SLOW = 4_000;
const PATIENCE = 75_000; // longer than the service's own limit, which tells more
const LONGEST_WAIT = 30; // seconds

export class Checking {
  #round = 0;
  #running = null;
  #timer = 0;
  #draft;
  #show;

  /**
   * `draft()` gives {path, body} of what is to be judged, or null for nothing; `show(state, details)` is told each change:
   * idle, checking, slow, judged {report}, locked, waiting {why, seconds}, refused {trouble}.
   */
  constructor(draft, show) {
    this.#draft = draft;
    this.#show = show;
  }

  /** The draft has changed: what is known of it holds no more. */
  changed(pause = PAUSE) {
    this.#begin();
    this.#show("checking", {});
    this.#later(pause, () => this.#ask(this.#round, 0));
  }

  /** Asks at once. */
  now() {
    this.changed(0);
  }

  #begin() {
    this.#round++;
    this.#running?.abort();
    this.#running = null;
    clearTimeout(this.#timer);
  }

  #later(milliseconds, action) {
    this.#timer = setTimeout(action, milliseconds);
  }

  async #ask(round, failures) {
    const draft = this.#draft();
    if (draft === null) return this.#show("idle", {});
    const running = this.#running = new AbortController();
    const slow = setTimeout(() => this.#show("slow", {}), SLOW);
    const late = setTimeout(() => running.abort(), PATIENCE);
    // An aborted question tells nobody anything: a newer one is under way.
    running.signal.addEventListener("abort", () => clearTimeout(slow));
    let state, details;
    try {
      details = { report: await ask(draft.path, { body: draft.body, signal: running.signal }) };
      state = "judged";
    } catch (trouble) {
      [state, details] = this.#after(trouble, failures);
    } finally {
      clearTimeout(slow);
      clearTimeout(late);
    }
    if (round !== this.#round) return;
    this.#show(state, details);
    if (state === "waiting") this.#later(1000 * details.seconds, () => this.#ask(round, failures + 1));
  }

  #after(trouble, failures) {
    const seconds = Math.min(Math.max(trouble.wait ?? 2 ** failures, 1), LONGEST_WAIT);
    if (trouble.status === 401) return ["locked", {}];
    if (trouble.status === 429 || trouble.status === 503) return ["waiting", { why: "busy", seconds }];
    if (trouble.status === 0 || trouble.status >= 500) return ["waiting", { why: "down", seconds }];
    return ["refused", { trouble }];
  }
}
