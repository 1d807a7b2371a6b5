/** The page: a draft and its facts, judged by the service while they are written. The draft is kept nowhere else. */

import { setToken } from "./api.js";
import { attached, attachedLength, attachmentName, drawAttachments, goToAttachment, listenForFiles } from "./attachments.js";
import { Checking } from "./checking.js";
import { byId, make } from "./dom.js";
import { Editor } from "./editor.js";
import { drawFacts, goToField, isField, knownFacts, nameOf, showProblems } from "./facts.js";
import { findingItem } from "./findings.js";
import { Fixing, safeOnes } from "./fixing.js";
import { goToRule, loadRules, search } from "./rules.js";
import { LANGUAGES, has, preferred, speak, t } from "./strings.js";
import { unitsOf, wellFormed } from "./text.js";
import { missingFacts, otherReasons } from "./unjudged.js";

let language = preferred();
// The newest answer, while it holds: {report, units: by part}; null while the draft is not judged.
let judged = null;
// The texts that a question was asked about, by part.
let asked = {};

const mode = () => document.querySelector("input[name=mode]:checked").value;
const changed = () => checking.changed(250 + Math.min(attachedLength() / 5000, 1500));
const subject = new Editor(byId("subject"), changed);
const body = new Editor(byId("body"), changed);
const editors = () => ({ subject, [mode()]: body });
const checking = new Checking(draft, show);
const fixing = new Fixing(editors);

/** What is to be judged: null while there is nothing. */
function draft() {
  asked = { subject: wellFormed(subject.value), [mode()]: wellFormed(body.value) };
  const attachments = attached();
  if (!Object.values(asked).some((text) => text.trim()) && !attachments.length) return null;
  const record = { ...knownFacts(), ...asked, attachments };
  return { path: `v1/check?lang=${language}`, body: JSON.stringify(record) };
}

function show(state, { report, why, seconds, trouble }) {
  judged = null;
  const isJudged = state === "judged";
  if (isJudged) showReport(report);
  if (isJudged && !byId("rules").hasChildNodes()) loadRules(language); // the service did not answer before
  const word = isJudged ? report.verdict : { slow: "checking", waiting: "checking", locked: "idle", refused: "refused" }[state] ?? state;
  byId("verdict").className = `verdict ${word}`;
  byId("verdict-word").textContent = t(`verdict.${state === "slow" ? "slow" : word}`);
  byId("verdict-counts").textContent = isJudged ? countsOf(report) : "";
  if (isJudged) say(`${t(`verdict.${word}`)} ${countsOf(report)}`);
  byId("result").classList.toggle("stale", !isJudged && state !== "idle");
  byId("result").setAttribute("aria-busy", String(!isJudged && state !== "idle"));
  for (const button of document.querySelectorAll("#findings .fix")) button.disabled = !isJudged;
  if (!isJudged) byId("no-findings").textContent = "";
  if (state === "idle" || state === "refused") clear();
  byId("fix-all").hidden = !isJudged || safeOnes(activeOf(report)).length < 1;
  byId("undo").hidden = !fixing.canUndo;
  showTrouble(state, why, seconds, trouble);
}

function say(text) {
  if (byId("spoken").textContent !== text) byId("spoken").textContent = text;
}

const activeOf = (report) => report.violations.filter((violation) => violation.status === "active");

function countsOf(report) {
  const count = (severity) => activeOf(report).filter((violation) => violation.severity === severity).length;
  const counts = [["error", count("error")], ["warning", count("warning")], ["info", count("info")],
    ["excused", report.violations.length - activeOf(report).length], ["open", report.not_evaluated.length]];
  return counts.filter(([, n]) => n).map(([name, n]) => t(`count.${name}`, { n })).join(" · ");
}

function showReport(report) {
  const units = Object.fromEntries(Object.entries(asked).map(([part, text]) => [part, unitsOf(text)]));
  judged = { report, units };
  const violations = activeOf(report);
  for (const [part, editor] of Object.entries(editors())) {
    editor.show(violations.filter(({ location }) => location.part === part && location.start !== null).map(placeOf));
  }
  const focused = document.activeElement?.dataset.focus;
  byId("findings").replaceChildren(...violations.map((violation) => findingItem(violation, violation.fingerprint, actions)));
  byId("no-findings").textContent = violations.length ? "" : t("findings.none");
  const facts = missingFacts(report.not_evaluated), rest = otherReasons(report.not_evaluated);
  byId("open-facts").replaceChildren(...facts);
  byId("open-rest").replaceChildren(...rest);
  byId("open").hidden = !facts.length && !rest.length;
  const { ruleset, version, as_of } = report.receipt;
  const date = as_of ? new Date(as_of).toLocaleDateString(language) : "…";
  byId("receipt").textContent = t("receipt", { ruleset: `${ruleset} ${version}`, date });
  const safe = safeOnes(violations).length;
  byId("fix-all").textContent = t("fix.all", { n: safe });
  byId("long").textContent = body.isLong ? t("long") : "";
  if (focused) document.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  atCursor();
}

function clear() {
  for (const editor of Object.values(editors())) editor.show([]);
  byId("findings").replaceChildren();
  byId("open").hidden = true;
  byId("receipt").textContent = "";
}

const placeOf = ({ location: { part, start, end }, severity, fingerprint }) => ({
  start: judged.units[part](start), end: judged.units[part](end), severity, key: fingerprint,
});

const actions = {
  goTo(violation) {
    const { part, start } = violation.location;
    const editor = editors()[part];
    if (editor) editor.select(violation.fingerprint, judged && start !== null ? placeOf(violation) : null);
    else if (isField(part)) goToField(part);
    else goToAttachment(part);
  },
  fix(violation) {
    if (judged) fixing.apply([violation], (part) => judged.units[part]);
  },
  explain: goToRule,
  partText: ({ part, start, end }) => asked[part]?.slice(judged.units[part](start), judged.units[part](end)) ?? "",
};

function showTrouble(state, why, seconds, trouble) {
  const problems = trouble?.problem.errors ?? [];
  const elsewhere = showProblems(problems);
  const box = byId("trouble");
  box.hidden = state !== "waiting" && state !== "refused";
  if (state === "waiting") {
    box.replaceChildren(make("p", {}, t(`trouble.${why}`, { n: seconds }), " ", make("button", { type: "button", click: () => checking.now() }, t("trouble.again"))));
  } else if (state === "refused") {
    const said = problems.length ? elsewhere.map((problem) => [problem.path, problem.message, problem.hint].filter(Boolean).join(": ")) : [trouble.problem.detail ?? trouble.problem.title ?? `HTTP ${trouble.status}`];
    const fields = problems.filter((problem) => isField(problem.path)).map(({ path }) => make("button", { type: "button", class: "link", click: () => goToField(path) }, nameOf(path)));
    box.replaceChildren(make("p", {}, t("trouble.refused")), make("ul", {}, ...[...fields, ...said].map((what) => make("li", { dir: "auto" }, what))));
  }
  const lock = byId("lock");
  if (state === "locked") {
    byId("token-wrong").textContent = byId("token").value ? t("token.wrong") : "";
    const wasHidden = lock.hidden;
    lock.hidden = false;
    if (wasHidden) byId("token").focus();
  } else if (state === "judged") {
    lock.hidden = true;
    byId("token").value = "";
  }
}

/** Shows which findings are at the cursor. */
function atCursor() {
  const keys = new Set([subject, body].flatMap((editor) => editor.keysAtCursor()));
  for (const one of byId("findings").children) one.classList.toggle("current", keys.has(one.dataset.key));
}

async function speakIn(chosen) {
  await speak(chosen);
  language = chosen;
  nameMode();
  drawFacts(changed);
  drawAttachments(changed);
  loadRules(language);
  checking.now();
}

function nameMode() {
  const label = document.querySelector("label[for=body]");
  label.dataset.text = `part.${mode()}`;
  label.textContent = t(label.dataset.text);
  byId("body").parentElement.classList.toggle("source", mode() === "html");
}

byId("language").append(...Object.entries(LANGUAGES).map(([value, name]) => make("option", { value, lang: value }, name)));
byId("language").value = language;
byId("language").addEventListener("change", async (event) => {
  try {
    await speakIn(event.target.value);
    const address = new URL(location.href);
    address.searchParams.set("lang", language);
    history.replaceState(null, "", address);
  } catch {
    event.target.value = language; // the service is gone for now
  }
});
for (const radio of document.querySelectorAll("input[name=mode]")) {
  radio.addEventListener("change", () => {
    body.show([]);
    nameMode();
    changed();
  });
}
byId("lock").addEventListener("submit", (event) => {
  event.preventDefault();
  setToken(byId("token").value);
  loadRules(language);
  checking.now();
});
byId("fix-all").addEventListener("click", () => judged && fixing.apply(safeOnes(activeOf(judged.report)), (part) => judged.units[part]));
byId("undo").addEventListener("click", () => {
  fixing.undo();
  byId("undo").hidden = !fixing.canUndo;
});
byId("search").addEventListener("input", search);
document.addEventListener("selectionchange", atCursor);
listenForFiles(changed);
await speakIn(language);
