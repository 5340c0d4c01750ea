// A link with data-dialog-open="id" opens that dialog; without scripts it leads to a confirmation page.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialogOpen);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
    dialog.querySelector("[data-dialog-safe]")?.focus();
    const menu = opener.closest("details[data-menu]");
    if (menu) menu.open = false;
    const back = menu ? menu.querySelector("summary") : opener;
    dialog.addEventListener("close", () => back.focus(), { once: true });
    return;
  }
  const closer = event.target.closest("[data-dialog-close]");
  const dialog = closer?.closest("dialog");
  if (dialog?.open) {
    event.preventDefault();
    dialog.close();
  }
});
