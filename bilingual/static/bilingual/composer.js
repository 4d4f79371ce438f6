/* The side-by-side editor: drafts are saved while one writes, blocks come and move in both
   columns, and no text is lost to a closed tab, a lost session or a server that is away. */

const form = document.getElementById("pair-form");
const state = form.querySelector("[data-state]");
const NOT_TEXT = /^(csrfmiddlewaretoken|opened-|own-|overwrite|ahead-|check-)/;
const EVERY = 2000; // ms between two looks; a crash loses less than 5 s
const DRAFTAIL = 350; // ms until the rich text editor has written to its field
let busy = null;
let leaving = false;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const written = () =>
  JSON.stringify([...new FormData(form)].filter(([name, value]) => !NOT_TEXT.test(name) && typeof value === "string"));
const tell = (text) => { if (state && state.textContent !== text) state.textContent = text; };
const hasTitle = () =>
  [...form.querySelectorAll("input[name$='-title'], textarea[name$='-title']")].some((field) => field.value.trim());

let saved = null; // set when all editors have started
let refused = null; // what the server would not take: not sent again until it changes

async function send() {
  const body = new FormData(form);
  body.set("press", "autosave");
  return fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
}

async function freshToken() {
  const answer = await fetch(form.action, { redirect: "manual" });
  if (!answer.ok) return false;
  const token = (await answer.text()).match(/name="csrfmiddlewaretoken" value="([^"]+)"/);
  if (token) form.elements.csrfmiddlewaretoken.value = token[1];
  return Boolean(token);
}

/* Send the text; says "saved", "refused" (the server tells why) or "away" (it could not be asked). */
async function save() {
  const text = written();
  tell(form.dataset.unsaved);
  let answer, said;
  try {
    answer = await send();
    if (answer.status === 403 && (await freshToken())) answer = await send();
    if ((answer.headers.get("Content-Type") || "").startsWith("application/json")) said = await answer.json();
  } catch { // no connection, or one that breaks off in the middle of the answer
    tell(form.dataset.offline);
    return "away";
  }
  if (!said) {
    const signedOut = answer.type === "opaqueredirect" || answer.status === 403;
    tell(signedOut ? form.dataset.signIn : form.dataset.offline);
    return "away";
  }
  tell(said.message);
  if (!said.saved) {
    refused = text;
    return "refused";
  }
  saved = text;
  for (const [language, sentences] of Object.entries(said.advice)) {
    const list = form.querySelector(`[data-language="${language}"] [data-advice]`);
    if (list.textContent === sentences.join("")) continue;
    list.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
  }
  for (const [language, revision] of Object.entries(said.opened)) {
    form.elements[`opened-${language}`].value = revision ?? "";
    form.elements[`own-${language}`].value = revision ?? "";
  }
  if (new URL(form.action).pathname !== said.address) {
    form.action = said.address;
    history.replaceState(null, "", said.address);
  }
  return "saved";
}

async function look() {
  name();
  if (busy || leaving || saved === null || document.querySelector(".modal.in")) return;
  const text = written();
  if (text === saved || text === refused || !hasTitle()) return;
  busy = save();
  await busy;
  busy = null;
}

form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (form.dataset.ready) {
    delete form.dataset.ready;
    return;
  }
  event.preventDefault();
  if (leaving) return; // a second press
  const preview = button && button.dataset.preview;
  leaving = !preview;
  await busy;
  await wait(DRAFTAIL);
  if (preview) {
    const pane = form.querySelector(".pair__preview");
    pane.hidden = false;
    pane.scrollIntoView();
  } else {
    // The text is on the server before the page is left: a lost session cannot swallow it.
    if ((await save()) === "away") {
      leaving = false;
      return;
    }
  }
  form.dataset.ready = "yes";
  form.requestSubmit(button);
});

window.addEventListener("beforeunload", (event) => {
  if (!leaving && saved !== null && written() !== saved) event.preventDefault();
});
window.addEventListener("pageshow", () => { leaving = false; });
form.querySelector("[data-close-preview]").addEventListener("click", () => {
  form.querySelector(".pair__preview").hidden = true;
});

/* One name, one field: what stands in both columns says its language, and rich text its label. */
function name() {
  for (const column of form.querySelectorAll("[data-language]")) {
    const heading = `column-${column.dataset.language}`;
    for (const panel of column.querySelectorAll("section.w-panel[aria-labelledby]")) {
      const own = panel.getAttribute("aria-labelledby");
      if (!own.startsWith(heading)) panel.setAttribute("aria-labelledby", `${heading} ${own}`);
    }
  }
  for (const editor of form.querySelectorAll("[role=textbox]")) {
    const label = editor.closest("section.w-panel[aria-labelledby]")?.getAttribute("aria-labelledby");
    if (label) editor.setAttribute("aria-labelledby", label);
  }
}

/* Spelling and speech follow the column. */
form.addEventListener("focusin", (event) => {
  const column = event.target.closest("[data-language]");
  if (column && event.target.matches("input, textarea, [contenteditable]")) event.target.lang = column.dataset.language;
});
for (const details of form.querySelectorAll(".pair__choice")) {
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}

/* Blocks: what is added or moved in one column is added or moved in the other, with the same id. */
function twins() {
  const [first, second] = [...form.querySelectorAll("[data-language]")].map((column) => column.dataset.language);
  return [...form.querySelectorAll(`[id^="${first}-"][id$="-root"], [id^="id_${first}-"][id$="-root"]`)]
    .map((one) => [one, document.getElementById(one.id.replace(`${first}-`, `${second}-`))])
    .filter(([one, other]) => one.rootBlock?.sequenceContainer && other?.rootBlock?.sequenceContainer)
    .map(([one, other]) => [one.rootBlock, other.rootBlock]);
}

function follow(one, other) {
  const place = (block) => other.children.findIndex((child) => child.id === block.id);
  const added = one._onRequestInsert.bind(one);
  one._onRequestInsert = (index, options) => {
    added(index, options);
    const block = one.children[index];
    if (options?.type) {
      const at = Math.min(index, other.children.length);
      other.insert({ type: options.type, value: other.blockDef.initialChildStates[options.type], id: block.id }, at);
    }
  };
  const moved = one.moveBlock.bind(one);
  one.moveBlock = (from, to) => {
    const block = one.children[from];
    const at = place(block);
    moved(from, to);
    if (at === from && to < other.children.length) Object.getPrototypeOf(other).moveBlock.call(other, at, to);
  };
  const deleted = one.deleteBlock.bind(one);
  one.deleteBlock = (index, options) => {
    const at = place(one.children[index]);
    deleted(index, options);
    // A written text in the other language is never taken away with it.
    if (at >= 0 && !other.children[at].block.getTextLabel?.({ maxLength: 20 })) {
      Object.getPrototypeOf(other).deleteBlock.call(other, at, options);
    }
  };
}

window.addEventListener("load", async () => {
  if (!hasTitle() && document.activeElement === document.body) form.querySelector("[name$='-title']")?.focus();
  for (const [one, other] of twins()) {
    follow(one, other);
    follow(other, one);
  }
  await wait(2 * DRAFTAIL);
  name();
  saved = form.dataset.refused ? "" : written();
  if (form.dataset.refused) refused = written();
  setInterval(look, EVERY);
  form.dataset.started = "yes";
});
