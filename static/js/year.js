// A student's year by keyboard: arrows lead from day to day, and a day opens beside its month. Without it each day is a
// link to its page.

const year = document.getElementById("year");
const days = [...(year?.querySelectorAll("td a") ?? [])];
const column = (day) => day.closest("td").cellIndex;
let opened = null;

/** The day so many school days away, or so many of the same weekday. */
function beside(day, by, sameWeekday) {
  const row = sameWeekday ? days.filter((each) => column(each) === column(day)) : days;
  return row[row.indexOf(day) + by];
}

function close() {
  for (const panel of year.querySelectorAll(".year-day")) panel.replaceChildren();
  for (const day of days) day.removeAttribute("aria-expanded");
}

function closeToDay() {
  close();
  opened?.focus();
}

const steps = { ArrowLeft: [-1, false], ArrowRight: [1, false], ArrowUp: [-1, true], ArrowDown: [1, true] };

function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key === "Escape" && event.target.closest(".year-day")) return closeToDay();
  const day = event.target.closest("td a");
  if (!day || !steps[event.key]) return;
  beside(day, ...steps[event.key])?.focus();
  event.preventDefault();
}

/** One day is open at a time, and is read from its head on. */
function onSwap(event) {
  const panel = event.detail.target;
  const asked = event.detail.requestConfig.elt;
  for (const other of year.querySelectorAll(".year-day")) if (other !== panel) other.replaceChildren();
  for (const day of days) day.removeAttribute("aria-expanded");
  asked.setAttribute("aria-expanded", "true");
  opened = asked;
  panel.querySelector("h3")?.focus();
}

/** What cannot be shown here is asked of the day's own page. */
const onFailure = (event) => location.assign(event.detail.requestConfig.elt.href);

if (year) {
  year.addEventListener("keydown", onKey);
  year.addEventListener("click", (event) => event.target.closest("[data-close]") && closeToDay());
  year.addEventListener("htmx:afterSwap", onSwap);
  year.addEventListener("htmx:responseError", onFailure);
  year.addEventListener("htmx:sendError", onFailure);
}
