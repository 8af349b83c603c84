"""The demo's students: the cast first, then everybody else of the high, the middle and the elementary school."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from attendance.demo.cast import ELEMENTARY, HIGH, MIDDLE, STUDENTS, state_id
from attendance.demo.names import BOYS, FAMILIES, GIRLS, HISPANIC_FAMILIES
from attendance.demo.schools import SCHOOLS
from attendance.demo.stays import Stay, stays_of

# In the shares of the county; the last is of two or more races.
RACES = ["blackOrAfricanAmerican"] * 9 + ["white"] * 8 + ["asian", "americanIndianOrAlaskaNative", "two"]
CAST_GIRLS = {"Naomie", "Ana Sofía", "Tasha", "Linh"}
HISPANIC = set(HISPANIC_FAMILIES.split())
LISTED = (HIGH, MIDDLE, ELEMENTARY)


@dataclass(frozen=True)
class Pupil:
    """One student as the files carry them, with their stays in the order of time."""

    number: int
    given_name: str
    family_name: str
    sex: str
    birth_date: date
    race: str
    hispanic: bool
    stays: tuple[Stay, ...]

    @property
    def source_id(self) -> str:
        """The student's id in every file."""
        return f"s-{self.state_id}"

    @property
    def state_id(self) -> str:
        """Nine digits."""
        return state_id(self.number)

    @property
    def name(self) -> str:
        """Family name first, as the cast is listed."""
        return f"{self.family_name} {self.given_name}"

    @property
    def home(self) -> Stay:
        """The stay in the school that the student belongs to now, or belonged to last (RD-09)."""
        return [stay for stay in self.stays if stay.primary][-1]

    def stay_on(self, day: date) -> Stay | None:
        """The stay in the student's own school on a day; None where not enrolled."""
        return next((stay for stay in self.stays if stay.primary and stay.holds_on(day)), None)

    def grade_in(self, school: str) -> str | None:
        """The grade in which the student learns in a school; None where it is not the student's own."""
        return next((stay.grade for stay in self.stays if stay.primary and stay.school == school), None)


@cache
def pupils() -> tuple[Pupil, ...]:
    """Everybody who was enrolled this year: school by school, grade by grade, the cast first."""
    random = Random("Magnolia County: people")  # noqa: S311 - the same people every time; nothing secret
    places = [
        (school, grade) for school in LISTED for grade, size in SCHOOLS[school].grades.items() for _ in range(size)
    ]
    names = _cast_names() + _invented_names(random, len(places) - len(STUDENTS))
    return tuple(
        _pupil(random, number, school, grade, name)
        for number, ((school, grade), name) in enumerate(zip(places, names, strict=True))
    )


def pupils_of(school: str) -> list[Pupil]:
    """Those for whom a school is or was their own this year."""
    return [pupil for pupil in pupils() if pupil.grade_in(school) is not None]


def _cast_names() -> list[tuple[str, str, str]]:
    split = [name.partition(" ") for name in STUDENTS]
    return [(given, family, "female" if given in CAST_GIRLS else "male") for family, _, given in split]


def _invented_names(random: Random, count: int) -> list[tuple[str, str, str]]:
    girls = [(given, family, "female") for given in GIRLS.split() for family in FAMILIES.split()]
    boys = [(given, family, "male") for given in BOYS.split() for family in FAMILIES.split()]
    names = random.sample(girls, count - count // 2) + random.sample(boys, count // 2)
    random.shuffle(names)
    return names


def _pupil(random: Random, number: int, school: str, grade: str, name: tuple[str, str, str]) -> Pupil:
    given, family, sex = name
    return Pupil(
        number,
        given,
        family,
        sex,
        _birth_date(random, grade),
        random.choice(RACES),
        family in HISPANIC,
        stays_of(number, school, grade),
    )


def _birth_date(random: Random, grade: str) -> date:
    """Fourteen before September in grade 9, and a year older in each grade after it (ST-01)."""
    years = 0 if grade == "KG" else int(grade)
    return date(2014 - years, 9, 2) + timedelta(days=random.randrange(364))


def by_source_id() -> Mapping[str, Pupil]:
    """Everybody by the id in the files."""
    return {pupil.source_id: pupil for pupil in pupils()}
