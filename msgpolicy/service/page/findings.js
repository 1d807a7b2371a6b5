/** What was found, as a list: each finding with its place, what to write instead, its policy, and its fix. */

import { make, quoted } from "./dom.js";
import { attachmentName } from "./attachments.js";
import { nameOf, isField } from "./facts.js";
import { has, t } from "./strings.js";

/** One finding. `actions`: goTo(violation), fix(violation), explain(rule). */
export function findingItem(violation, key, actions) {
  const { severity, rule, message, suggestion, evidence, fix } = violation;
  return make("li", { class: severity, "data-key": key },
    make("p", { class: "head" },
      make("span", { class: "badge" }, t(`severity.${severity}`)), " ",
      make("span", { dir: "auto" }, message)),
    make("p", { class: "buttons" },
      make("button", { type: "button", class: "place", "data-focus": `${key} place`, click: () => actions.goTo(violation) }, ...placeOf(violation)),
      fix && fixButton(violation, key, actions)),
    fix && make("p", { class: "change" }, ...changesOf(violation, actions.partText)),
    isDisguised(violation) && make("p", {}, t("read-as"), " ", quoted(evidence.read_as)),
    suggestion && make("p", {}, make("b", {}, t("instead")), " ", make("span", { dir: "auto" }, suggestion)),
    evidence.more > 0 && make("p", { class: "quiet" }, t("more", { n: evidence.more })),
    make("p", { class: "quiet source" },
      t("policy"), " ", ...policyOf(violation.policy),
      make("button", { type: "button", class: "link", "data-focus": `${key} rule`, click: () => actions.explain(rule), "aria-label": t("about", { rule }) }, make("code", {}, rule))));
}

/** Whether it is read as other letters and digits than stand there: beyond case, accents, and Arabic spellings. */
function isDisguised({ excerpt, evidence }) {
  const letters = (text) => (text ?? "").normalize("NFKD").toLowerCase().replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/[^\p{L}\p{N}]/gu, "");
  return Boolean(evidence.read_as) && letters(evidence.read_as) !== letters(excerpt);
}

function placeOf({ location, excerpt }) {
  const { part } = location;
  let where = has(`part.${part}`) ? t(`part.${part}`) : isField(part) ? nameOf(part) : attachmentName(part);
  if (location.line && part !== "subject") where += ` · ${t("line", { n: location.line })}`;
  if (location.page) where += ` · ${t("page", { n: location.page })}`;
  const name = make("bdi", {}, where);
  return excerpt ? [quoted(excerpt), " ", make("span", { class: "quiet" }, name)] : [name];
}

function fixButton(violation, key, actions) {
  const label = t(violation.fix.safe ? "fix.safe" : "fix.unsafe");
  return make("button", { type: "button", class: violation.fix.safe ? "fix main" : "fix", "data-focus": `${key} fix`, click: () => actions.fix(violation) }, label);
}

/** What a fix takes out and puts in. */
function changesOf({ fix }, partText) {
  return fix.edits.slice(0, 3).flatMap((edit) => [
    edit.end > edit.start && quoted(partText(edit), { tag: "del", most: 60 }), " ",
    edit.replacement && quoted(edit.replacement, { tag: "ins", most: 60 }), " ",
  ]).concat(fix.edits.length > 3 ? "…" : "");
}

function policyOf({ title, site, url, seen, confidence }) {
  const isLink = /^https?:\/\//.test(url ?? "");
  const name = isLink ? make("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, title) : title;
  const words = [seen && t("seen", { date: seen }), t(`confidence.${confidence}`)].filter(Boolean);
  return [make("bdi", {}, name), " · ", make("bdi", {}, site), ` · ${words.join(" · ")} · `];
}
