// A class's week: arrows move between the days, a letter chooses. Without it the page is a plain form of lists.

import { guard } from "./unsaved.js";

const form = document.getElementById("week");
const save = document.getElementById("save");
const rows = [...form.querySelectorAll("[data-row]")].map((row) => [...row.querySelectorAll(".week-cell")]);
const select = (cell) => cell?.querySelector("[data-cell]");
const cells = () => [...form.querySelectorAll("[data-cell]")];

/** Where a list stands: the numbers of its line and its day. */
function place(list) {
  const cell = list.closest(".week-cell");
  const line = rows.findIndex((row) => row.includes(cell));
  return { line, day: rows[line].indexOf(cell) };
}

function focusOn(list) {
  list.focus({ preventScroll: true });
  list.closest(".week-cell").scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** The next list in a direction; days that ask for nothing are passed over. */
function step(list, lines, days) {
  const at = place(list);
  for (let line = at.line + lines, day = at.day + days; rows[line]?.[day]; line += lines, day += days) {
    if (select(rows[line][day])) return focusOn(select(rows[line][day]));
  }
}

function refresh() {
  const blank = String(cells().filter((list) => !list.value).length);
  const count = form.querySelector("[data-blank]");
  if (count.textContent !== blank) count.textContent = blank;
}

const optionFor = (list, key) => list.querySelector(`option[data-key="${CSS.escape(key)}"]`);

/** After a choice the minutes of a part, else the next list in reading order, else Save. */
function choose(list, value) {
  list.value = value;
  refresh();
  const minutes = list.closest(".week-cell").querySelector("[data-minutes]");
  const next = value === "part" && minutes ? minutes : cells()[cells().indexOf(list) + 1];
  if (next === minutes && minutes) minutes.focus();
  else if (next) focusOn(next);
  else save.focus();
}

/** The blank days of the line after this one get its choice, where they offer it. */
function fillRest(list) {
  const { line, day } = place(list);
  for (const cell of rows[line].slice(day + 1)) {
    const other = select(cell);
    if (other && !other.value && [...other.options].some((each) => each.value === list.value)) other.value = list.value;
  }
  refresh();
}

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(save);
    return;
  }
  if (!event.target.matches("[data-cell]") || event.altKey || event.ctrlKey || event.metaKey) return;
  const list = event.target;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (MOVES[key]) step(list, ...MOVES[key]);
  else if (key === "Backspace" || key === "Delete") choose(list, "");
  else if (key === "r") fillRest(list);
  else if (key.length === 1 && /[a-z]/.test(key)) {
    const option = optionFor(list, key);
    if (option) choose(list, option.value);
  } else return;
  event.preventDefault();
}

form.addEventListener("keydown", onKey);
form.addEventListener("change", refresh);
refresh();
guard(form, { isUnsaved: "unsaved" in form.dataset });

// The keys work within the lists alone, so that they take no letter from a screen reader: begin there.
if (matchMedia("(hover: hover) and (pointer: fine)").matches) {
  const first = form.querySelector(".has-problem [data-cell]") ?? cells().find((list) => !list.value) ?? cells()[0];
  if (first) focusOn(first);
}
