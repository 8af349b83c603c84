"""Excuses: entered, documented, decided and withdrawn by those who keep them."""

import tempfile
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from rest_framework.parsers import BaseParser

from attendance.api.bodies import DecisionBody, DocumentQuery, ExcuseBody, ExcuseSerializer, ReasonBody
from attendance.api.explanation import DocumentSerializer
from attendance.models import Excuse
from attendance.rules.document_content import ENDINGS
from attendance.selectors.documents import DocumentLine, documents_of
from attendance.services.document_intake import Upload
from attendance.services.excuse_decisions import decide_excuse
from attendance.services.excuse_documents import add_documents, open_document
from attendance.services.excuses import enter_excuse, withdraw_excuse
from students.api.resource import AsAsked, Call, File, Resource, operation
from students.api.saves import KEY_ALONE, submission_id
from students.rules.token_scopes import ATTENDANCE_READ, ATTENDANCE_WRITE
from students.selectors.slices import Slice

BYTES = "application/octet-stream"
_CHUNK = 1_000_000


class DocumentBody(BaseParser):
    """Keeps a document as it comes in; of one that is too large only so much that the service can say so."""

    media_type = BYTES

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> "tempfile.SpooledTemporaryFile[bytes]":
        """The file, at its beginning."""
        kept = tempfile.SpooledTemporaryFile(max_size=_CHUNK)  # noqa: SIM115 - read by the service, after this
        while kept.tell() <= settings.DOCUMENT_LIMIT_BYTES and (chunk := stream.read(_CHUNK)):
            kept.write(chunk)
        kept.seek(0)
        return kept


class Excuses(Resource):
    """The excuses of a student."""

    @operation(ATTENDANCE_WRITE, ExcuseSerializer, body=ExcuseBody, headers=KEY_ALONE, status=HTTPStatus.CREATED)
    def post(self, call: Call, student_id: int) -> Excuse:
        """Enter an excuse; the days are judged anew. Sent twice it is entered once."""
        return enter_excuse(call.scope, student_id, submission_id=submission_id(call), **call.body)


class Withdrawal(Resource):
    """Withdrawing an excuse."""

    @operation(ATTENDANCE_WRITE, ExcuseSerializer, body=ReasonBody)
    def post(self, call: Call, excuse_id: int) -> Excuse:
        """Withdraw an excuse, visibly; the days are judged anew."""
        return withdraw_excuse(call.scope, excuse_id, reason=call.body["reason"])


class Decision(Resource):
    """Deciding an excuse."""

    @operation(ATTENDANCE_WRITE, ExcuseSerializer, body=DecisionBody, refusals=(HTTPStatus.CONFLICT,))
    def post(self, call: Call, excuse_id: int) -> Excuse:
        """Accept or refuse an excuse, or hold it; the days are judged anew. The policy says what may be accepted."""
        return decide_excuse(call.scope, excuse_id, **call.body)


class OneDocument(Resource):
    """A document on file."""

    renderer_classes = [AsAsked]

    @operation(ATTENDANCE_READ, download=tuple(ENDINGS), refusals=(HTTPStatus.UNPROCESSABLE_ENTITY,))
    def get(self, call: Call, document_id: int) -> File:
        """The document's bytes, for those who may know reasons (RD-60). That it was opened, and by whom, is kept."""
        opened = open_document(call.scope, document_id)
        return File(opened.stream, opened.content_type, opened.save_as)


class ExcuseDocuments(Resource):
    """The documents of an excuse."""

    parser_classes = [DocumentBody]

    @operation(ATTENDANCE_READ, DocumentSerializer, many=True)
    def get(self, call: Call, excuse_id: int) -> Slice[DocumentLine]:
        """The documents on file, for those who may know reasons (RD-60)."""
        return Slice(list(documents_of(call.scope, excuse_id)), None)

    @operation(
        ATTENDANCE_WRITE,
        ExcuseSerializer,
        query=DocumentQuery,
        headers=KEY_ALONE,
        upload=BYTES,
        status=HTTPStatus.CREATED,
    )
    def post(self, call: Call, excuse_id: int) -> Excuse:
        """Add a document: its bytes are the body, PDF, JPEG, PNG or HEIC. Without a body it was seen on paper."""
        sent, asked = call.body["file"], call.asked
        has_bytes = bool(sent.read(1))
        sent.seek(0)
        return add_documents(
            call.scope,
            excuse_id,
            submission_id=submission_id(call),
            kind=asked["kind"],
            seen_on=asked.get("seen_on"),
            uploads=[Upload(asked["file_name"], sent)] if has_bytes else [],
        )
