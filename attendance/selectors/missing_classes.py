"""A teacher's classes of earlier days that are not taken, or not of everybody: all are counted, some are listed."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from attendance.models import ClassMeeting, MeetingState
from attendance.rules.entry_window import OVERDUE, standing
from attendance.selectors.entry_lines import Asked
from attendance.selectors.homerooms import is_homeroom, line_of, line_title, taken_together
from attendance.selectors.missing_meetings import LATEST_FIRST, not_taken_of_everybody
from students.access import Scope, visible_to
from students.models import SectionTeacher

# A week of six classes a day.
LISTED = 30


@dataclass(frozen=True, slots=True)
class Missing:
    """A class, or a homeroom, of an earlier day that is not taken, or not of everybody. `overdue` by RD-25."""

    id: int
    section_id: int
    is_homeroom: bool
    title: str
    date: date
    is_taken: bool
    overdue: bool


@dataclass(frozen=True)
class MissingClasses:
    """The latest first: `listed` are those of one page of them, `oldest` is the last of all."""

    page: Page
    listed: Sequence[Missing]
    oldest: Missing | None

    @property
    def count(self) -> int:
        """How many there are, a homeroom's day counted once."""
        return self.page.paginator.count


def missing_classes(scope: Scope, section_ids: Collection[int], window: int, number: int | str = 1) -> MissingClasses:
    """Classes before today that were this person's to take: nobody inherits those of a teacher before them.

    Overdue after `window` calendar days (RD-25). Three statements, however many are missing.
    """
    lines: dict[Hashable, list[int]] = defaultdict(list)
    for pk, section_id, day, kind in _not_taken(scope, section_ids).values_list(
        "pk", "section_id", "date", "section__kind"
    ):
        lines[line_of(pk, section_id, day, kind)].append(pk)
    page = Paginator(list(lines.values()), LISTED).get_page(number)
    wanted = [*page.object_list, *list(lines.values())[-1:]]
    found = ClassMeeting.objects.filter(pk__in={pk for line in wanted for pk in line}).select_related("section__course")
    listed = [_missing(scope, held, window) for held in taken_together(scope, found.order_by(*LATEST_FIRST))]
    return MissingClasses(page, listed[: len(page.object_list)], listed[-1] if listed else None)


def _not_taken(scope: Scope, section_ids: Collection[int]) -> QuerySet[ClassMeeting]:
    asked = Asked(scope.year_starts_on, scope.today - timedelta(days=1), section_ids=section_ids)
    mine = SectionTeacher.objects.holding_on(OuterRef("date")).filter(section=OuterRef("section"), user=scope.user_id)
    held = visible_to(scope, ClassMeeting).filter(Exists(mine), section__in=section_ids)
    return not_taken_of_everybody(scope, held.filter(date__range=(asked.from_date, asked.to_date)), asked)


def _missing(scope: Scope, held: Sequence[ClassMeeting], window: int) -> Missing:
    first = held[0]
    return Missing(
        id=first.pk,
        section_id=first.section_id,
        is_homeroom=is_homeroom(held),
        title=line_title(held),
        date=first.date,
        is_taken=all(each.state == MeetingState.TAKEN for each in held),
        overdue=standing(first.date, today=scope.today, window=window) == OVERDUE,
    )
