"""What a token may be allowed to do, and how long it may live. A token never gives more than its person has."""

from datetime import datetime, timedelta

ROSTERS_READ = "rosters:read"
ATTENDANCE_READ = "attendance:read"
ATTENDANCE_WRITE = "attendance:write"
CALENDAR_READ = "calendar:read"
IMPORTS_READ = "imports:read"
IMPORTS_WRITE = "imports:write"
LMS_WRITE = "lms:write"

TOKEN_SCOPES = {
    ROSTERS_READ: "Read rosters: schools, classes, students, teachers and enrollments",
    ATTENDANCE_READ: "Read attendance: class meetings, marks, days and how they came about",
    ATTENDANCE_WRITE: "Write attendance: mark classes, void and restore them, enter excuses",
    CALENDAR_READ: "Read school calendars",
    IMPORTS_READ: "Read roster imports: what they changed, and what was wrong",
    IMPORTS_WRITE: "Send and confirm roster imports",
    LMS_WRITE: "Send what students did in the LMS",
}

# A forgotten token must die by itself: a school year is the longest that a program needs one for.
LONGEST_LIFE = timedelta(days=366)


def expires_in_time(created_at: datetime, expires_at: datetime) -> bool:
    """Whether a token ends after it began and within a year of it."""
    return created_at < expires_at <= created_at + LONGEST_LIFE
