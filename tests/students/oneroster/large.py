"""A district of any size as OneRoster 1.2 files: an eighth of the rows are students, six classes each."""

from pathlib import Path

from tests.students.oneroster.sets import RosterFiles

SCHOOLS = 12
SECTION_SIZE = 28


def write_large_set(folder: Path, rows: int) -> int:
    """Write about `rows` rows; the number written."""
    students = rows // 8
    files = _district()
    for number in range(students):
        _student(files, number)
    for number in range(students * 6 // SECTION_SIZE + SCHOOLS * 6):
        school = f"school{number % SCHOOLS}"
        files.add_class(f"class{number}", school, str(number % 6 + 1))
    for school in range(SCHOOLS):
        for number in range(6):
            files.add_staff(f"teacher{school}-{number}", "teacher", f"school{school}")
    files.folder(folder)
    return sum(len(found) for found in files.files.values())


def _district() -> RosterFiles:
    files = RosterFiles(students=0)
    for file in ("classes", "enrollments", "users", "roles"):
        files.files[file] = []
    for school in range(SCHOOLS):
        files.add("orgs", sourcedId=f"school{school}", name=f"School {school}", type="school",
                  identifier=f"2500-{school + 100}", parentSourcedId="district")  # fmt: skip
    return files


def _student(files: RosterFiles, number: int) -> None:
    who, school = f"student{number}", number % SCHOOLS
    files.add_person(who, "student", f"school{school}", identifier=f"{100_000_000 + number}", grades="09")
    for place in range(6):
        section = school + SCHOOLS * (place + 6 * (number // SCHOOLS // SECTION_SIZE))
        files.add("enrollments", sourcedId=f"e{number}-{place}", classSourcedId=f"class{section}", role="student",
                  schoolSourcedId=f"school{school}", userSourcedId=who, beginDate="2020-08-10")  # fmt: skip
