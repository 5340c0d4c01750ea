// A menu is a <details>: it works without scripts. With them Esc and a click elsewhere close it, arrows walk its rows.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");

const close = (menu) => {
  const had = menu.contains(document.activeElement);
  menu.open = false;
  if (had) menu.querySelector("summary").focus();
};

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu]");
  if (event.key === "Escape") {
    for (const open of openMenus()) close(open);
    return;
  }
  if (!menu?.open || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  if (event.target.matches("input, select, textarea")) return;
  const rows = [...menu.querySelectorAll(".menu-item")];
  if (!rows.length) return;
  const step = event.key === "ArrowDown" ? 1 : -1;
  const at = rows.indexOf(document.activeElement);
  event.preventDefault();
  rows[(at + step + rows.length) % rows.length].focus();
});
