// The marking page: keys, live minutes, counts. Without it the page is a plain form that does the same.

import { asTyped, minutesOf } from "./minutes.js";
import { guard } from "./unsaved.js";

const form = document.getElementById("marking");
const rows = [...form.querySelectorAll("[data-row]")];
const save = document.getElementById("save");
const remaining = document.getElementById("remaining");
const loadedAt = performance.now();
const number = (name, missing) => Number(form.dataset[name] ?? missing);
const lesson = {
  starts: number("starts"),
  ends: number("ends"),
  deductionStarts: number("deductionStarts", 0),
  deductionEnds: number("deductionEnds", 0),
  offered: number("offered"),
};
const KEYS = { p: "present", t: "tardy", l: "left_early", a: "absent" };

const chosen = (row) => row.querySelector("[type=radio]:checked")?.value ?? "";
const detail = (row) => row.querySelector(".pupil-detail input");
const wantsDetail = (row) => ["tardy", "left_early"].includes(chosen(row));

/** The minute by the server's clock, while the class is on; null otherwise. */
function minuteNow() {
  if (!form.dataset.now) return null;
  const [hours, minutes, seconds] = form.dataset.now.split(":").map(Number);
  const minute = Math.floor(hours * 60 + minutes + (seconds + (performance.now() - loadedAt) / 1000) / 60);
  return minute <= lesson.ends ? minute : null;
}

function hintOf(status, minutes) {
  if (minutes === null || !["tardy", "left_early"].includes(status)) return "";
  const text = status === "tardy" ? form.dataset.textLate : form.dataset.textEarly;
  const said = text.replace("#", lesson.offered - minutes);
  return minutes < number("needed") ? `${said} · ${form.dataset.textShort}` : said;
}

function refreshRow(row) {
  const status = chosen(row);
  const minutes = status ? minutesOf(status, detail(row).value, lesson) : null;
  row.querySelector("[data-minutes]").textContent = minutes ?? "–";
  row.querySelector("[data-hint]").textContent = hintOf(status, minutes);
  row.classList.toggle("is-short", minutes !== null && minutes < number("needed") && status !== "absent");
}

function refreshCounts() {
  const statuses = rows.map(chosen);
  for (const count of form.querySelectorAll("[data-count]")) {
    const wanted = count.dataset.count === "unmarked" ? "" : count.dataset.count;
    const tally = String(statuses.filter((status) => status === wanted).length);
    if (count.textContent !== tally) count.textContent = tally;
  }
}

function refresh(row) {
  if (wantsDetail(row) && !detail(row).value && minuteNow() !== null) detail(row).value = asTyped(minuteNow());
  refreshRow(row);
  refreshCounts();
}

function choose(row, status) {
  row.querySelector(`[value="${status}"]`).checked = true;
  refresh(row);
}

function focusRow(row) {
  const radio = row.querySelector("[type=radio]:checked") ?? row.querySelector("[type=radio]");
  radio.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(row, by) {
  const next = rows[rows.indexOf(row) + by];
  if (next) focusRow(next);
}

/** After a mark: the next row; after the last one the first unmarked, or Save. */
function advance(row) {
  const next = rows[rows.indexOf(row) + 1] ?? rows.find((each) => !chosen(each));
  if (next) focusRow(next);
  else save.focus();
}

function mark(row, status) {
  choose(row, status);
  if (wantsDetail(row) && !detail(row).value) detail(row).focus();
  else advance(row);
}

function markRemaining() {
  rows.filter((row) => !chosen(row)).forEach((row) => choose(row, "present"));
  save.focus();
}

function typeInto(row, event) {
  if (!wantsDetail(row)) return;
  event.preventDefault();
  detail(row).value = event.key;
  detail(row).focus();
  refreshRow(row);
}

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(save);
    return;
  }
  const row = event.target.closest("[data-row]");
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  const isField = event.target === detail(row);
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "ArrowDown" || key === "Enter" || (key === "j" && !isField)) step(row, 1);
  else if (key === "ArrowUp" || (key === "k" && !isField)) step(row, -1);
  else if (KEYS[key] && !isField) mark(row, KEYS[key]);
  else if (key === "r" && !isField) markRemaining();
  else {
    if (/^\d$/.test(key) && !isField) typeInto(row, event);
    return;
  }
  event.preventDefault();
}

form.addEventListener("keydown", onKey);
form.addEventListener("change", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) refresh(row);
});
form.addEventListener("input", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && event.target === detail(row)) refreshRow(row);
});
remaining.addEventListener("click", (event) => {
  event.preventDefault();
  markRemaining();
});
rows.forEach(refreshRow);
refreshCounts();
guard(form, { isUnsaved: "unsaved" in form.dataset });

// The keys work within the list alone, so that they take no letter from a screen reader: begin there.
if (matchMedia("(hover: hover) and (pointer: fine)").matches) {
  const first = form.querySelector(".has-problem") ?? rows.find((row) => !chosen(row)) ?? rows[0];
  if (first) focusRow(first);
}
