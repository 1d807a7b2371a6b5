/** Files that go with the draft: chosen or dropped, with what each is for. They are read here, and sent to be judged. */

import { byId, make } from "./dom.js";
import { t } from "./strings.js";

const PURPOSES = ["invoice", "warranty", "instructions", "return_label", "custom_design", "legal_disclosure", "advertising", "other"];
// Bytes of a file beyond which its content is not sent: by its size alone it is too large for a message.
const MOST = 10_000_000;

let files = [];

/** Listens for files chosen, or dropped anywhere on the page; `changed()` after each change. */
export function listenForFiles(changed) {
  byId("files").addEventListener("change", async (event) => {
    const chosen = [...event.target.files];
    event.target.value = "";
    await add(chosen, changed);
  });
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  const drop = byId("drop");
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    drop.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? drop.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    drop.classList.remove("over");
    if (!holdsFiles(event)) return;
    event.preventDefault();
    add([...event.dataTransfer.files], changed);
  });
}

async function add(chosen, changed) {
  const read = await Promise.all(chosen.map(async (file) => ({
    filename: file.name, content_type: file.type || undefined, size: file.size, content: await base64(file), purpose: "",
  })));
  files.push(...read);
  drawAttachments(changed);
  changed();
}

/** The content of a file; undefined of one too large, or that cannot be read (a folder, say). */
function base64(file) {
  return new Promise((resolve) => {
    if (file.size > MOST) return resolve(undefined);
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => resolve(undefined);
    reader.readAsDataURL(file);
  });
}

function sizeOf({ size }) {
  const [unit, one] = size < 1000 ? ["byte", 1] : size < 1_000_000 ? ["kilobyte", 1000] : ["megabyte", 1_000_000];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(size / one);
}

/** The list of files, in the language spoken now. */
export function drawAttachments(changed) {
  byId("attachments").replaceChildren(...files.map((file, index) => {
    const purpose = make("select", {
      id: `attachment-${index}`, autocomplete: "off", "aria-label": t("attachments.purpose", { name: file.filename }),
      change: () => { file.purpose = purpose.value; changed(); },
    }, make("option", { value: "" }, t("attachments.unknown")), ...PURPOSES.map((value) => make("option", { value }, t(`purpose.${value}`))));
    purpose.value = file.purpose;
    const remove = () => {
      files.splice(index, 1);
      drawAttachments(changed);
      changed();
      (byId(`attachment-${Math.min(index, files.length - 1)}`) ?? byId("files")).focus();
    };
    return make("li", {},
      make("bdi", { class: "name" }, file.filename), make("span", { class: "quiet" }, sizeOf(file)), purpose,
      make("button", { type: "button", click: remove, "aria-label": t("attachments.remove", { name: file.filename }) }, "×"));
  }));
}

/** The attachments of the record: an empty list says that there are none. */
export const attached = () => files.map(({ purpose, content, ...file }) => ({ ...file, ...content !== undefined && { content }, ...purpose && { purpose } }));

/** Characters of all contents, as they are sent. */
export const attachedLength = () => files.reduce((sum, file) => sum + (file.content?.length ?? 0), 0);

/** The name of an attachment, by the part of a report. */
export const attachmentName = (part) => files[indexOf(part)]?.filename ?? part;

/** Goes to an attachment, by the part of a report. */
export const goToAttachment = (part) => byId(`attachment-${indexOf(part)}`)?.focus();

const indexOf = (part) => Number(/^attachments\[(\d+)\]/.exec(part)?.[1] ?? -1);
