// What was found stands under the field while one types; without scripts Enter leads to the page of results.
const WAIT = 150;

for (const field of document.querySelectorAll("[data-suggest]")) {
  const list = field.form.querySelector("[role='listbox']");
  let timer;
  let asked = 0;
  let waiting = false;
  list.id ||= "found";
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-autocomplete", "list");

  const options = () => [...list.querySelectorAll("[role='option']")];
  const chosen = () => list.querySelector("[aria-selected='true']");
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };
  const show = (html) => {
    list.innerHTML = html;
    const found = options();
    found.forEach((option, at) => {
      option.id = `found-${at}`;
    });
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    field.removeAttribute("aria-activedescendant");
    if (found.length) choose(found[0]);
  };
  const ask = async () => {
    const words = field.value.trim();
    const turn = ++asked;
    window.clearTimeout(timer);
    if (words.length < 2) {
      waiting = false;
      close();
      return;
    }
    const address = new URL(field.dataset.suggest, window.location.href);
    address.searchParams.set(field.name, words);
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (answer.ok && turn === asked) show(await answer.text());
    } catch {
      close();
    }
    if (turn === asked) waiting = false;
  };
  // Enter before the answer has come waits for it, and opens the first that is found.
  const open = async () => {
    await ask();
    if (!list.hidden && chosen()) chosen().click();
    else field.form.submit();
  };

  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    waiting = true;
    timer = window.setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (waiting && event.key === "Enter" && !event.ctrlKey) {
      event.preventDefault();
      open();
      return;
    }
    if (list.hidden) return;
    const found = options();
    const at = found.indexOf(chosen());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(found[(at + step + found.length) % found.length]);
    } else if (event.key === "Enter" && at >= 0 && !event.ctrlKey) {
      event.preventDefault();
      found[at].click();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  });
  field.form.addEventListener("focusout", (event) => {
    if (!field.form.contains(event.relatedTarget)) close();
  });
}
