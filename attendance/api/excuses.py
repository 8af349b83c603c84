"""Excuses: entered and withdrawn by those who keep them."""

from http import HTTPStatus

from attendance.api.bodies import ExcuseBody, ExcuseSerializer, ReasonBody
from attendance.models import Excuse
from attendance.services.excuses import enter_excuse, withdraw_excuse
from students.api.resource import Call, Resource, operation
from students.api.saves import KEY_ALONE, submission_id
from students.rules.token_scopes import ATTENDANCE_WRITE


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
