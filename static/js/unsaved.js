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
  // Back from the next page: the browser shows this one as it was left.
  addEventListener("pageshow", (event) => {
    if (event.persisted) isSending = false;
  });
}
