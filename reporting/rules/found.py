"""What a check of the month says when something is wrong."""

from dataclasses import dataclass
from datetime import date

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Found:
    """One finding: what is wrong, how it is mended, and the meeting or the student's day where that is done.

    `students` counts those whose days hang on it.
    """

    severity: str
    code: str
    rule: str
    message: str
    mend: str = ""
    day: date | None = None
    student_id: int | None = None
    meeting_id: int | None = None
    students: int = 0
