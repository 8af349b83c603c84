"""What the demo's families have told the school: absences with and without papers, a question, and notes in Spanish.

By the services that the families' own pages use. It stands as of this morning, and some of it waits for an answer.
"""

from datetime import date, datetime, time
from io import BytesIO
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from attendance.demo.cast import TODAY, state_id
from attendance.demo.families import MAKAYLA, NAOMIE, WADE
from attendance.demo.papers import photo
from attendance.selectors.correction_requests import askable
from attendance.services.absence_reports import Absence, report_absence
from attendance.services.correction_requests import Doubt, ask_correction
from attendance.services.document_intake import Upload
from attendance.services.family_notes import answer_note, write_note
from students.access import Scope, scope_of
from students.models import Student, User

ILL, DENTIST_DAY = date(2020, 10, 23), date(2020, 10, 29)
# The class of the cast's teacher, who finds the question on her Today.
ASKED_ABOUT = "Algebra I"


def let_families_speak(scope: Scope) -> None:
    """Two absences, a visit planned, a question to a teacher, and a thread of notes."""
    _wade(_at(scope, "hollis", time(7, 40)))
    _naomie(_at(scope, "baptiste", time(7, 55)))
    _makayla(scope)


def _wade(mother: Scope) -> None:
    """A photo of the clinic's paper waits for the office; and she asks about a class."""
    wade = _student(WADE)
    told = Absence(ILL, ILL, "illness", words="He had a fever. The clinic saw him.", document_kind="medical")
    paper = [Upload("IMG_2214.png", BytesIO(photo(260, 340)))]
    report_absence(mother, wade, told, submission_id=_id("wade ill"), uploads=paper)
    doubted = next((each for each in askable(mother, wade) if each.title == ASKED_ABOUT), None)
    if doubted:
        words = "Wade says he was in class and handed in his worksheet. Could you look again?"
        doubt = Doubt(doubted.date, doubted.meeting_id, words)
        ask_correction(mother, wade, doubt, submission_id=_id("wade asked"))


def _naomie(mother: Scope) -> None:
    """Her own note about an illness does not excuse it (MS-34); the dentist's visit to come is planned."""
    naomie = _student(NAOMIE)
    day = date(2020, 10, 21)
    note = Absence(day, day, "illness", words="Li te malad.", document_kind="parent_note")
    paper = [Upload("note.png", BytesIO(photo(200, 260)))]
    report_absence(mother, naomie, note, submission_id=_id("naomie ill"), uploads=paper)
    visit = Absence(DENTIST_DAY, DENTIST_DAY, "appointment", time(13), time(15))
    report_absence(mother, naomie, visit, submission_id=_id("naomie dentist"))


def _makayla(scope: Scope) -> None:
    """One question answered, and one that waits."""
    makayla = _student(MAKAYLA)
    asked = write_note(
        _at(scope, "pena", time(7, 30)),
        makayla,
        "Buenos días. Makayla tuvo problemas con la conexión ayer. ¿Cuenta como ausente?",
        submission_id=_id("makayla asks"),
    )
    answer_note(
        _at(scope, "mayfield", time(8, 15)),
        asked.thread_id,
        "Buenos días. Si entró a la clase en vivo, cuenta el tiempo que estuvo. Puede verlo en Hoy.",
        seen=asked.pk,
        submission_id=_id("makayla is answered"),
    )
    write_note(
        _at(scope, "pena", time(9, 5)),
        makayla,
        "Gracias. ¿La escuela nos puede prestar un aparato para el internet?",
        submission_id=_id("makayla asks on"),
    )


def _at(scope: Scope, username: str, when: time) -> Scope:
    this_morning = datetime.combine(TODAY, when, ZoneInfo(scope.zone))
    return scope_of(User.objects.get(username=username), this_morning)


def _student(number: int) -> int:
    return Student.objects.values_list("pk", flat=True).get(state_id=state_id(number))


def _id(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo family {what}")
