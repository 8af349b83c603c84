"""Marking, voiding and restoring: the services of the pages, with their words."""

from http import HTTPStatus
from typing import Any

from attendance.api.bodies import MarksBody, ReasonBody, SavedSerializer, VoidedSerializer
from attendance.api.refusals import bad_entries
from attendance.api.serializers import MeetingWithMarksSerializer
from attendance.api.versions import HEADERS, stale_status, version_read
from attendance.selectors.meeting_page import meeting_page
from attendance.services.marking import MarkEntry, save_marks
from attendance.services.taking import BadEntries
from attendance.services.voiding import Voided, restore_meeting, void_meeting
from students.api.problems import Problem
from students.api.resource import Answer, Call, Resource, operation
from students.api.saves import submission_id
from students.refusals import Stale
from students.rules.token_scopes import ATTENDANCE_WRITE

_MARKING = (HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)


class Marks(Resource):
    """The marks of a class meeting."""

    @operation(ATTENDANCE_WRITE, SavedSerializer, body=MarksBody, headers=HEADERS, refusals=_MARKING)
    def put(self, call: Call, meeting_id: int) -> Answer:
        """Mark a class: every student on its roster. Stale saves come back with `current`, as it stands."""
        entries = [_entry(given) for given in call.body["marks"]]
        try:
            saved = save_marks(
                call.scope,
                meeting_id,
                submission_id=submission_id(call),
                version=version_read(call),
                entries=entries,
                reason=call.body.get("reason", ""),
                on_paper_by=call.body.get("on_paper_by", ""),
                opening=call.body.get("opening", ""),
            )
        except Stale as stale:
            raise _stale(call, meeting_id, stale) from None
        except BadEntries as bad:
            raise bad_entries(bad, [each.student_id for each in entries]) from None
        return Answer(saved, {"ETag": f'"{saved.version}"'})


def _entry(given: dict[str, Any]) -> MarkEntry:
    return MarkEntry(
        given["student_id"],
        given["status"],
        minutes=given.get("minutes_attended"),
        arrived_at=given.get("arrived_at"),
        left_at=given.get("left_at"),
    )


def _stale(call: Call, meeting_id: int, stale: Stale) -> Problem:
    """What stands now is shown beside the refusal, so that the sender can lay the two side by side."""
    page = meeting_page(call.scope, meeting_id)
    current = MeetingWithMarksSerializer(page, context={"scope": call.scope}).data
    headers = {"ETag": f'"{page.version}"'}
    return Problem(stale_status(call), "stale", str(stale), headers=headers, more={"current": current})


class Void(Resource):
    """Voiding a class."""

    @operation(ATTENDANCE_WRITE, VoidedSerializer, body=ReasonBody)
    def post(self, call: Call, meeting_id: int) -> Voided:
        """Take a class that was not held out of what is required (RD-03); an administrator's, with a reason."""
        return void_meeting(call.scope, meeting_id, reason=call.body["reason"])


class Restore(Resource):
    """Restoring a class."""

    @operation(ATTENDANCE_WRITE, VoidedSerializer)
    def post(self, call: Call, meeting_id: int) -> Voided:
        """Undo a void: the class is as it was, its marks too."""
        return restore_meeting(call.scope, meeting_id)
