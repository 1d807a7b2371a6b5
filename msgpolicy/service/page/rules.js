/** The rules, to be searched and read. What a rule says in full is asked for when it is unfolded. */

import { ask } from "./api.js";
import { byId, make } from "./dom.js";
import { has, t } from "./strings.js";

let language = "en";

/** Loads the list in a language; nothing where the service does not answer (the draft tells about that). */
export async function loadRules(lang) {
  language = lang;
  const { rules } = await ask(`v1/rules?lang=${lang}`).catch(() => ({ rules: [] }));
  if (lang !== language) return;
  const groups = new Map();
  for (const rule of rules) groups.set(rule.group, [...groups.get(rule.group) ?? [], rule]);
  byId("rules").replaceChildren(...[...groups].map(([group, members]) => make("section", {},
    make("h3", {}, has(`group.${group}`) ? t(`group.${group}`) : group), make("ul", {}, ...members.map(item)))));
  search();
}

/** Shows the rules that hold all words of the search. */
export function search() {
  const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const section of byId("rules").children) {
    let some = false;
    for (const one of section.querySelectorAll("li")) {
      one.hidden = !words.every((word) => one.dataset.words.includes(word));
      if (!one.hidden) count++, some = true;
    }
    section.hidden = !some;
  }
  byId("rules-count").textContent = t("rules.count", { n: count });
}

/** Unfolds a rule and goes to it. */
export function goToRule(id) {
  byId("search").value = "";
  search();
  const details = byId(`rule-${id}`);
  if (!details) return;
  details.open = true;
  details.querySelector("summary").focus();
  details.scrollIntoView({ block: "start" });
}

function item(rule) {
  const message = plain(rule.message ?? rule.title ?? "");
  const box = make("div", { class: "explained" });
  const details = make("details", { id: `rule-${rule.id}`, toggle: () => details.open && explain(rule.id, box) },
    make("summary", {}, make("code", {}, rule.id), " ", make("span", { class: `badge ${rule.severity}` }, has(`severity.${rule.severity}`) ? t(`severity.${rule.severity}`) : rule.severity), " ", make("span", { dir: "auto" }, message)),
    box);
  return make("li", { "data-words": `${rule.id} ${message}`.toLowerCase() }, details);
}

async function explain(id, box) {
  if (box.hasChildNodes()) return;
  try {
    const { sections } = await ask(`v1/rules/${encodeURIComponent(id)}?lang=${language}`);
    // The first repeats the summary, and what others read is a choice of language away.
    const wanted = sections.slice(1).filter(({ title }) => title !== "In other languages");
    box.replaceChildren(...wanted.flatMap(({ title, paragraphs, items }) => [
      make("h4", {}, title),
      ...paragraphs.map((text) => make("p", { dir: "auto" }, ...code(text))),
      items.length && make("ul", {}, ...items.map((text) => make("li", { dir: "auto" }, ...code(text)))),
    ]).filter(Boolean));
  } catch {
    box.replaceChildren();
  }
}

/** What stands between backticks as code. */
function code(text) {
  return text.split(/(``.+?``|`[^`]+`)/).map((piece) => piece.startsWith("`") ? make("code", {}, piece.replace(/^`+|`+$/g, "")) : piece);
}

/** A message without the names of what it will be filled in with. */
const plain = (message) => message.replace(/\{[\w.-]+\}/g, "…");
