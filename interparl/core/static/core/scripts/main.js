// Tells the style sheets that scripts run, and asks before a form with unsaved changes is left.
document.documentElement.dataset.scripts = "on";

for (const form of document.querySelectorAll("form[data-guard]")) {
  let changed = false;
  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

// The button that was pressed says that it works, but only when the answer takes longer than 400 ms.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.target.method === "dialog") return;
  window.setTimeout(() => button.setAttribute("aria-busy", "true"), 400);
});

// How many rows are ticked.
for (const bar of document.querySelectorAll("[data-selection]")) {
  const form = bar.closest("form");
  const number = bar.querySelector("[data-selection-number]");
  const all = form.querySelector("[data-select-all]");
  const boxes = () => [...form.querySelectorAll("tbody .check input")];
  const count = () => {
    number.textContent = boxes().filter((box) => box.checked).length;
  };
  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes()) box.checked = all.checked;
    count();
  });
  bar.querySelector("[data-selection-clear]")?.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of [...boxes(), ...(all ? [all] : [])]) box.checked = false;
    count();
  });
  count();
}

// A page that failed puts the reader at the list of what is wrong.
document.querySelector("[data-errors]")?.focus();
