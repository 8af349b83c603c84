"""Each save has an id of the sender's, so that sent twice it counts once: in a header or in the body."""

from http import HTTPStatus
from uuid import UUID

from students.api.problems import Problem
from students.api.resource import Call

IDEMPOTENCY_KEY = "Idempotency-Key"
KEY_ALONE = {IDEMPOTENCY_KEY: "A UUID of your own for this save; or `submission_id` in a body of JSON."}


def submission_id(call: Call) -> UUID:
    """The sender's own id of this save. Raises Problem where there is none, or two."""
    key, field = _key(call.headers.get(IDEMPOTENCY_KEY)), call.body.pop("submission_id", None)
    if key and field and key != field:
        raise malformed(IDEMPOTENCY_KEY, "It names another save than submission_id does. Give one of them.")
    if given := key or field:
        return given
    raise malformed(IDEMPOTENCY_KEY, "Give this save an id of its own, so that sent twice it counts once: a UUID.")


def _key(text: str | None) -> UUID | None:
    try:
        return None if text is None else UUID(text.strip('"'))
    except ValueError:
        raise malformed(IDEMPOTENCY_KEY, "It is no UUID.") from None


def malformed(header: str, words: str) -> Problem:
    """A header that cannot be read."""
    return Problem(HTTPStatus.BAD_REQUEST, "malformed", f"{header}: {words}", [{"header": header, "detail": words}])
