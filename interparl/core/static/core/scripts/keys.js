// Keys are read by position (event.code), so they work with any layout. Letters work only outside fields,
// and not at all when the reader has switched them off.
const root = document.documentElement;
const find = (selector) => document.querySelector(selector);
const inField = (target) => target.matches("input, select, textarea, [contenteditable]");
const press = (selector) => {
  const found = find(selector);
  found?.click();
  return Boolean(found);
};
const focus = (selector) => {
  const found = find(selector);
  found?.focus();
  found?.select?.();
  return Boolean(found);
};

const rows = () => [...document.querySelectorAll(".table tbody tr:not(.is-vacant)")];
const cursor = () => find(".table tbody tr.is-cursor");
const move = (step) => {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(cursor());
  const to = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  cursor()?.classList.remove("is-cursor");
  to.classList.add("is-cursor");
  to.scrollIntoView({ block: "nearest" });
  to.querySelector("a")?.focus({ preventScroll: true });
  return true;
};
const tick = () => {
  const box = cursor()?.querySelector(".check input");
  box?.click();
  return Boolean(box);
};
// A step of the row on which the cursor stands.
const step = (key) => {
  const found = cursor()?.querySelector(`[data-row-key='${key}']`);
  found?.click();
  return Boolean(found);
};
const goTo = { KeyH: "h", KeyW: "w", KeyC: "c", KeyP: "p", KeyO: "o", KeyB: "b", KeyM: "m", KeyA: "a", KeyL: "l" };
let going = false;

// The list of keys names only those that do something on this page.
for (const line of document.querySelectorAll("#keys [data-needs]")) line.hidden = !find(line.dataset.needs);

const plain = {
  Slash: () => focus("[data-search]"),
  KeyN: () => press("[data-new]"),
  KeyJ: () => move(1),
  KeyK: () => move(-1),
  KeyX: tick,
  KeyA: () => step("a"),
  KeyR: () => step("r"),
  KeyD: () => {
    find("[data-as-of]")?.closest("details")?.setAttribute("open", "");
    return focus("[data-as-of]");
  },
  KeyT: () => press("[data-today]"),
  KeyF: () => focus("[data-filter]"),
  KeyE: () => press("[data-key='e']"),
  KeyB: () => press("[data-key='b']"),
  KeyP: () => press("[data-key='p']"),
  BracketLeft: () => press("[data-previous-change]"),
  BracketRight: () => press("[data-next-change]"),
  Enter: () => {
    const link = document.activeElement === document.body && cursor()?.querySelector("a");
    if (link) link.click();
    return Boolean(link);
  },
  KeyG: () => (going = true),
};

document.addEventListener("keydown", (event) => {
  if (event.code === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form[method='post']") ?? find("form[data-form]");
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  if (event.key === "Escape" && event.target.matches("[data-search]")) {
    event.target.blur();
    return;
  }
  if (root.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (inField(event.target) || find("dialog[open]")) return;
  let done;
  if (event.code === "Slash" && event.shiftKey) done = press("[data-dialog-open='keys']");
  else if (going && goTo[event.code]) done = press(`[data-go='${goTo[event.code]}']`);
  else if (!event.shiftKey) done = plain[event.code]?.();
  going = event.code === "KeyG" && done === true;
  if (done) event.preventDefault();
});
