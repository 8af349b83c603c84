"""Roster imports: a set is sent, planned by a worker, and applied when somebody agrees to the plan."""

import tempfile
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.parsers import BaseParser

from students.api.fields import Strict
from students.api.import_serializers import ImportSerializer, ImportWithPlanSerializer
from students.api.paging import PageQuery
from students.api.resource import Call, Resource, operation
from students.api.saves import KEY_ALONE, submission_id
from students.models import RosterRun, RunOrigin, RunStage
from students.rules.token_scopes import IMPORTS_READ, IMPORTS_WRITE
from students.selectors.import_history import check_district, import_runs
from students.selectors.roster_runs import run_in_scope
from students.selectors.slices import Slice
from students.services.dispatch import hand_to_a_worker
from students.services.imports.deciding import approve, cancel
from students.services.imports.receiving import receive
from students.services.imports.work import APPLY_TASK, PLAN_TASK

ZIP = "application/zip"
_CHUNK = 1_000_000


class ZipBody(BaseParser):
    """Keeps a zip in a file as it comes in; of one that is too large only so much that the service can say so."""

    media_type = ZIP

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> "tempfile.SpooledTemporaryFile[bytes]":
        """The file, at its beginning."""
        kept = tempfile.SpooledTemporaryFile(max_size=_CHUNK)  # noqa: SIM115 - read by the service, after this
        while kept.tell() <= settings.ROSTER_UPLOAD_LIMIT_BYTES and (chunk := stream.read(_CHUNK)):
            kept.write(chunk)
        kept.seek(0)
        return kept


class ImportsQuery(PageQuery):
    """Which imports."""

    stage = serializers.ChoiceField(RunStage.choices, required=False)
    origin = serializers.ChoiceField(RunOrigin.choices, required=False)


class UploadQuery(Strict):
    """What a set is called."""

    file_name = serializers.CharField(required=False, max_length=150, default="roster.zip")


class AgreementBody(Strict):
    """The plan that was seen, and why so much may end where it is held."""

    plan_digest = serializers.CharField(max_length=64)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=500)


class Imports(Resource):
    """The history of imports, and the door for a new one."""

    parser_classes = [ZipBody]

    @operation(IMPORTS_READ, ImportSerializer, query=ImportsQuery, refusals=(HTTPStatus.NOT_FOUND,))
    def get(self, call: Call) -> Slice[RosterRun]:
        """Roster imports, the newest first."""
        return import_runs(call.scope, **call.asked)

    @operation(
        IMPORTS_WRITE,
        ImportSerializer,
        query=UploadQuery,
        headers=KEY_ALONE,
        upload=ZIP,
        status=HTTPStatus.ACCEPTED,
        refusals=(HTTPStatus.NOT_FOUND,),
    )
    def post(self, call: Call) -> RosterRun:
        """Send a set as one zip. A worker plans it; it is applied when somebody agrees to the plan."""
        check_district(call.scope)
        run = receive(
            call.scope,
            call.body["file"],
            file_name=call.asked["file_name"],
            origin=RunOrigin.API,
            submission_id=submission_id(call),
            most_bytes=settings.ROSTER_UPLOAD_LIMIT_BYTES,
        )
        if run.is_worked_on:
            hand_to_a_worker(PLAN_TASK, run.pk)
        return run


class OneImport(Resource):
    """An import."""

    @operation(IMPORTS_READ, ImportWithPlanSerializer)
    def get(self, call: Call, run_id: int) -> RosterRun:
        """One import: its plan, what stands against it, and what became of it."""
        return run_in_scope(call.scope, run_id)


class Approve(Resource):
    """Agreeing to a plan."""

    @operation(IMPORTS_WRITE, ImportSerializer, body=AgreementBody, refusals=(HTTPStatus.CONFLICT,))
    def post(self, call: Call, run_id: int) -> RosterRun:
        """Let a plan be applied as it was seen. A held one needs a reason."""
        run = approve(call.scope, run_id, digest=call.body["plan_digest"], reason=call.body.get("reason", ""))
        if run.stage == RunStage.APPROVED:
            hand_to_a_worker(APPLY_TASK, run.pk)
        return run


class Cancel(Resource):
    """Giving a set up."""

    @operation(IMPORTS_WRITE, ImportSerializer, refusals=(HTTPStatus.CONFLICT,))
    def post(self, call: Call, run_id: int) -> RosterRun:
        """Give a set up before anything of it is written."""
        return cancel(call.scope, run_id)
