/** What the seller knows of the order, buyer and account: a field for each fact, and the record that they make. */

import { byId, make } from "./dom.js";
import { t } from "./strings.js";

const REASONS = ["order_problem", "order_information", "return_question", "invoice", "review_request", "bulky_delivery", "home_service", "custom_design", "other_required"];
const STATUSES = ["Pending", "PendingAvailability", "Unshipped", "PartiallyShipped", "Shipped", "Canceled", "Unfulfillable", "InvoiceUnconfirmed"];
const SITES = ["ae", "ca", "co.jp", "co.uk", "co.za", "com", "com.au", "com.be", "com.br", "com.mx", "com.tr", "de", "eg", "es", "fr", "ie", "in", "it", "nl", "pl", "sa", "se", "sg"].map((end) => `amazon.${end}`);
const TONGUES = ["ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "it", "ja", "ko", "nb", "nl", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh"];

// Kinds: `choice` of words with strings of their own, `own` (words that are shown as they are), `tongue`, `yesno`, `text`,
// `number`, `time` (of the reader's clock), `list` (separated by commas).
const FIELDS = [
  { path: "kind", kind: "choice", choices: ["proactive", "reply"] },
  { path: "reason", kind: "choice", choices: REASONS },
  { path: "marketplace", kind: "own", choices: SITES },
  { path: "order.id", kind: "text", hint: "123-1234567-1234567" },
  { path: "order.status", kind: "choice", choices: STATUSES },
  { path: "order.completed_at", kind: "time" },
  { path: "order.delivered_at", kind: "time" },
  { path: "buyer.language", kind: "tongue" },
  { path: "buyer.opted_out", kind: "yesno" },
  { path: "history.review_requests", kind: "number" },
  { path: "sent_at", kind: "time", more: true },
  { path: "channel", kind: "choice", choices: ["email", "web"], more: true },
  { path: "order.channel", kind: "choice", choices: ["MFN", "AFN"], more: true },
  { path: "order.purchased_at", kind: "time", more: true },
  { path: "order.shipped_at", kind: "time", more: true },
  { path: "order.custom", kind: "yesno", more: true },
  { path: "order.bulky", kind: "yesno", more: true },
  { path: "order.home_service", kind: "yesno", more: true },
  { path: "sender", kind: "text", more: true },
  { path: "recipient", kind: "text", more: true },
  { path: "account.approved_senders", kind: "list", more: true },
  { path: "account.restricted", kind: "yesno", more: true },
  { path: "account.daily_order_average", kind: "number", more: true },
  { path: "history.sent_today", kind: "number", more: true },
  { path: "history.last_buyer_message_at", kind: "time", more: true },
];

const idOf = (path) => `fact-${path.replaceAll(".", "-")}`;
const PATHS = new Set(FIELDS.map((field) => field.path));

/** Whether the page has a field for a fact. */
export const isField = (path) => PATHS.has(path);

/** What a fact is called. */
export const nameOf = (path) => t(`fact.${path}`);

/** Goes to the field of a fact. */
export function goToField(path) {
  const input = byId(idOf(path));
  if (input.closest("details")) byId("more").open = true;
  input.focus();
  input.scrollIntoView({ block: "center" });
}

/** Draws the fields in the language spoken now; what was filled in stays. */
export function drawFacts(changed) {
  for (const [box, more] of [[byId("facts"), false], [byId("more-facts"), true]]) {
    const fields = FIELDS.filter((field) => Boolean(field.more) === more);
    const before = fields.filter(({ path }) => byId(idOf(path))).map(({ path }) => [path, byId(idOf(path)).value]);
    box.replaceChildren(...fields.map((field) => make("div", { class: "field" },
      make("label", { for: idOf(field.path) }, nameOf(field.path)),
      control(field, changed),
      make("p", { class: "wrong", id: `${idOf(field.path)}-wrong` }))));
    for (const [path, value] of before) byId(idOf(path)).value = value;
  }
}

function control(field, changed) {
  const attributes = { id: idOf(field.path), autocomplete: "off", "aria-describedby": `${idOf(field.path)}-wrong` };
  const choices = choicesOf(field);
  if (choices) {
    const unknown = field.path === "channel" ? null : make("option", { value: "" }, t("unknown"));
    return make("select", { ...attributes, change: changed }, unknown, ...choices.map(([value, name]) => make("option", { value }, name)));
  }
  const types = { number: { type: "number", min: 0, inputmode: "numeric" }, time: { type: "datetime-local" } };
  return make("input", { ...attributes, input: changed, ...types[field.kind] ?? { type: "text", dir: "auto", spellcheck: "false", autocapitalize: "off" }, placeholder: field.hint });
}

function choicesOf({ kind, path, choices }) {
  if (kind === "choice") return choices.map((choice) => [choice, t(`${path}.${choice}`)]);
  if (kind === "own") return choices.map((choice) => [choice, choice]);
  if (kind === "yesno") return [["true", t("yes")], ["false", t("no")]];
  if (kind !== "tongue") return null;
  const names = new Intl.DisplayNames([document.documentElement.lang], { type: "language" });
  const named = TONGUES.map((tag) => [tag, names.of(tag)]);
  return named.sort((one, other) => one[1].localeCompare(other[1], document.documentElement.lang));
}

/** The facts as parts of a message record; what is not known is absent. A message is sent now unless a time is given. */
export function knownFacts() {
  const record = { sent_at: new Date().toISOString() };
  for (const { path, kind } of FIELDS) {
    const value = byId(idOf(path)).value.trim();
    if (!value) continue;
    const [top, name] = path.split(".");
    if (name) (record[top] ??= {})[name] = plain(kind, value);
    else record[top] = plain(kind, value);
  }
  return record;
}

function plain(kind, value) {
  if (kind === "yesno") return value === "true";
  if (kind === "number") return Number(value);
  if (kind === "time") return new Date(value).toISOString();
  if (kind === "list") return value.split(/[,;\s]+/).filter(Boolean);
  return value;
}

/** Says at its field what is wrong with a fact; without problems says nothing anywhere. */
export function showProblems(problems) {
  const wrong = new Map(problems.map((problem) => [problem.path, [problem.message, problem.hint].filter(Boolean).join(": ")]));
  for (const { path } of FIELDS) {
    byId(`${idOf(path)}-wrong`).textContent = wrong.get(path) ?? "";
    byId(idOf(path)).setAttribute("aria-invalid", wrong.has(path));
  }
  return problems.filter((problem) => !isField(problem.path));
}
