/** Elements, made without markup: whatever is put into them is text. */

export const byId = (id) => document.getElementById(id);

/** An element with attributes (functions become listeners, false and null are left out) and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null && child !== false));
  return element;
}

// Signs that show nothing or turn the direction of writing; what scripts and emoji need (joiners, direction marks) stays.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const KEPT = new Set(["\t", "\u200c", "\u200d", "\u200e", "\u200f"]);

/** Text from a draft, set apart from the direction around it, cut, with what cannot be seen written out. */
export function quoted(text, { tag = "bdi", most = 160 } = {}) {
  const points = Array.from(text.slice(0, 2 * most + 2));
  const cut = points.length > most ? points.slice(0, most).join("") + "…" : text;
  const written = (sign) => sign === "\n" ? "⏎" : `\\u{${sign.codePointAt(0).toString(16)}}`;
  const shown = cut.replace(UNSEEN, (sign) => KEPT.has(sign) ? sign : written(sign));
  return make(tag, { dir: "auto", class: "quoted" }, shown);
}
