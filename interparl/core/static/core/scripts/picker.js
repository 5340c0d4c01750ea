// Completes a record's name while one types; the key of the chosen one is kept in the hidden field beside it.
// Without scripts the server reads the name, so a key goes as soon as another name is typed.
const WAIT = 150;
let made = 0;

const optionOf = ({ value, label }, id) => {
  const option = document.createElement("span");
  option.className = "picker-option";
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.value = value;
  option.textContent = label;
  return option;
};

for (const picker of document.querySelectorAll("[data-picker]")) {
  const field = picker.querySelector("input[type='text']");
  const key = picker.querySelector("input[type='hidden']");
  const list = picker.querySelector("[role='listbox']");
  const name = `picker-${made++}`;
  let timer;
  let turn = 0;
  let waiting = false;
  list.id = name;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", name);
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-autocomplete", "list");

  const chosen = () => list.querySelector("[aria-selected='true']");
  const close = () => {
    turn += 1;
    waiting = false;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const point = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };
  const choose = (option) => {
    field.value = option.textContent;
    key.value = option.dataset.value;
    close();
  };
  const show = (results) => {
    waiting = false;
    list.replaceChildren(...results.map((result, at) => optionOf(result, `${name}-${at}`)));
    list.hidden = !results.length;
    field.setAttribute("aria-expanded", String(results.length > 0));
    if (results.length) point(list.firstElementChild);
  };
  const ask = async () => {
    const asked = ++turn;
    const address = new URL(picker.dataset.pickerUrl, window.location.href);
    address.searchParams.set("q", field.value.trim());
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (answer.ok && asked === turn) show((await answer.json()).results);
    } catch {
      close();
    }
  };

  field.addEventListener("input", () => {
    key.value = "";
    window.clearTimeout(timer);
    close();
    waiting = Boolean(field.value.trim());
    if (waiting) timer = window.setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    // Enter chooses; it never sends the form while the names are still coming.
    if (waiting && event.key === "Enter" && !event.ctrlKey) event.preventDefault();
    if (list.hidden || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = [...list.children];
    if (step) point(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
    else if (event.key === "Enter") choose(chosen());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // The button goes down before the field loses the focus, so that a press on an option is never lost.
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role='option']");
    event.preventDefault();
    if (option) choose(option);
  });
  field.addEventListener("blur", () => {
    window.clearTimeout(timer);
    close();
  });
}
