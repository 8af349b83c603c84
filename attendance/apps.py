"""The attendance app: calendars, class meetings, marks and the daily ledger."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """Attendance, from the bell to the day's verdict."""

    name = "attendance"

    def ready(self) -> None:
        """Register access rules, what is kept, the district's files and checkups; listen for roster changes."""
        from attendance import access, imports, kept_records, roster_news  # noqa: F401
        from attendance.services import checkups  # noqa: F401
