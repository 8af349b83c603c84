// A board that moves by itself while somebody looks at it. It asks with the version it shows; htmx puts in what moved and
// keeps the focus, since all that can have it has an id. Without this the page has a link that asks anew.

const live = document.getElementById("live");
const EVERY = Number(live.dataset.every ?? 15_000); // milliseconds
const asOf = document.getElementById("as-of");
const counts = () => document.getElementById("board-counts");
const asOfText = (instant) => live.dataset.textAsOf.replace("#", instant);
let said = counts().dataset.said;
let lastKnown = asOf.textContent.replace(asOfText(""), "").trim();

function ask() {
  if (!document.hidden) live.dispatchEvent(new Event("ask"));
}

/** A screen reader hears of counts that changed, and of nothing else. */
function tell() {
  if (counts().dataset.said === said) return;
  said = counts().dataset.said;
  document.getElementById("live-said").textContent = said;
}

/** Every answer says as of when it speaks; what does not is no answer of the board. */
function note(instant) {
  asOf.classList.toggle("status-late", !instant);
  lastKnown = instant ?? lastKnown;
  asOf.textContent = instant ? asOfText(instant) : live.dataset.textCutOff.replace("#", lastKnown);
  if (instant) tell();
}

live.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["If-None-Match"] = counts().dataset.version;
});
live.addEventListener("htmx:afterRequest", (event) => note(event.detail.xhr.getResponseHeader("As-Of")));
document.addEventListener("visibilitychange", ask);
setInterval(ask, EVERY);
