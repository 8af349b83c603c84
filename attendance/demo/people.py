"""The demo's students and their stays in the school."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from attendance.demo.cast import STUDENTS, YEAR_STARTS, state_id
from attendance.demo.names import BOYS, FAMILIES, GIRLS, HISPANIC_FAMILIES

GRADE_SIZES = {"09": 123, "10": 102, "11": 98, "12": 97}
CAST_GRADE = "09"
# In the shares of the county; the last is of two or more races.
RACES = ["blackOrAfricanAmerican"] * 9 + ["white"] * 8 + ["asian", "americanIndianOrAlaskaNative", "two"]
CAST_GIRLS = {"Naomie", "Ana Sofía", "Tasha", "Linh"}


@dataclass(frozen=True)
class Stay:
    """One enrollment; the last day is the last session day, None where it goes on."""

    starts_on: date
    entry_code: str
    ends_on: date | None = None
    exit_code: str = ""


@dataclass(frozen=True)
class Pupil:
    """One student as the files carry them, with their stays in the order of time."""

    number: int
    given_name: str
    family_name: str
    sex: str
    grade: str
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

    def attends_on(self, day: date) -> bool:
        """Whether the student is enrolled on a day."""
        return any(stay.starts_on <= day and (stay.ends_on is None or day <= stay.ends_on) for stay in self.stays)


WHOLE_YEAR = (Stay(YEAR_STARTS, "E1"),)

# By the student's place in the list: who came late, who left, and who came back.
COMINGS_AND_GOINGS = {
    4: (Stay(date(2020, 9, 8), "E6"),),
    31: (Stay(date(2020, 8, 17), "E3"),),
    47: (Stay(date(2020, 8, 24), "E4"),),
    78: (Stay(date(2020, 9, 21), "E4"),),
    95: (Stay(date(2020, 10, 5), "E9"),),
    140: (Stay(date(2020, 8, 19), "E6"),),
    166: (Stay(date(2020, 8, 31), "E5"),),
    203: (Stay(date(2020, 9, 28), "E3"),),
    251: (Stay(date(2020, 10, 19), "E6"),),
    298: (Stay(date(2020, 8, 26), "E4"),),
    344: (Stay(date(2020, 9, 14), "E4"),),
    52: (Stay(YEAR_STARTS, "E1", date(2020, 8, 28), "T2"),),
    88: (Stay(YEAR_STARTS, "E1", date(2020, 9, 25), "T5"),),
    121: (Stay(YEAR_STARTS, "E1", date(2020, 9, 11), "T8"),),
    177: (Stay(YEAR_STARTS, "E1", date(2020, 10, 16), "T3"),),
    219: (Stay(YEAR_STARTS, "E1", date(2020, 8, 21), "T4"),),
    266: (Stay(YEAR_STARTS, "E1", date(2020, 10, 23), "T3"),),
    311: (Stay(YEAR_STARTS, "E1", date(2020, 10, 2), "T8"),),
    369: (Stay(YEAR_STARTS, "E1", date(2020, 9, 30), "T7"),),
    401: (Stay(YEAR_STARTS, "E1", date(2020, 10, 13), "D18"),),
    64: (Stay(YEAR_STARTS, "E1", date(2020, 8, 31), "T8"), Stay(date(2020, 9, 21), "R1")),
}


def pupils() -> list[Pupil]:
    """Everybody who was enrolled this year: the cast first, the rest of grade 9, then grades 10, 11 and 12."""
    random = Random("Lincoln High School: people")  # noqa: S311 - the same school every time; nothing secret
    grades = [grade for grade, size in GRADE_SIZES.items() for _ in range(size)]
    names = _cast_names() + _invented_names(random, len(grades) - len(STUDENTS))
    return [_pupil(random, number, grade, name) for number, (grade, name) in enumerate(zip(grades, names, strict=True))]


def _cast_names() -> list[tuple[str, str, str]]:
    split = [name.partition(" ") for name in STUDENTS]
    return [(given, family, "female" if given in CAST_GIRLS else "male") for family, _, given in split]


def _invented_names(random: Random, count: int) -> list[tuple[str, str, str]]:
    girls = [(given, family, "female") for given in GIRLS.split() for family in FAMILIES.split()]
    boys = [(given, family, "male") for given in BOYS.split() for family in FAMILIES.split()]
    names = random.sample(girls, count - count // 2) + random.sample(boys, count // 2)
    random.shuffle(names)
    return names


def _pupil(random: Random, number: int, grade: str, name: tuple[str, str, str]) -> Pupil:
    given, family, sex = name
    # Fourteen before September in grade 9, and a year older in each grade after it (ST-01).
    birth_date = date(2005 - (int(grade) - 9), 9, 2) + timedelta(days=random.randrange(364))
    return Pupil(
        number,
        given,
        family,
        sex,
        grade,
        birth_date,
        random.choice(RACES),
        family in HISPANIC_FAMILIES.split(),
        COMINGS_AND_GOINGS.get(number, WHOLE_YEAR),
    )
