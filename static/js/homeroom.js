// The page of a homeroom's day: a mark is worth minutes of all its meetings, from the arrival to the leaving.

import { minutesBetween, momentIn } from "./minutes.js";
import { bringToLife, number } from "./roster.js";

const form = document.getElementById("marking");
const day = { starts: number(form, "starts"), ends: number(form, "ends") };
const meetings = form.dataset.meetings.split(";").map((text) => {
  const [starts, ends, deductionStarts, deductionEnds] = text.split(" ").map(Number);
  return { starts, ends, deductionStarts, deductionEnds };
});
// What stands class by class, as the server summed it up.
const asMarked = new Map();
for (const row of form.querySelectorAll("[data-row]")) {
  if (row.querySelector("[value=as_marked]:checked")) asMarked.set(row, row.querySelector("[data-minutes]").textContent);
}

/** A field's time in minutes: `missing` where it is empty, NaN where it is no time of the day. */
function time(field, missing) {
  const typed = field.value.trim();
  return typed ? (momentIn(typed, day) ?? NaN) : missing;
}

function minutes(row, status) {
  if (status === "as_marked") return asMarked.get(row) ?? null;
  if (status === "present") return number(form, "offered");
  if (status === "absent") return 0;
  const arrived = time(row.querySelector(".time-arrived"), status === "tardy" ? NaN : day.starts);
  const left = time(row.querySelector(".time-left"), status === "left_early" ? NaN : day.ends);
  return arrived < left ? meetings.reduce((sum, each) => sum + minutesBetween(each, arrived, left), 0) : null;
}

bringToLife(form, {
  minutes,
  timeField: (row, status) => row.querySelector(status === "tardy" ? ".time-arrived" : ".time-left"),
  isShort: () => false,
  hint: (status, attended) => form.dataset.textMissed.replace("#", number(form, "offered") - attended),
});
