// The page of one class: a mark is worth minutes of it, by a time or by the minutes missed.

import { minutesOf } from "./minutes.js";
import { bringToLife, number } from "./roster.js";

const form = document.getElementById("marking");
const lesson = {
  starts: number(form, "starts"),
  ends: number(form, "ends"),
  deductionStarts: number(form, "deductionStarts", 0),
  deductionEnds: number(form, "deductionEnds", 0),
  offered: number(form, "offered"),
};
const detail = (row) => row.querySelector(".pupil-detail input");

bringToLife(form, {
  minutes: (row, status) => minutesOf(status, detail(row).value, lesson),
  timeField: detail,
  isShort: (status, minutes) => status !== "absent" && minutes < number(form, "needed"),
  hint(status, minutes) {
    const text = status === "tardy" ? form.dataset.textLate : form.dataset.textEarly;
    const said = text.replace("#", lesson.offered - minutes);
    return minutes < number(form, "needed") ? `${said} · ${form.dataset.textShort}` : said;
  },
});
