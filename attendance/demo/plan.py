"""The demo's learning plan: what the sources say, as the board adopted it with the calendars (MS-18)."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from attendance.demo.cast import DISTRICT_ADMINISTRATOR, YEAR_STARTS
from attendance.models import LearningPlan
from students.access import Scope
from students.models import User


def adopt_learning_plan(scope: Scope) -> None:
    """The plan of all schools and grades; it judges no day otherwise than the standard one does."""
    LearningPlan.objects.create(
        starts_on=YEAR_STARTS,
        entered_by=User.objects.get(username=DISTRICT_ADMINISTRATOR.username),
        entered_at=datetime.combine(YEAR_STARTS, time(9), ZoneInfo(scope.zone)),
        reason="Minutes of the board, July 13, 2020, item 8",
    )
