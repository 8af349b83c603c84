"""Which letters are due: of every tier that was reached and every notice that stands, to whom nobody has written yet.

Of several tiers of one student the highest speaks for all, and so does the last notice: a family gets one letter.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from interventions.access import telling_schools
from interventions.models import Crossing, Ground, Letter, Standing, TruancyNotice
from interventions.rules.letter_kinds import LetterKind, kind_of_crossing, kind_of_notice
from interventions.rules.policy import policy_on
from interventions.selectors.letter_recipients import in_person, lawful_links
from interventions.selectors.policies import care_policies
from students.access import Scope
from students.languages.offered import offered_or_english
from students.models import FamilyAccount, School, Student
from students.rules.rights import Right
from students.selectors.family_language import languages_to_write_in
from students.selectors.places import schools_with_right

CROSSING, NOTICE = "crossing", "notice"


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
    language: str = ""


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
    thresholds = policy_on(scope.today, care_policies(scope)).truancy_absences
    crossings, notices = _crossings(scope), _notices(scope)
    found = [
        *_of_crossings(_to_guardians(scope, "crossings", crossings, student_ids)),
        *_of_crossings(_in_person(scope, "crossings", crossings, student_ids)),
        *_of_notices(_to_guardians(scope, "truancy_notices", notices, student_ids), thresholds),
        *_of_notices(_in_person(scope, "truancy_notices", notices, student_ids), thresholds),
    ]
    ordered = sorted(found, key=lambda each: (each.school_id, each.sort_name, each.key))
    return _in_their_languages(scope, ordered)


def _in_their_languages(scope: Scope, found: list[Due]) -> list[Due]:
    """As a guardian's account chose, else as the roster says, else English; a student's as the student's account."""
    guardians = languages_to_write_in(scope, {each.key.guardian_id for each in found} - {0})
    alone = {each.key.student_id for each in found if not each.key.guardian_id}
    accounts = FamilyAccount.objects.filter(student__in=alone, ended_at__isnull=True)
    students = dict(accounts.values_list("student_id", "user__language"))
    return [
        replace(
            each,
            language=guardians[each.key.guardian_id]
            if each.key.guardian_id
            else offered_or_english(students.get(each.key.student_id)),
        )
        for each in found
    ]


def nobody_to_write_to(scope: Scope) -> QuerySet[Student]:
    """Students of whom a letter would be due, if anybody might be told of them; by name."""
    of_tiers = Q(**_grounded(scope, "", "crossings", _crossings(scope)))
    of_truancy = Q(**_grounded(scope, "", "truancy_notices", _notices(scope)))
    told = lawful_links(scope).filter(student=OuterRef("pk"))
    alone = in_person(scope).filter(pk=OuterRef("pk"))
    return Student.objects.filter(of_tiers | of_truancy).filter(~Exists(told), ~Exists(alone)).distinct()


def writing_schools(scope: Scope) -> list[School]:
    """The schools in which somebody writes letters: of cases, or of truancy alone."""
    return list(
        School.objects.filter(Q(pk__in=schools_with_right(scope, Right.CASES)) | Q(pk__in=telling_schools(scope)))
    )


def _crossings(scope: Scope) -> QuerySet[Crossing]:
    standing = Crossing.objects.filter(withdrawn_at__isnull=True, acts_on__lte=scope.today).annotate(rank=_RANK)
    higher = standing.filter(student=OuterRef("student"), year=OuterRef("year"), rank__gt=OuterRef("rank"))
    return standing.filter(~Exists(higher), year__starts_on=scope.year_starts_on).order_by()


# Disengaged at few absences; whoever has missed more than ten days is written to about those.
_RANK = Case(When(ground=Ground.DISENGAGED, then=Value(5)), default=F("tier") * Value(2), output_field=IntegerField())


def _notices(scope: Scope) -> QuerySet[TruancyNotice]:
    standing = TruancyNotice.objects.filter(withdrawn_at__isnull=True)
    later = standing.filter(student=OuterRef("student"), year=OuterRef("year"), threshold__gt=OuterRef("threshold"))
    return standing.filter(
        ~Exists(later), year__starts_on=scope.year_starts_on, school__in=telling_schools(scope)
    ).order_by()


def _to_guardians(scope: Scope, path: str, grounds: QuerySet, student_ids: Collection[int] | None) -> Iterable[tuple]:
    written = _of_ground(Letter.objects.filter(is_due_again=False, guardian=OuterRef("guardian")), f"student__{path}")
    found = lawful_links(scope) if student_ids is None else lawful_links(scope).filter(student__in=student_ids)
    # One filter: in a second one the ground would be any of the student's.
    found = found.filter(~Exists(written), **_grounded(scope, "student__", path, grounds))
    names = ("student_id", "guardian_id", "student__sort_name")
    return found.order_by().values_list(*names, *_columns("student__", path))


def _in_person(scope: Scope, path: str, grounds: QuerySet, student_ids: Collection[int] | None) -> Iterator[tuple]:
    written = _of_ground(Letter.objects.filter(is_due_again=False, student=OuterRef("pk"), guardian__isnull=True), path)
    found = in_person(scope) if student_ids is None else in_person(scope).filter(pk__in=student_ids)
    found = found.filter(~Exists(written), **_grounded(scope, "", path, grounds))
    for student, name, *rest in found.order_by().values_list("pk", "sort_name", *_columns("", path)):
        yield (student, 0, name, *rest)


def _of_ground(letters: QuerySet[Letter], path: str) -> QuerySet[Letter]:
    return letters.filter(**{CROSSING if path.endswith("crossings") else NOTICE: OuterRef(path)})


def _grounded(scope: Scope, prefix: str, path: str, grounds: QuerySet) -> dict[str, object]:
    """Of students who are enrolled; letters of support come from the school whose care team they have."""
    enrolled = Standing.objects.filter(year__starts_on=scope.year_starts_on, is_enrolled=True)
    if path == "crossings":
        enrolled = enrolled.filter(school__in=schools_with_right(scope, Right.CASES))
    return {f"{prefix}{path}__in": grounds.values("pk"), f"{prefix}standings__in": enrolled.values("pk")}


def _columns(prefix: str, path: str) -> list[str]:
    of_ground = ["pk", "tier", "ground"] if path == "crossings" else ["pk", "threshold", "is_final"]
    school = "standings__school_id" if path == "crossings" else f"{path}__school_id"
    return [*(f"{prefix}{path}__{name}" for name in of_ground), prefix + school]


def _of_crossings(rows: Iterable[tuple]) -> Iterator[Due]:
    for student, guardian, name, pk, tier, ground, school in rows:
        kind = kind_of_crossing(tier, ground)
        yield Due(DueKey(CROSSING, pk, student, guardian), kind, school, name)


def _of_notices(rows: Iterable[tuple], thresholds: Collection[int]) -> Iterator[Due]:
    for student, guardian, name, pk, threshold, is_final, school in rows:
        kind = kind_of_notice(threshold, is_final=is_final, thresholds=list(thresholds))
        yield Due(DueKey(NOTICE, pk, student, guardian), kind, school, name)
