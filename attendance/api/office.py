"""The front office: entered, listed and withdrawn by those who keep it, by the services of the pages."""

from http import HTTPStatus

from attendance.api.office_bodies import (
    OfficeEntryBody,
    OfficeEntrySerializer,
    OfficeEventSerializer,
    OfficeQuery,
    OfficeWithdrawalBody,
    WithdrawnSerializer,
)
from attendance.models import OfficeEvent
from attendance.selectors.office_events import office_events
from attendance.services.office import Recorded, record_entry, withdraw_entry
from students.api.resource import Call, Resource, operation
from students.api.saves import KEY_ALONE, submission_id
from students.rules.token_scopes import ATTENDANCE_READ, ATTENDANCE_WRITE
from students.selectors.slices import Slice


class OfficeEvents(Resource):
    """What offices know."""

    @operation(ATTENDANCE_READ, OfficeEventSerializer, query=OfficeQuery)
    def get(self, call: Call) -> Slice[OfficeEvent]:
        """What the offices that you keep entered of today, or of the days asked for; withdrawn events too."""
        return office_events(call.scope, **call.asked)


class OfficeEntries(Resource):
    """The entries of a school's office."""

    @operation(
        ATTENDANCE_WRITE, OfficeEntrySerializer, body=OfficeEntryBody, headers=KEY_ALONE, status=HTTPStatus.CREATED
    )
    def post(self, call: Call, school_id: int) -> Recorded:
        """Enter one thing of one student or of many; the days are judged anew. Sent twice it is entered once."""
        return record_entry(
            call.scope, school_id, call.body.pop("student_ids"), submission_id=submission_id(call), **call.body
        )


class OfficeWithdrawal(Resource):
    """Withdrawing an entry."""

    @operation(ATTENDANCE_WRITE, WithdrawnSerializer, body=OfficeWithdrawalBody)
    def post(self, call: Call, entry_id: int) -> dict[str, int]:
        """Withdraw an entry, visibly, for all of its students or for one; the days are judged anew."""
        given = call.body
        students = withdraw_entry(call.scope, entry_id, reason=given["reason"], student_id=given.get("student_id"))
        return {"students": students}
