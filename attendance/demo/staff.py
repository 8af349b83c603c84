"""The demo's teachers: four of core subjects in each grade, and those of the electives."""

from dataclasses import dataclass

from attendance.demo.cast import TEACHER


@dataclass(frozen=True)
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
    def course_id(self) -> str:
        """The id of the course taught."""
        return "c-" + self.course.lower().replace(" ", "-").replace("&", "and").replace(":", "")


# In the order of the day's core slots: mathematics, English, science, social studies.
CORE = {
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

ELECTIVES = [
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
]

TEACHERS = [teacher for grade in CORE.values() for teacher in grade] + ELECTIVES
