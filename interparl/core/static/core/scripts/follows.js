// What follows from the days of a form is shown while they are chosen; without scripts its first button shows it.
const WAIT = 150;

for (const form of document.querySelectorAll("[data-live]")) {
  const shown = form.querySelector("[data-follows]");
  let timer;
  let asked = 0;

  const show = async () => {
    const turn = ++asked;
    const address = new URL(window.location.pathname, window.location.href);
    for (const field of form.querySelectorAll("[type='date']")) address.searchParams.set(field.name, field.value);
    shown.setAttribute("aria-busy", "true");
    let parts = [];
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      parts = page.querySelector("[data-follows]").childNodes;
    } catch {
      // Nothing stands there rather than what follows from other days; the form asks again when it is sent.
    }
    if (turn !== asked) return;
    shown.replaceChildren(...parts);
    shown.removeAttribute("aria-busy");
  };

  // A year that is typed changes the day with every digit.
  form.addEventListener("change", (event) => {
    if (event.target.type !== "date") return;
    window.clearTimeout(timer);
    timer = window.setTimeout(show, WAIT);
  });
}
