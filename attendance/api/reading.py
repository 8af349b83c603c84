"""Class meetings, rosters of a day, the ledger with its explanations, and calendars: read."""

from datetime import date

from attendance.api.explanation import ExplanationSerializer
from attendance.api.queries import CalendarQuery, LedgerQuery, MeetingsQuery, RosterQuery
from attendance.api.serializers import (
    CalendarDaySerializer,
    DaySerializer,
    MeetingSerializer,
    MeetingWithMarksSerializer,
    RosterLineSerializer,
)
from attendance.models import CalendarDay, ClassMeeting, DailyAttendance
from attendance.selectors.calendar_days import calendar_days
from attendance.selectors.class_meetings import class_meetings
from attendance.selectors.daily_attendance import daily_attendance
from attendance.selectors.explanation import Explanation, explain_day
from attendance.selectors.meeting_page import meeting_page
from attendance.selectors.roster import section_roster
from students.api.resource import Answer, Call, Resource, operation
from students.models import Student
from students.rules.token_scopes import ATTENDANCE_READ, CALENDAR_READ, ROSTERS_READ
from students.selectors.slices import Slice


class ClassMeetings(Resource):
    """A list of class meetings."""

    @operation(ATTENDANCE_READ, MeetingSerializer, query=MeetingsQuery)
    def get(self, call: Call) -> Slice[ClassMeeting]:
        """Class meetings in scope, of today or of the days asked for."""
        return class_meetings(call.scope, **call.asked)


class OneClassMeeting(Resource):
    """A class meeting."""

    @operation(ATTENDANCE_READ, MeetingWithMarksSerializer)
    def get(self, call: Call, meeting_id: int) -> Answer:
        """One class meeting with its roster and marks. The ETag is its version, for `If-Match` when marking it."""
        page = meeting_page(call.scope, meeting_id)
        return Answer(page, {"ETag": f'"{page.version}"'})


class Roster(Resource):
    """The roster of a class."""

    @operation(ROSTERS_READ, RosterLineSerializer, query=RosterQuery, many=True)
    def get(self, call: Call, section_id: int) -> Slice[Student]:
        """Who is on the roster of a class on a day, by name; all on one page."""
        return Slice(section_roster(call.scope, section_id, call.asked.get("on") or call.scope.today), None)


class DailyAttendances(Resource):
    """Rows of the ledger."""

    @operation(ATTENDANCE_READ, DaySerializer, query=LedgerQuery)
    def get(self, call: Call) -> Slice[DailyAttendance]:
        """The days of students in scope, as the ledger has them."""
        return daily_attendance(call.scope, **call.asked)


class DayExplanation(Resource):
    """The working of a day."""

    @operation(ATTENDANCE_READ, ExplanationSerializer)
    def get(self, call: Call, student_id: int, day: date) -> Explanation:
        """How one student's day came about: each class, its minutes, the rules, the verdict."""
        return explain_day(call.scope, student_id, day)


class CalendarDays(Resource):
    """Days of school calendars."""

    @operation(CALENDAR_READ, CalendarDaySerializer, query=CalendarQuery)
    def get(self, call: Call) -> Slice[CalendarDay]:
        """Calendar days of schools in scope."""
        return calendar_days(call.scope, **call.asked)
