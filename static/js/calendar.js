// Arrow keys move from day to day: one stop of the Tab key a month, instead of thirty.

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

const days = [...document.querySelectorAll(".small-month")].map((month) => [...month.querySelectorAll("tbody a")]);
const all = days.flat();

for (const month of days) {
  month.forEach((day, place) => (day.tabIndex = place === 0 ? 0 : -1));
}

function focus(day) {
  const month = days.find((each) => each.includes(day));
  month.forEach((each) => (each.tabIndex = each === day ? 0 : -1));
  day.focus();
}

addEventListener("keydown", (event) => {
  const place = all.indexOf(document.activeElement);
  const step = STEPS[event.key];
  if (place < 0 || !step || event.altKey || event.ctrlKey || event.metaKey) return;
  const next = all[place + step];
  if (next) {
    event.preventDefault();
    focus(next);
  }
});
