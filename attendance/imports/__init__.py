"""What attendance adds to the roster import: calendar, bells, meetings and modes, in the one plan."""

from attendance.imports.bells import plan_bells, read_bells
from attendance.imports.calendar import plan_calendar, read_calendar, session_days
from attendance.imports.files import FILES
from attendance.imports.meetings import plan_meetings, read_meetings
from attendance.imports.modes import plan_modes, read_modes
from attendance.imports.usage import release, still_used, taken_without
from students.oneroster import registry
from students.oneroster.draft import Draft
from students.oneroster.plan import Plan


def _read(draft: Draft) -> None:
    for read in (read_bells, read_calendar, read_meetings, read_modes):
        read(draft)


def _plan(draft: Draft, plan: Plan) -> None:
    for each in (plan_bells, plan_calendar, plan_meetings, plan_modes):
        each(draft, plan)


registry.register(
    registry.Extension(
        files=FILES,
        read=_read,
        plan=_plan,
        session_days=session_days,
        still_used=still_used,
        taken_without=taken_without,
        release=release,
    )
)
