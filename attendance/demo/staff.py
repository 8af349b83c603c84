"""The demo's teachers: four of core subjects in each grade of the upper schools, homerooms in the lower, electives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.demo.cast import ELEMENTARY, HIGH, HOMEROOM_TEACHER, MIDDLE, TEACHER


@dataclass(frozen=True, eq=False)
class Teacher:
    """Somebody who teaches one course, in one room."""

    given_name: str
    family_name: str
    course: str
    room: str

    @property
    def username(self) -> str:
        """The family name, as the district makes its accounts."""
        return self.family_name.lower().replace(" ", "")

    @property
    def source_id(self) -> str:
        """The person's id in every file."""
        return f"t-{self.username}"

    @property
    def course_name(self) -> str:
        """The course as ids carry it."""
        return self.course.lower().replace(" ", "-").replace("&", "and").replace(":", "").replace(".", "")


@dataclass(frozen=True)
class Substitute:
    """Somebody who takes all classes of a teacher for some days, both inclusive."""

    person: Teacher
    absent: Teacher
    first: date
    last: date


@dataclass(frozen=True)
class Principal:
    """The head of a school without an account that the demo tells."""

    username: str
    given_name: str
    family_name: str


# In the order of the day's core slots: mathematics, English, science, social studies.
CORE: Mapping[str, Sequence[Teacher]] = {
    "06": [
        Teacher("Regina", "Alford", "Mathematics 6", "A1"),
        Teacher("Thomas", "Bankston", "English 6", "A2"),
        Teacher("Jocelyn", "Cuevas", "Science 6", "A3"),
        Teacher("Wendell", "Dearman", "World Geography", "A4"),
    ],
    "07": [
        Teacher("Felicia", "Eubanks", "Mathematics 7", "B1"),
        Teacher("Patrick", "Favre", "English 7", "B2"),
        Teacher("Mei", "Guan", "Science 7", "B3"),
        Teacher("Rodney", "Hathorn", "Civics", "B4"),
    ],
    "08": [
        Teacher("Yvette", "Ingram", "Pre-Algebra", "C1"),
        Teacher("Calvin", "Jolly", "English 8", "C2"),
        Teacher("Beatriz", "Kuri", "Science 8", "C3"),
        Teacher("Norman", "Lott", "U.S. History to 1877", "C4"),
    ],
    "09": [
        Teacher(TEACHER.given_name, TEACHER.family_name, "Algebra I", "104"),
        Teacher("Marcus", "Tate", "English I", "106"),
        Teacher("Priscilla", "Ladner", "Physical Science", "121"),
        Teacher("Curtis", "Weathersby", "Mississippi Studies", "110"),
    ],
    "10": [
        Teacher("Harold", "Beckett", "Geometry", "204"),
        Teacher("Denise", "Fontaine", "English II", "206"),
        Teacher("Anh", "Pham", "Biology I", "123"),
        Teacher("Leroy", "Sumrall", "World History", "210"),
    ],
    "11": [
        Teacher("Yolanda", "Pryor", "Algebra II", "214"),
        Teacher("Katherine", "Moss", "English III", "216"),
        Teacher("Gerald", "Tubby", "Chemistry", "125"),
        Teacher("Alma", "Reyna", "U.S. History", "218"),
    ],
    "12": [
        Teacher("Vincent", "Lacoste", "Statistics", "224"),
        Teacher("Bernice", "Hargrove", "English IV", "226"),
        Teacher("Ruth", "Abernathy", "Anatomy and Physiology", "127"),
        Teacher("Samuel", "Kincaid", "U.S. Government", "228"),
    ],
}

ELECTIVES: Mapping[str, Sequence[Teacher]] = {
    MIDDLE: [
        Teacher("Shanice", "Mabry", "Art", "D1"),
        Teacher("Gregory", "Nash", "Beginning Band", "D2"),
        Teacher("Angela", "Overstreet", "Choir", "D3"),
        Teacher("Brent", "Pace", "Physical Education", "Gym"),
        Teacher("Monique", "Quarles", "Cyber Foundations", "D4"),
        Teacher("Ignacio", "Rueda", "Exploring Spanish", "D5"),
        Teacher("Tamara", "Sessums", "Career Exploration", "D6"),
    ],
    HIGH: [
        Teacher("Inés", "Calderón", "Spanish I", "131"),
        Teacher("Théo", "Marchand", "French I", "132"),
        Teacher("Loretta", "Bynum", "Visual Arts I", "140"),
        Teacher("Dwight", "Pickering", "Band", "138"),
        Teacher("Carla", "Stovall", "Chorus", "142"),
        Teacher("Tyrone", "Gaines", "Physical Education", "170"),
        Teacher("Melissa", "Burkett", "Health", "144"),
        Teacher("Sanjay", "Mehta", "Computer Science", "151"),
        Teacher("Opal", "Whitehead", "Personal Finance", "152"),
        Teacher("Clay", "Rutledge", "Agriscience", "165"),
        Teacher("Vivian", "Estes", "Family and Consumer Studies", "155"),
        Teacher("Raymond", "Cole", "JROTC", "160"),
    ],
}

# A class of children stays with one teacher in one room; three in each grade.
HOMEROOMS: Mapping[str, Sequence[Teacher]] = {
    "KG": [
        Teacher("Annette", "Barlow", "Kindergarten", "1"),
        Teacher("Carmen", "Castile", "Kindergarten", "2"),
        Teacher("Delores", "Dukes", "Kindergarten", "3"),
    ],
    "01": [
        Teacher("Edith", "Easterling", "Grade 1", "4"),
        Teacher("Frances", "Farmer", "Grade 1", "5"),
        Teacher("Gloria", "Gathright", "Grade 1", "6"),
    ],
    "02": [
        Teacher("Hazel", "Havard", "Grade 2", "7"),
        Teacher("Iris", "Ivy", "Grade 2", "8"),
        Teacher("Janice", "Jernigan", "Grade 2", "9"),
    ],
    "03": [
        Teacher(HOMEROOM_TEACHER.given_name, HOMEROOM_TEACHER.family_name, "Grade 3", "10"),
        Teacher("Kimberly", "Keene", "Grade 3", "11"),
        Teacher("Latoya", "Lightsey", "Grade 3", "12"),
    ],
    "04": [
        Teacher("Marjorie", "Mangum", "Grade 4", "14"),
        Teacher("Nadine", "Napier", "Grade 4", "15"),
        Teacher("Oscar", "Oswalt", "Grade 4", "16"),
    ],
    "05": [
        Teacher("Paulette", "Polk", "Grade 5", "17"),
        Teacher("Quentin", "Rankin", "Grade 5", "18"),
        Teacher("Sylvia", "Shows", "Grade 5", "19"),
    ],
}

# They take every class once in the four days of the rotation.
SPECIALS = [
    Teacher("Umberto", "Vela", "Music", "20"),
    Teacher("Wanda", "Upchurch", "Physical Education", "Gym"),
    Teacher("Ethel", "Yarbrough", "Library", "21"),
    Teacher("Zora", "Pettway", "Art", "22"),
]

PRINCIPALS = {MIDDLE: Principal("thibodeaux", "Renée", "Thibodeaux")}

SUBSTITUTES = {
    HIGH: [Substitute(Teacher("Franklin", "Dubose", "", ""), CORE["10"][0], date(2020, 9, 21), date(2020, 10, 2))],
    MIDDLE: [Substitute(Teacher("Lucille", "Hartfield", "", ""), CORE["07"][2], date(2020, 10, 19), date(2020, 11, 6))],
    ELEMENTARY: [
        Substitute(Teacher("Raymond", "Tisdale", "", ""), HOMEROOMS["04"][1], date(2020, 10, 13), date(2020, 10, 14))
    ],
}


# Who helps in another's class all year, and by that has no free period left (MS-40).
HELPERS = {"c-cms-art-6": CORE["06"][0]}


def teachers_of(school: str, grades: Sequence[str]) -> list[Teacher]:
    """Everybody who teaches a course in a school of some grades."""
    by_grade = [teacher for grade in grades for teacher in [*CORE.get(grade, ()), *HOMEROOMS.get(grade, ())]]
    return [*by_grade, *ELECTIVES.get(school, ()), *(SPECIALS if school == ELEMENTARY else ())]
