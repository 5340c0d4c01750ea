// A toast goes after ten seconds, not while it is hovered or holds the focus; what it said stays in the history.
const SHOWN_FOR = 10_000;

for (const toast of document.querySelectorAll("[data-toast]")) {
  let timer;
  const stop = () => window.clearTimeout(timer);
  const start = () => {
    stop();
    timer = window.setTimeout(() => toast.remove(), SHOWN_FOR);
  };
  toast.addEventListener("mouseenter", stop);
  toast.addEventListener("mouseleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  toast.querySelector("[data-toast-close]")?.addEventListener("click", (event) => {
    event.preventDefault();
    toast.remove();
  });
  start();
}
