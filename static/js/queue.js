// The queue by keyboard, and a call logged where its case stands. Without it the same things are links and forms.

const list = document.getElementById("queue");
const rows = () => [...list.querySelectorAll("[data-row]")];
const boxes = () => [...list.querySelectorAll(".case-choose input")];
const opener = (row) => row.querySelector("[data-open]");

function step(row, by) {
  const all = rows();
  const next = all[all.indexOf(row) + by];
  if (!next) return;
  opener(next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function closePanel(row) {
  row.querySelector(".case-call").replaceChildren();
  row.querySelector("[data-call]").focus();
}

// Where no field is typed into, and within the list alone: so the letters stay a screen reader's elsewhere.
const isTyping = (target) => target.matches("input:not([type=checkbox]), textarea, select");

function onKey(event) {
  const row = event.target.closest("[data-row]");
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") closePanel(row);
  else if (isTyping(event.target)) return;
  else if (event.key === "j" || event.key === "ArrowDown") step(row, 1);
  else if (event.key === "k" || event.key === "ArrowUp") step(row, -1);
  else if (event.key === "c") row.querySelector("[data-call]").click();
  else if (event.key === "x") row.querySelector(".case-choose input").click();
  else return;
  event.preventDefault();
}

function countChosen() {
  const chosen = boxes().filter((box) => box.checked).length;
  document.getElementById("chosen-count").textContent = chosen ? `(${chosen})` : "";
  document.getElementById("hand-over").classList.toggle("is-at-hand", chosen > 0);
}

function sayFailed(event) {
  const row = event.target.closest("[data-row]");
  if (row) row.querySelector(".case-call").textContent = list.dataset.textFailed;
}

/** What was refused comes back as the form with its reason; what is gone, as a case closed meanwhile, is said in its row. */
function onAnswer(event) {
  const { status } = event.detail.xhr;
  if (status < 400) return;
  event.detail.isError = false;
  event.detail.shouldSwap = status === 422;
  if (status !== 422) sayFailed(event);
}

/** A row that came anew takes the focus of the one it replaces. */
function onSwap(event) {
  const row = event.detail.elt;
  if (row.matches?.("[data-row]")) opener(row).focus({ preventScroll: true });
  countChosen();
}

if (list) {
  const all = document.getElementById("choose-all");
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    countChosen();
  });
  list.addEventListener("change", countChosen);
  list.addEventListener("keydown", onKey);
  document.body.addEventListener("htmx:beforeSwap", onAnswer);
  document.body.addEventListener("htmx:load", onSwap);
  document.body.addEventListener("htmx:sendError", sayFailed);
  if (matchMedia("(hover: hover) and (pointer: fine)").matches) opener(rows()[0]).focus({ preventScroll: true });
}
