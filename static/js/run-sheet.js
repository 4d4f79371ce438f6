// Optional: keeps this page for a hall without a network, and shows which step it is time for.
const { serviceWorker } = navigator;
if (serviceWorker) {
  const policy = window.trustedTypes?.createPolicy("run-sheet", { createScriptURL: (url) => url });
  const worker = "/run-sheet-worker.js";
  serviceWorker
    .register(policy ? policy.createScriptURL(worker) : worker, { scope: location.pathname })
    .then(() => caches.open("run-sheet"))
    .then((shelf) =>
      shelf.addAll([
        location.pathname,
        ...performance.getEntriesByType("resource").map((entry) => entry.name)
          .filter((name) => /\.(css|woff2|js|svg)(\?|$)/.test(name)),
      ]),
    )
    .catch(() => {});
}

const button = document.querySelector("[data-timer]");
const clock = document.querySelector("[data-clock]");
const steps = [...document.querySelectorAll(".plan__step")];
let started = 0;
let ticking = 0;

function show() {
  const seconds = Math.floor((Date.now() - started) / 1000);
  clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  let end = 0;
  let found = false;
  for (const step of steps) {
    end += 60 * Number(step.dataset.min);
    const now = !found && seconds < end;
    found ||= now;
    if (now) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  }
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    if (ticking) {
      clearInterval(ticking);
      ticking = 0;
    } else {
      started = Date.now();
      ticking = setInterval(show, 1000);
      show();
    }
    button.textContent = ticking ? button.dataset.stop : button.dataset.start;
  });
}
