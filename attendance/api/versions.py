"""Which version was read, and which save this is: in a header or in the body."""

import re
from http import HTTPStatus
from uuid import UUID

from students.api.problems import Problem
from students.api.resource import Call

IF_MATCH, IDEMPOTENCY_KEY = "If-Match", "Idempotency-Key"
HEADERS = {
    IF_MATCH: "The ETag of the class meeting as it was read; or `version` in the body.",
    IDEMPOTENCY_KEY: "A UUID of your own for this save; or `submission_id` in the body.",
}
KEY_ALONE = {IDEMPOTENCY_KEY: HEADERS[IDEMPOTENCY_KEY]}


def submission_id(call: Call) -> UUID:
    """The sender's own id of this save. Raises Problem where there is none, or two."""
    key, field = _key(call.headers.get(IDEMPOTENCY_KEY)), call.body.pop("submission_id", None)
    if key and field and key != field:
        raise _malformed(IDEMPOTENCY_KEY, "It names another save than submission_id does. Give one of them.")
    if given := key or field:
        return given
    raise _malformed(IDEMPOTENCY_KEY, "Give this save an id of its own, so that sent twice it counts once: a UUID.")


def _key(text: str | None) -> UUID | None:
    try:
        return None if text is None else UUID(text.strip('"'))
    except ValueError:
        raise _malformed(IDEMPOTENCY_KEY, "It is no UUID.") from None


def version_read(call: Call) -> int:
    """The version that was read. Raises Problem (428) where there is none: a blind save would undo another's."""
    tag, field = _tag(call.headers.get(IF_MATCH)), call.body.pop("version", None)
    if tag is not None and field is not None and tag != field:
        raise _malformed(IF_MATCH, "It names another version than the body does. Give one of them.")
    if tag is None and field is None:
        words = "Say which version you read: its ETag as If-Match, or version in the body."
        raise Problem(HTTPStatus.PRECONDITION_REQUIRED, "version-missing", words)
    return field if tag is None else tag


def stale_status(call: Call) -> HTTPStatus:
    """412 for a version in the header, 409 for one in the body."""
    return HTTPStatus.PRECONDITION_FAILED if IF_MATCH in call.headers else HTTPStatus.CONFLICT


def _tag(text: str | None) -> int | None:
    if text is None:
        return None
    if read := re.fullmatch(r'"(\d{1,9})"', text.strip()):
        return int(read[1])
    raise _malformed(IF_MATCH, 'It is no ETag of a class meeting. One looks like "3".')


def _malformed(header: str, words: str) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, "malformed", f"{header}: {words}", [{"header": header, "detail": words}])
