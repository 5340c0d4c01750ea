// A bar that is dragged to another day, or a card to another stage, leads to the page that asks: nothing is written here.
const DAY = 86_400_000;
let held = null;

const dayUnder = (event) =>
  document
    .elementsFromPoint(event.clientX, event.clientY)
    .map((one) => one.closest("[data-day]"))
    .find(Boolean);
const stageUnder = (event) => event.target.closest?.("[data-stage]");
const daysBetween = (first, last) => Math.round((Date.parse(last) - Date.parse(first)) / DAY);
const unmark = () => {
  for (const one of document.querySelectorAll(".is-target")) one.classList.remove("is-target");
};

document.addEventListener("dragstart", (event) => {
  const bar = event.target.closest?.("[data-shift]");
  const card = event.target.closest?.("[data-moves]");
  if (bar) held = { bar, day: dayUnder(event)?.dataset.day ?? bar.dataset.first };
  else if (card) held = { card };
  else return;
  event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const target = held?.bar ? dayUnder(event) : held?.card ? stageUnder(event) : null;
  unmark();
  if (!target) return;
  event.preventDefault();
  target.classList.add("is-target");
});

document.addEventListener("drop", (event) => {
  if (!held) return;
  const { bar, card, day } = held;
  const target = bar ? dayUnder(event) : stageUnder(event);
  if (!target) return;
  event.preventDefault();
  if (bar) {
    const days = daysBetween(day, target.dataset.day);
    const since = new Date(Date.parse(bar.dataset.first) + days * DAY).toISOString().slice(0, 10);
    if (days) window.location.assign(`${bar.dataset.shift}?since=${since}`);
    return;
  }
  const move = card.querySelector(`[data-target="${CSS.escape(target.dataset.stage)}"]`);
  if (move) window.location.assign(move.dataset.address ?? move.href);
});

document.addEventListener("dragend", () => {
  held = null;
  unmark();
});
