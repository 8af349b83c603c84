"""The schools of the demo district, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from attendance.demo.bells import BELLS, INSTRUCTION, REGULAR, Bell
from attendance.demo.cast import DISTRICT_CODE, ELEMENTARY, HIGH, MIDDLE, SCHOOL_CODE, SCHOOL_NAME
from attendance.rules.minutes import MIDNIGHT, Span


@dataclass(frozen=True, eq=False)
class DemoSchool:
    """One school: students by grade, and the names that its days take in turn (none: every day is alike)."""

    source_id: str
    name: str
    code: str
    grades: Mapping[str, int]
    rotation: Sequence[str] = ()

    @property
    def identifier(self) -> str:
        """The state's `dddd-sss`."""
        return f"{DISTRICT_CODE}-{self.code}"

    @property
    def bells(self) -> Mapping[str, Sequence[Bell]]:
        """Its bell schedules by name."""
        return BELLS[self.source_id]

    @cached_property
    def classes(self) -> Sequence[Bell]:
        """The periods of instruction of a regular day, in order."""
        return [bell for bell in self.bells[REGULAR] if bell.kind in INSTRUCTION]

    @property
    def periods(self) -> Sequence[str]:
        """Their names."""
        return [bell.period for bell in self.classes]

    @property
    def opens(self) -> int:
        """The minute at which a regular day's first class starts."""
        return self.classes[0].times.span.starts

    @property
    def closes(self) -> int:
        """The minute at which a regular day's last class ends."""
        return self.classes[-1].times.span.ends

    def minutes(self, *, since: int = 0, until: int = MIDNIGHT) -> int:
        """Instructional minutes of a regular day between two minutes of it."""
        return sum(bell.times.instructional_minutes_in([Span(since, until)]) for bell in self.classes)


# By their ids, in the order in which children go through them.
SCHOOLS = {
    school.source_id: school
    for school in (
        DemoSchool(
            ELEMENTARY,
            "Oakdale Elementary School",
            "004",
            {"KG": 60, "01": 63, "02": 62, "03": 66, "04": 64, "05": 65},
            ("A", "B", "C", "D"),
        ),
        DemoSchool(MIDDLE, "Carver Middle School", "006", {"06": 123, "07": 119, "08": 118}),
        DemoSchool(HIGH, SCHOOL_NAME, SCHOOL_CODE, {"09": 130, "10": 114, "11": 109, "12": 107}, ("A", "B")),
    )
}
