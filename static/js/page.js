// For every public page, optional: the switch keeps the reader's place, the way out leaves no trace,
// and the search field suggests titles. Without this they are plain links and a plain form.

// The section at the middle of the window. Section ids have no language: the twin has the same ones.
function place() {
  // While the first heading is in sight, the reader is where the address led.
  if (document.querySelector("h1").getBoundingClientRect().bottom > 0) return location.hash;
  const passed = [...document.querySelectorAll("main :is(section, h2, h3)[id]")].filter(
    (part) => part.getClientRects().length && part.getBoundingClientRect().top < innerHeight / 2,
  );
  return passed.length ? `#${passed.pop().id}` : location.hash;
}

for (const link of document.querySelectorAll("a.lang")) {
  link.addEventListener("click", () => {
    link.hash = place();
  });
}

// Quick exit: the page goes blank before anything else happens, its entry in the history is replaced,
// and three presses of Shift do the same as the link.
const PRESSES = 3;
const TOGETHER = 5000; // milliseconds within which the presses count as one wish
const exit = document.querySelector("a.exit__go");

function leave() {
  document.title = "";
  document.body.textContent = "";
  location.replace(exit.href);
}

if (exit) {
  let times = [];
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    const now = Date.now();
    // Another key means somebody is typing a capital letter.
    times = event.key === "Shift" ? [...times.filter((time) => now - time < TOGETHER), now] : [];
    if (times.length === PRESSES) leave();
  });
  document.querySelector("[data-keys]").hidden = false;
}

// Suggestions are fetched when somebody goes to the field, and not where data shall be saved.
const search = document.querySelector("form[data-suggestions]");

if (search && !navigator.connection?.saveData) {
  const load = async () => (await import(search.dataset.script)).suggest(search);
  search.elements.q.addEventListener("focus", load, { once: true });
}
