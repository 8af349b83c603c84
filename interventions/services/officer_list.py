"""Hands out the list for the School Attendance Officer, and logs of whom it tells (RD-61)."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from interventions.models import LegalBasis, SharedFact
from interventions.selectors.officer_lines import Telling
from interventions.services.disclosures import disclose
from students.access import Scope, visible_to
from students.models import Student

OFFICER = "School Attendance Officer"
# What the law has the district report; an official to whom it is reported has a legitimate interest in it.
BASIS = LegalBasis.SCHOOL_OFFICIAL
SHARED = [
    SharedFact.NAME,
    SharedFact.STATE_ID,
    SharedFact.BIRTH_DATE,
    SharedFact.GRADE,
    SharedFact.SCHOOL,
    SharedFact.CONTACT,
    SharedFact.ABSENCES,
    SharedFact.ABSENT_DATES,
]


def hand_out(scope: Scope, tellings: Sequence[Telling], submission_id: UUID | None) -> list[Telling]:
    """The part of a list that is handed out: each student in the scope, logged once for the same form sent twice."""
    ids = {each.student_id for each in tellings}
    mine = set(visible_to(scope, Student).filter(pk__in=ids).values_list("pk", flat=True))
    with transaction.atomic():
        disclose(scope, mine, to=OFFICER, basis=BASIS, shared=SHARED, submission_id=submission_id)
    return [each for each in tellings if each.student_id in mine]
