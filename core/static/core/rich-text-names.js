/* Wagtail's rich text says no name to a screen reader: it takes the label of its panel. */
function nameRichText() {
  for (const text of document.querySelectorAll("[role=textbox]:not([aria-labelledby])")) {
    const label = text.closest("section.w-panel[aria-labelledby]")?.getAttribute("aria-labelledby");
    if (label) text.setAttribute("aria-labelledby", label);
  }
}
new MutationObserver(nameRichText).observe(document.documentElement, { childList: true, subtree: true });
