// Quick exit, optional: the page goes blank before anything else happens, its entry in the history is
// replaced, and three presses of Shift do the same as the link. Without this the link is a plain link.
const PRESSES = 3;
const TOGETHER = 5000; // milliseconds within which the presses count as one wish
const link = document.querySelector("a.exit__go");
let times = [];

function leave() {
  document.title = "";
  document.body.replaceChildren();
  window.location.replace(link.href);
}

link.addEventListener("click", (event) => {
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

document.querySelector(".exit__keys").hidden = false;
