// Titles that begin as the reader types, as a list below the search field (the combobox pattern of
// the ARIA Authoring Practices). Fetched on the first use of the field; without it the form is plain.

const PAUSE = 150; // milliseconds without a key before the site is asked
const SHORTEST = 2; // signs

export function suggest(form) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  const said = document.createElement("p");
  let options = [];
  let chosen = -1;
  let waiting;
  let asking;

  list.id = `${input.id}-titles`;
  list.className = "titles";
  list.role = "listbox";
  list.ariaLabel = input.labels[0].textContent;
  list.hidden = true;
  said.className = "vh";
  said.role = "status";
  input.parentElement.append(list, said);
  input.role = "combobox";
  input.ariaAutoComplete = "list";
  input.ariaExpanded = "false";
  input.setAttribute("aria-controls", list.id);

  function choose(number) {
    chosen = number;
    options.forEach((option, at) => (option.ariaSelected = String(at === number)));
    if (number < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options[number].id);
      options[number].scrollIntoView({ block: "nearest" });
    }
  }

  function show(titles) {
    options = titles.map(({ title, url }, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${at}`;
      option.role = "option";
      option.textContent = title;
      option.dataset.url = url;
      return option;
    });
    list.replaceChildren(...options);
    list.hidden = !options.length;
    input.ariaExpanded = String(!list.hidden);
    choose(-1);
  }

  function close() {
    clearTimeout(waiting);
    asking?.abort();
    said.textContent = "";
    show([]);
  }

  async function ask() {
    asking = new AbortController();
    const words = input.value.trim();
    const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: words })}`;
    try {
      const answer = await fetch(address, { signal: asking.signal, credentials: "omit" });
      if (!answer.ok) return close();
      const { titles, said: sentence } = await answer.json();
      show(titles);
      said.textContent = sentence;
    } catch {
      // A later key has taken its place, or the line is down: the form is there.
    }
  }

  function typed() {
    clearTimeout(waiting);
    asking?.abort();
    if (input.value.trim().length < SHORTEST) close();
    else waiting = setTimeout(ask, PAUSE);
  }

  input.addEventListener("input", typed);
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const last = options.length - 1;
    if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) location.assign(options[chosen].dataset.url);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  // The field keeps the focus, so that a press does not close the list before it counts.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  // Who types faster than this was fetched has written already.
  if (input.value !== input.defaultValue) typed();
}
