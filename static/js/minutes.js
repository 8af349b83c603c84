// What a mark is worth in minutes, as a hint while marking; the server decides anew on every save.
// A lesson is {starts, ends, deductionStarts, deductionEnds, offered}, in minutes from midnight.

const NOON = 12 * 60;

const overlap = (from, to, first, last) => Math.max(0, Math.min(to, last) - Math.max(from, first));

/** Instructional minutes of a lesson from one minute to another. */
export const minutesBetween = (lesson, from, to) =>
  overlap(from, to, lesson.starts, lesson.ends) - overlap(from, to, lesson.deductionStarts, lesson.deductionEnds);

/** A time of the lesson (10:26, 1026, 1:05 pm) in minutes from midnight, or null. */
export function momentIn(text, lesson) {
  const read = /^(\d{1,2})[:.]?(\d{2})\s*([ap])?\.?m?\.?$/i.exec(text);
  if (!read || read[1] > 23 || read[2] > 59) return null;
  const typed = Number(read[1]) * 60 + Number(read[2]);
  const half = (read[3] || "").toLowerCase();
  const morning = typed % NOON;
  const either = read[1] <= 12 ? [morning, morning + NOON] : [typed];
  const candidates = half === "a" ? [morning] : half === "p" ? [morning + NOON] : either;
  return candidates.find((each) => lesson.starts <= each && each <= lesson.ends) ?? null;
}

/** Minutes attended by a mark with what stands in its field; null while that is not known. */
export function minutesOf(status, text, lesson) {
  if (status === "present") return lesson.offered;
  if (status === "absent") return 0;
  const typed = text.trim();
  const moment = momentIn(typed, lesson);
  if (moment !== null) {
    return status === "tardy"
      ? minutesBetween(lesson, moment, lesson.ends)
      : minutesBetween(lesson, lesson.starts, moment);
  }
  if (/^\d{1,3}$/.test(typed) && Number(typed) <= lesson.offered) return lesson.offered - Number(typed);
  return null;
}

/** A minute of the lesson as a field shows it, on the clock of twelve hours. */
export const asTyped = (minute) => `${((Math.floor(minute / 60) + 11) % 12) + 1}:${String(minute % 60).padStart(2, "0")}`;
