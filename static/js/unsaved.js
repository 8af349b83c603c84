// Forms that are sent once, and are not left by accident while something in them is unsaved.

const state = (form) => new URLSearchParams(new FormData(form)).toString();

/** Guard a form; `isUnsaved` where it already holds what no save has taken. */
export function guard(form, { isUnsaved }) {
  const saved = isUnsaved ? null : state(form);
  let isSending = false;
  form.addEventListener("submit", (event) => {
    if (isSending) event.preventDefault();
    isSending = true;
  });
  addEventListener("beforeunload", (event) => {
    if (!isSending && state(form) !== saved) event.preventDefault();
  });
  // Back from the next page to a form that was sent: it must be asked for anew, or it would count as the same save.
  addEventListener("pageshow", (event) => {
    if (event.persisted && isSending) location.reload();
  });
}
