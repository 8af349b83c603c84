"""What a referral's sheet says to the partner: the facts that are shared, and nothing else (RD-61)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from interventions.models import Referral, SharedFact, Standing
from students.access import Scope
from students.models import District, Enrollment
from students.selectors.guardians import Contact, contacts_of


@dataclass(frozen=True)
class SheetLine:
    """A shared fact by its name; `languages` (codes) and `contacts` each with that fact alone. No value: not known."""

    label: str
    value: str = ""
    languages: Sequence[str] = ()
    contacts: Sequence[Contact] = ()


@dataclass(frozen=True)
class Sheet:
    """The sheet: from which district, and the facts in one order."""

    referral: Referral
    district: str
    lines: Sequence[SheetLine]


def referral_sheet(scope: Scope, referral: Referral) -> Sheet:
    """The sheet of a referral that a scope has let through. What is not shared is not even read."""
    district = District.objects.values_list("name", flat=True).first() or ""
    shared = [SharedFact(each) for each in SharedFact.values if each in referral.shared]
    return Sheet(referral, district, [_line(scope, referral, each) for each in shared])


def _line(scope: Scope, referral: Referral, fact: SharedFact) -> SheetLine:
    if fact not in (SharedFact.CONTACT, SharedFact.LANGUAGE):
        return SheetLine(str(fact.label), _VALUES[fact](scope, referral))
    contacts = contacts_of(scope, [referral.student_id])[referral.student_id]
    if fact == SharedFact.CONTACT:
        return SheetLine(str(fact.label), contacts=contacts)
    return SheetLine(str(fact.label), languages=sorted({each.language for each in contacts if each.language}))


def _name(scope: Scope, referral: Referral) -> str:
    student = referral.student
    return f"{student.preferred_name or student.given_name} {student.family_name}"


def _birth_date(scope: Scope, referral: Referral) -> str:
    born = referral.student.birth_date
    return f"{born:%B} {born.day}, {born.year}" if born else ""


def _enrollment(scope: Scope, referral: Referral) -> Enrollment | None:
    found = Enrollment.attending_on(scope.today).filter(student=referral.student_id, is_primary=True)
    return found.select_related("school").first()


def _grade(scope: Scope, referral: Referral) -> str:
    enrolled = _enrollment(scope, referral)
    return enrolled.grade if enrolled else ""


def _school(scope: Scope, referral: Referral) -> str:
    enrolled = _enrollment(scope, referral)
    return enrolled.school.name if enrolled else referral.case.school.name


def _absences(scope: Scope, referral: Referral) -> str:
    standing = Standing.objects.filter(student=referral.student_id).order_by("-as_of").first()
    return str(standing.absences) if standing else ""


_VALUES: Mapping[SharedFact, Callable[[Scope, Referral], str]] = {
    SharedFact.NAME: _name,
    SharedFact.BIRTH_DATE: _birth_date,
    SharedFact.GRADE: _grade,
    SharedFact.SCHOOL: _school,
    SharedFact.ABSENCES: _absences,
}
