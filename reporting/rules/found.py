"""What a check of the month says when something is wrong."""

from dataclasses import dataclass
from datetime import date

from reporting.rules.kind import ERROR as ERROR
from reporting.rules.kind import WARNING as WARNING
from reporting.rules.kinds import KINDS


@dataclass(frozen=True)
class Found:
    """One finding: what is wrong, how it is mended, and the class, week or student's day where that is done.

    `students` counts those whose days hang on it. Raises ValueError for a kind that the list does not know as said
    here: whether a month is blocked is written in one place (RD-71).
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
    section_id: int | None = None

    def __post_init__(self) -> None:
        """Hold the finding to the list."""
        kind = KINDS.get(self.code)
        if kind is None or (kind.severity, kind.rule) != (self.severity, self.rule):
            raise ValueError(f"{self.code} is not listed as {self.severity} by {self.rule or 'no rule'}.")
