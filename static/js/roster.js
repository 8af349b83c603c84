// A list of students to be marked: keys, live minutes, counts. Without it the page is a plain form that does the same.

import { asTyped } from "./minutes.js";
import { guard } from "./unsaved.js";

const KEYS = { p: "present", t: "tardy", l: "left_early", a: "absent" };

export const chosen = (row) => row.querySelector("[type=radio]:checked")?.value ?? "";
const wantsTime = (status) => ["tardy", "left_early"].includes(status);

/** A number of the form's data. */
export const number = (form, name, missing) => Number(form.dataset[name] ?? missing);

/**
 * Bring a form of marks to life. `sheet` says what its lines are worth: minutes(row, status) is null while unknown;
 * hint(status, minutes); isShort(status, minutes); timeField(row, status) is the field for the time of a mark.
 */
export function bringToLife(form, sheet) {
  const rows = [...form.querySelectorAll("[data-row]")];
  const save = document.getElementById("save");
  const remaining = document.getElementById("remaining");
  const loadedAt = performance.now();
  const isField = (target) => target.matches(".pupil-detail input");

  /** The minute by the server's clock, while the class is on; null otherwise. */
  function minuteNow() {
    if (!form.dataset.now) return null;
    const [hours, minutes, seconds] = form.dataset.now.split(":").map(Number);
    const minute = Math.floor(hours * 60 + minutes + (seconds + (performance.now() - loadedAt) / 1000) / 60);
    return minute <= number(form, "ends") ? minute : null;
  }

  function refreshRow(row) {
    const status = chosen(row);
    const minutes = status ? sheet.minutes(row, status) : null;
    row.querySelector("[data-minutes]").textContent = minutes ?? "–";
    row.querySelector("[data-hint]").textContent =
      minutes !== null && wantsTime(status) ? sheet.hint(status, minutes) : "";
    row.classList.toggle("is-short", minutes !== null && sheet.isShort(status, minutes));
  }

  function refreshCounts() {
    const statuses = rows.map(chosen);
    for (const count of form.querySelectorAll("[data-count]")) {
      const wanted = count.dataset.count === "unmarked" ? "" : count.dataset.count;
      const tally = String(statuses.filter((status) => status === wanted).length);
      if (count.textContent !== tally) count.textContent = tally;
    }
  }

  /** The field of the time that a line still wants, or null. */
  function wantedField(row) {
    const field = wantsTime(chosen(row)) ? sheet.timeField(row, chosen(row)) : null;
    return field && !field.value ? field : null;
  }

  function refresh(row) {
    const field = wantedField(row);
    if (field && minuteNow() !== null) field.value = asTyped(minuteNow());
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
    const field = wantedField(row);
    if (field) field.focus();
    else advance(row);
  }

  /** Everybody unmarked is present, but those who must be asked about; they get the focus. */
  function markRemaining() {
    const open = rows.filter((row) => !chosen(row));
    open.filter((row) => !("ask" in row.dataset)).forEach((row) => choose(row, "present"));
    const asked = open.find((row) => !chosen(row));
    if (asked) focusRow(asked);
    else save.focus();
  }

  function typeInto(row, event) {
    if (!wantsTime(chosen(row))) return;
    event.preventDefault();
    const field = sheet.timeField(row, chosen(row));
    field.value = event.key;
    field.focus();
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
    const inField = isField(event.target);
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "ArrowDown" || key === "Enter" || (key === "j" && !inField)) step(row, 1);
    else if (key === "ArrowUp" || (key === "k" && !inField)) step(row, -1);
    else if (KEYS[key] && !inField) mark(row, KEYS[key]);
    else if (key === "r" && !inField) markRemaining();
    else {
      if (/^\d$/.test(key) && !inField) typeInto(row, event);
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
    if (row && isField(event.target)) refreshRow(row);
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
}
