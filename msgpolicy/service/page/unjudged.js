/** What could not be judged: by the fact that would settle it, and the rest by why. */

import { make } from "./dom.js";
import { goToField, isField, nameOf } from "./facts.js";
import { has, t } from "./strings.js";

const rules = (names) => make("span", { class: "quiet" }, names.map((name) => name === "*" ? t("every-rule") : name).join(", "));

/** Items for facts that are missing: each leads to its field. */
export function missingFacts(entries) {
  return [...grouped(entries.filter((entry) => entry.why === "missing"), (entry) => entry.needs)].map(([path, names]) =>
    make("li", {},
      isField(path)
        ? make("button", { type: "button", class: "link", "data-focus": `need ${path}`, click: () => goToField(path) }, nameOf(path))
        : make("code", {}, path),
      " ", rules(names)));
}

/** Items for all else: why, and which rules. */
export function otherReasons(entries) {
  const rest = entries.filter((entry) => entry.why !== "missing" || !entry.needs.length);
  return [...grouped(rest, (entry) => [JSON.stringify([entry.why, entry.detail])])].map(([reason, names]) => {
    const [why, detail] = JSON.parse(reason);
    return make("li", {}, has(`why.${why}`) ? t(`why.${why}`) : why, detail ? ` (${detail})` : "", " ", rules(names));
  });
}

function grouped(entries, keysOf) {
  const groups = new Map();
  for (const entry of entries) {
    for (const key of keysOf(entry)) groups.set(key, [...groups.get(key) ?? [], entry.rule]);
  }
  return groups;
}
