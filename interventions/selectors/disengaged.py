"""The disengaged students in scope (MD-08): the enrolled ones of whom some criterion of the district holds (RD-42).

One statement reads what the list is narrowed and ordered by, of all of them, and plain code does the rest: so what a
student needs is said in one place, and the counts beside the filters cost nothing more.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    Func,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from interventions.models import Case, Standing
from interventions.rules.outreach import need_of
from interventions.selectors.queue import placed
from interventions.selectors.standings import school_year_on
from students.access import Scope
from students.models import GuardianLink
from students.refusals import Forbidden
from students.rules.rights import Right

PAGE_SIZE = 50
NOBODY, SOMEBODY = "nobody", "somebody"


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to. `sign` is a criterion; `worker` NOBODY, SOMEBODY, a worker's id or empty."""

    school_id: int | None = None
    grade: str = ""
    mode: str = ""
    sign: str = ""
    language: str = ""
    need: str = ""
    worker: str = ""
    page: int | str = 1

    @property
    def narrows(self) -> bool:
        """Whether somebody is left out."""
        return any((self.school_id, self.grade, self.mode, self.sign, self.language, self.need, self.worker))


class Lost(NamedTuple):
    """A disengaged student, as lists are narrowed and ordered by; the language is that of the family."""

    standing_id: int
    student_id: int
    school_id: int
    sort_name: str
    signs: Sequence[str]
    absences: int
    language: str
    worker_id: int | None
    need: str


@dataclass(frozen=True)
class Figures:
    """Of all in the schools asked for: how many there are, with nobody, and by school, language, need and worker."""

    total: int = 0
    nobodys: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)
    needs: Mapping[str, int] = field(default_factory=dict)
    workers: Mapping[int, int] = field(default_factory=dict)
    signs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Disengaged:
    """The students asked for, in order, and a page of them."""

    page: Page
    students: Sequence[Lost]
    figures: Figures


def check_sees_disengaged(scope: Scope) -> None:
    """Raises Forbidden for whoever is in no care team."""
    if not scope.works_cases:
        raise Forbidden("Disengaged students are for counselors and administrators: the care team of a school.")


def disengaged(scope: Scope, asked: Asked) -> Disengaged:
    """Whom nobody looks after first, then by absences; two statements however many they are. Raises Forbidden."""
    check_sees_disengaged(scope)
    found = _all(scope, asked)
    chosen = [each for each in found if _is_asked(asked, each)]
    chosen.sort(key=lambda each: (each.worker_id is not None, -each.absences, each.sort_name, each.student_id))
    return Disengaged(Paginator(chosen, PAGE_SIZE).get_page(asked.page), chosen, _figures(found))


def disengaged_standings(scope: Scope) -> QuerySet[Standing]:
    """The standings of this school year's disengaged students in the schools whose cases somebody works."""
    year = school_year_on(scope, scope.today)
    found = Standing.objects.filter(year=year, is_enrolled=True, school__isnull=False).exclude(criteria=[])
    return found if scope.everywhere(Right.CASES) else found.filter(school__in=scope.schools_with(Right.CASES))


def family_language(scope: Scope) -> QuerySet:
    """The language of those who may be told of the student of an outer row, by the order of contact."""
    links = GuardianLink.objects.filter(starts_on__lte=scope.today, student=OuterRef("student"), may_contact=True)
    spoken = links.exclude(ends_on__lt=scope.today).exclude(guardian__language="")
    return spoken.order_by(F("contact_order").asc(nulls_last=True), "pk").values("guardian__language")[:1]


def _all(scope: Scope, asked: Asked) -> list[Lost]:
    lost_cases = Case.objects.filter(student=OuterRef("student"), closed_at=None, is_unlocated=True)
    signs = Func(F("criteria"), Value("$[*].sign"), function="jsonb_path_query_array", output_field=JSONField())
    rows = _placed(scope, asked).annotate(
        signs=Cast(signs, TextField()),
        language=Subquery(family_language(scope)),
        is_unlocated=Exists(lost_cases),
        held=FilteredRelation("student__outreach", condition=Q(student__outreach__ended_at=None)),
    )
    listed = rows.order_by().values_list(
        "pk", "student_id", "school_id", "student__sort_name", "signs", "absences", "language", "held__worker",
        "held__need", "is_unlocated",
    )  # fmt: skip
    return [
        Lost(pk, student, school, name, _signs(signs), absences, language or "", worker,
             need or need_of(_signs(signs), is_unlocated=unlocated))
        for pk, student, school, name, signs, absences, language, worker, need, unlocated in listed
    ]  # fmt: skip


@cache
def _signs(text: str) -> tuple[str, ...]:
    """There are few criteria, and thousands of students with the same ones."""
    return tuple(json.loads(text))


def _placed(scope: Scope, asked: Asked) -> QuerySet[Standing]:
    rows = disengaged_standings(scope)
    return placed(scope, rows, school_id=asked.school_id, grade=asked.grade, mode=asked.mode)


def _is_asked(asked: Asked, student: Lost) -> bool:
    if asked.sign and asked.sign not in student.signs:
        return False
    if asked.language and asked.language != student.language:
        return False
    if asked.need and asked.need != student.need:
        return False
    return _is_looked_after(asked.worker, student.worker_id)


def _is_looked_after(asked: str, worker_id: int | None) -> bool:
    if asked in (NOBODY, SOMEBODY):
        return (worker_id is None) is (asked == NOBODY)
    return not asked or worker_id == int(asked)


def _figures(found: Sequence[Lost]) -> Figures:
    return Figures(
        total=len(found),
        nobodys=sum(each.worker_id is None for each in found),
        languages=Counter(each.language for each in found if each.language),
        needs=Counter(each.need for each in found),
        workers=Counter(each.worker_id for each in found if each.worker_id is not None),
        signs=Counter(sign for each in found for sign in each.signs),
    )
