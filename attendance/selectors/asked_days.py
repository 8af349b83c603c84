"""The days of a class's week that ask to be entered, each with what can be entered of it and what was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.models import DayReview, WeekSubmission
from attendance.rules.entry import choice_of, choices, entry_state, piece_of
from attendance.rules.entry_window import asks_reason, entry_due, sunday_of
from attendance.rules.evidence import Review, approved
from attendance.rules.modes import OFFLINE
from attendance.selectors.judged import JudgedDay, judged_days
from attendance.selectors.school_days import session_days
from students.access import Scope


@dataclass(frozen=True, slots=True)
class AskedDay:
    """One student's day in a class. `offered` are its minutes, `chosen` what was entered, empty for nothing yet.

    `on_file` are the measures that count for the student alone (MS-39). `confirms_work`: RD-26, of which a page tells
    no reason (RD-60). `wants_reason`: changing what was entered needs one, its last day being over (RD-25).
    """

    student_id: int
    day: date
    mode: str
    state: str
    offered: int
    choices: tuple[str, ...]
    on_file: frozenset[str]
    confirms_work: bool
    chosen: str
    review: DayReview | None
    wants_reason: bool
    judged: JudgedDay

    @property
    def is_offline(self) -> bool:
        """Whether minutes of completed work are entered, and when they were handed in (RD-22)."""
        return self.mode in OFFLINE

    @property
    def key(self) -> tuple[int, date]:
        """The student and the day."""
        return self.student_id, self.day


def asked_days(scope: Scope, section_id: int, student_ids: Sequence[int], monday: date) -> Iterator[AskedDay]:
    """The days of students that a class asks to be entered in a week; five statements.

    Those to come ask for nothing yet. The caller took class and students from the scope.
    """
    sunday = sunday_of(monday)
    rows = DayReview.objects.filter(section=section_id, student__in=student_ids, date__range=(monday, sunday))
    entered = {(each.student_id, each.date): each for each in rows.select_related("entered_by")}
    judged_week = list(judged_days(scope, student_ids, monday, min(sunday, scope.today)))
    session = session_days(scope, {each.day.school_id for each in judged_week}, monday)
    for judged in judged_week:
        review = entered.get((judged.day.student_id, judged.day.date))
        if asked := _asked(scope, section_id, judged, review, session[judged.day.school_id]):
            yield asked


def _asked(
    scope: Scope, section_id: int, judged: JudgedDay, review: DayReview | None, session: Sequence[date]
) -> AskedDay | None:
    piece = piece_of(judged.facts, section_id)
    if piece is None:
        return None
    day, accommodations = judged.day, judged.day.about.accommodations
    confirms_work = judged.facts.every_class is not None
    measures = approved(judged.plan, accommodations)
    return AskedDay(
        student_id=day.student_id,
        day=day.date,
        mode=piece.mode,
        state=entry_state(judged.facts, section_id, {section_id} if review else set()),
        offered=piece.offered,
        choices=choices(piece.mode, measures, confirms_work=confirms_work),
        on_file=frozenset(accommodations) - frozenset(judged.plan.measures),
        confirms_work=confirms_work,
        chosen=choice_of(_plain(review), piece.mode, piece.offered) if review else "",
        review=review,
        wants_reason=review is not None
        and asks_reason(entry_due(day.date, piece.mode, judged.plan, session), scope.today),
        judged=judged,
    )


def _plain(review: DayReview) -> Review:
    return Review(review.section_id, review.measure, review.minutes, review.handed_in_on, review.work_done)


def version_of_week(scope: Scope, section_id: int, monday: date) -> int:
    """How often a class's week was saved; the caller took the class from the scope."""
    saves = WeekSubmission.objects.filter(section=section_id, monday=monday).order_by("-version")
    return saves.values_list("version", flat=True).first() or 0
