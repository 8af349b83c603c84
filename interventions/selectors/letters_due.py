"""Which letters are due: of every tier that was reached and every notice that stands, to whom nobody has written yet.

Of several tiers of one student the highest speaks for all, and so does the last notice: a family gets one letter.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from interventions.access import telling_schools
from interventions.models import Crossing, Ground, Letter, TruancyNotice
from interventions.rules.letter_kinds import LetterKind, kind_of_crossing, kind_of_notice
from interventions.rules.policy import policy_on
from interventions.selectors.letter_recipients import in_person, is_in_person, is_lawful, lawful_links
from interventions.selectors.policies import care_policies
from students.access import Scope
from students.languages.offered import offered_or_english
from students.models import FamilyAccount, GuardianLink, School, SchoolYear, Student
from students.rules.rights import Right
from students.selectors.family_language import languages_to_write_in
from students.selectors.places import schools_with_right

CROSSING, NOTICE = "crossing", "notice"
# The way of a notice that is the last.
FINAL = "final"


@dataclass(frozen=True, order=True)
class DueKey:
    """What a letter is of and to whom; guardian 0 is the student in person."""

    ground: str
    ground_id: int
    student_id: int
    guardian_id: int

    def __str__(self) -> str:
        return f"{self.ground}-{self.ground_id}-{self.student_id}-{self.guardian_id}"


@dataclass(frozen=True)
class Due:
    """A letter that is due: its key, its kind and language, and whose it is."""

    key: DueKey
    kind: LetterKind
    school_id: int
    sort_name: str
    language: str


def read_key(said: str) -> DueKey | None:
    """A key as a form sends it; None where it is none."""
    ground, _, rest = said.partition("-")
    numbers = rest.split("-")
    if ground not in (CROSSING, NOTICE) or len(numbers) != 3:
        return None
    if not all(each.isascii() and each.isdigit() and len(each) < 19 for each in numbers):
        return None
    return DueKey(ground, *map(int, numbers))


def due_letters(scope: Scope, student_ids: Collection[int] | None = None) -> list[Due]:
    """Every letter that is due in the scope, or of these students; by school, student and recipient.

    The same few statements however many.
    """
    found = letters_of(scope, due_rows(scope, student_ids))
    return sorted(found, key=lambda each: (each.school_id, each.sort_name, each.key))


def letters_of(scope: Scope, rows: Iterable[tuple[Any, ...]]) -> list[Due]:
    """Rows of `due_rows` as letters, in their order: each in the language that the guardian's account chose, else as
    the roster says, else English; a student's as the student's account.
    """
    found, thresholds = list(rows), _thresholds(scope)
    guardians = languages_to_write_in(scope, {guardian for _, _, _, guardian, *_ in found} - {0})
    students = _languages_of(scope, {student for _, _, student, guardian, *_ in found if not guardian})
    return [
        _due(row, thresholds, guardians[row[3]] if row[3] else offered_or_english(students.get(row[2])))
        for row in found
    ]


def _thresholds(scope: Scope) -> list[int]:
    """Those of the policy in force today, by which the kinds of notices are told apart."""
    return list(policy_on(scope.today, care_policies(scope)).truancy_absences)


def _languages_of(scope: Scope, student_ids: Collection[int]) -> dict[int, str]:
    """What the accounts of students chose who are written to in person."""
    accounts = FamilyAccount.objects.filter(student__isnull=False, ended_at__isnull=True)
    if len(student_ids) <= _MOST_NAMED:
        accounts = accounts.filter(student__in=student_ids)
    return dict(accounts.values_list("student_id", "user__language"))


# Beyond, naming them takes longer than reading all: few students have an account of their own.
_MOST_NAMED = 1000


def nobody_to_write_to(scope: Scope) -> QuerySet[Student]:
    """Students of whom a letter would be due, if anybody might be told of them; by name."""
    # Whoever has nobody to be told has somebody who may not be: few have, and so only those are looked at.
    silent = GuardianLink.objects.holding_on(scope.today).filter(may_contact=False)
    told = lawful_links(scope).filter(student=OuterRef("pk"))
    alone = in_person(scope).filter(pk=OuterRef("pk"))
    unreached = Student.objects.filter(pk__in=silent.values("student")).filter(~Exists(told), ~Exists(alone))
    grounds = (_of_enrolled(scope, _crossings(scope)), _of_enrolled(scope, _notices(scope)))
    crossed, noticed = (Exists(each.filter(student=OuterRef("pk"))) for each in grounds)
    return unreached.filter(crossed | noticed)


def writing_schools(scope: Scope) -> list[School]:
    """The schools in which somebody writes letters: of cases, or of truancy alone."""
    return list(
        School.objects.filter(Q(pk__in=schools_with_right(scope, Right.CASES)) | Q(pk__in=telling_schools(scope)))
    )


def _crossings(scope: Scope) -> QuerySet[Crossing]:
    standing = Crossing.objects.filter(withdrawn_at__isnull=True, acts_on__lte=scope.today).annotate(rank=_RANK)
    higher = standing.filter(student=OuterRef("student"), year=OuterRef("year"), rank__gt=OuterRef("rank"))
    return standing.filter(~Exists(higher), year__in=years(scope)).order_by()


# Disengaged at few absences; whoever has missed more than ten days is written to about those.
_RANK = Case(When(ground=Ground.DISENGAGED, then=Value(5)), default=F("tier") * Value(2), output_field=IntegerField())


def _notices(scope: Scope) -> QuerySet[TruancyNotice]:
    standing = TruancyNotice.objects.filter(withdrawn_at__isnull=True)
    later = standing.filter(student=OuterRef("student"), year=OuterRef("year"), threshold__gt=OuterRef("threshold"))
    return standing.filter(~Exists(later), year__in=years(scope), school__in=telling_schools(scope)).order_by()


def years(scope: Scope) -> list[int]:
    """This school year. Named by its id, so that the database knows how many rows are of it."""
    return list(SchoolYear.objects.filter(starts_on=scope.year_starts_on).values_list("pk", flat=True))


def due_rows(scope: Scope, student_ids: Collection[int] | None = None) -> QuerySet[Any]:
    """The letters that are due in the scope, or of these students, as `letters_of` reads them."""
    crossings, notices = _of_enrolled(scope, _crossings(scope)), _of_enrolled(scope, _notices(scope))
    if student_ids is not None:
        crossings, notices = (each.filter(student__in=student_ids) for each in (crossings, notices))
    return _to_guardians(scope, crossings).union(
        _in_person(scope, crossings), _to_guardians(scope, notices), _in_person(scope, notices), all=True
    )


_GUARDIAN = "student__guardian_links__guardian"


def _to_guardians(scope: Scope, grounds: QuerySet[Any]) -> QuerySet[Any]:
    written = _written(grounds).filter(guardian=OuterRef(_GUARDIAN))
    # One filter: in a second one the link would be any of the student's.
    found = grounds.filter(is_lawful(scope, "student__guardian_links__", "student__"), ~Exists(written))
    return _columns(found, F(_GUARDIAN))


def _in_person(scope: Scope, grounds: QuerySet[Any]) -> QuerySet[Any]:
    written = _written(grounds).filter(student=OuterRef("student"), guardian__isnull=True)
    return _columns(grounds.filter(is_in_person(scope, "student__"), ~Exists(written)), Value(0, BigIntegerField()))


def _written(grounds: QuerySet[Any]) -> QuerySet[Letter]:
    return Letter.objects.filter(is_due_again=False, **{_name_of(grounds): OuterRef("pk")})


def _name_of(grounds: QuerySet[Any]) -> str:
    return CROSSING if grounds.model is Crossing else NOTICE


def _of_enrolled(scope: Scope, grounds: QuerySet[Any]) -> QuerySet[Any]:
    """Of students who are enrolled; letters of support come from the school whose care team they have."""
    enrolled = Q(student__standings__year=F("year"), student__standings__is_enrolled=True)
    if grounds.model is Crossing:
        enrolled &= Q(student__standings__school__in=schools_with_right(scope, Right.CASES).order_by().values("pk"))
        return grounds.filter(enrolled).annotate(of_school=F("student__standings__school_id"))
    return grounds.filter(enrolled).annotate(of_school=F("school_id"))


def _columns(found: QuerySet[Any], guardian: F | Value) -> QuerySet[Any]:
    is_crossing = found.model is Crossing
    final = Case(When(is_final=True, then=Value(FINAL)), default=Value(""))
    return found.values_list(
        Value(_name_of(found)),
        *("pk", "student_id"),
        guardian,
        *("of_school", "student__sort_name", "tier" if is_crossing else "threshold"),
        F("ground") if is_crossing else final,
    )


def _due(row: tuple[Any, ...], thresholds: Sequence[int], language: str) -> Due:
    ground, pk, student, guardian, school, name, step, way = row
    return Due(DueKey(ground, pk, student, guardian), _kind(ground, step, way, thresholds), school, name, language)


def _kind(ground: str, step: int, way: str, thresholds: Sequence[int]) -> LetterKind:
    """The kind of letter that a ground calls for: `step` is a tier or a threshold."""
    if ground == CROSSING:
        return kind_of_crossing(step, way)
    return kind_of_notice(step, is_final=way == FINAL, thresholds=thresholds)


def grounds_of_kind(scope: Scope, kind: str) -> list[tuple[str, int, str]]:
    """The grounds, steps and ways of this year that call for a kind of letter; a few statements."""
    thresholds, of = _thresholds(scope), years(scope)
    crossings = Crossing.objects.filter(year__in=of).order_by().values_list("tier", "ground").distinct()
    notices = TruancyNotice.objects.filter(year__in=of).order_by().values_list("threshold", "is_final").distinct()
    found = [(CROSSING, tier, ground) for tier, ground in crossings]
    found += [(NOTICE, threshold, FINAL if is_final else "") for threshold, is_final in notices]
    return [each for each in found if _kind(*each, thresholds) == kind]
