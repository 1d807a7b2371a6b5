/** The page's own words in the language that the reader chose; English where a browser asks for none that is here. */

export const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français", es: "Español", pl: "Polski", zh: "中文", ar: "العربية", th: "ไทย" };
const RIGHT_TO_LEFT = new Set(["ar"]);

let strings = {};
let numbers = new Intl.NumberFormat("en");

/** The language to begin with: the address's `?lang=`, else the first that the browser prefers. */
export function preferred() {
  const asked = new URLSearchParams(location.search).get("lang");
  for (const tag of [asked, ...(navigator.languages ?? [])]) {
    const language = tag?.toLowerCase().split("-")[0];
    if (Object.hasOwn(LANGUAGES, language)) return language;
  }
  return "en";
}

/** Loads a language and puts its words into the page: `data-text`, and `data-label` for labels that are only heard. Throws without an answer. */
export async function speak(language) {
  const response = await fetch(`assets/strings/${language}.json`);
  if (!response.ok) throw new Error(String(response.status));
  strings = await response.json();
  numbers = new Intl.NumberFormat(language);
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr";
  document.title = `${strings.title} · msgpolicy`;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
}

/** A string with its {placeholders} filled in. */
export function t(key, values = {}) {
  const shown = (value) => typeof value === "number" ? numbers.format(value) : value;
  return (strings[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => name in values ? shown(values[name]) : whole);
}

/** Whether there is such a string: what the service names may be newer than this page. */
export const has = (key) => Object.hasOwn(strings, key);
