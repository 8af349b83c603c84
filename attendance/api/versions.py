"""Which version of a class was read: in a header or in the body."""

import re
from http import HTTPStatus

from students.api.problems import Problem
from students.api.resource import Call
from students.api.saves import KEY_ALONE, malformed

IF_MATCH = "If-Match"
HEADERS = {IF_MATCH: "The ETag of the class meeting as it was read; or `version` in the body."} | KEY_ALONE


def version_read(call: Call) -> int:
    """The version that was read. Raises Problem (428) where there is none: a blind save would undo another's."""
    tag, field = _tag(call.headers.get(IF_MATCH)), call.body.pop("version", None)
    if tag is not None and field is not None and tag != field:
        raise malformed(IF_MATCH, "It names another version than the body does. Give one of them.")
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
    raise malformed(IF_MATCH, 'It is no ETag of a class meeting. One looks like "3".')
