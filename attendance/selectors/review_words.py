"""What somebody entered of a student's day in own time, and what it was worth (MS-19, MS-21, RD-22, RD-26)."""

from django.utils.translation import gettext as _

from attendance.models import DayReview, Measure
from attendance.rules.evidence import Evidence, Review, last_turn_in, late_work
from attendance.rules.modes import OFFLINE
from attendance.selectors.day_words import day_words
from attendance.selectors.evidence_words import Weighing
from attendance.selectors.judged import JudgedDay

Reviewed = tuple[str, bool, str]


def reviewed(judged: JudgedDay, row: DayReview, weighing: Weighing) -> Reviewed:
    """What was entered, whether it counts, and why."""
    if row.section_id is None:
        at_home = any(each.kind == "homebound" for each in judged.facts.meetings)
        return _minutes(row), at_home, _("Minutes of instruction at home, as entered (RD-01).") if at_home else _kept()
    if weighing.modes.of_section(row.section_id) in OFFLINE:
        return _offline(judged, row)
    if row.measure:
        counts, why = weighing.weighed(Evidence(row.measure, row.section_id))
        if row.work_done or judged.facts.every_class is not None:
            return _("%(what)s, the work done") % {"what": Measure(row.measure).label}, counts or row.work_done, why
        return str(Measure(row.measure).label), counts, why
    if row.work_done:
        return _("The day’s work done"), judged.facts.every_class is not None, _confirmed(judged)
    if row.section_id in weighing.online_sections:
        return _("No measure met"), False, _("Nobody documented one: the work of the day does not count (MS-19).")
    return _("Nothing was done"), False, _confirmed(judged)


def _offline(judged: JudgedDay, row: DayReview) -> Reviewed:
    review = next((each for each in judged.day.about.reviews if each.section_id == row.section_id), Review(None))
    if not row.minutes:
        return _("Nothing completed"), False, _("None of the work given for the day was completed (MS-21).")
    handed_in = {"n": row.minutes, "day": day_words(row.handed_in_on) if row.handed_in_on else ""}
    what = _("%(n)s minutes completed, handed in %(day)s") % handed_in
    last = last_turn_in(review, judged.plan)
    until = {"last": day_words(last) if last else ""}
    if late_work(review, judged.plan):
        return what, False, _("Refused: the last day for handing in was %(last)s (RD-22).") % until
    if last is None:
        return what, True, _("Counts for the day for which it was given (MS-21, RD-22).")
    return what, True, _("Counts for the day for which it was given: in time until %(last)s (MS-21, RD-22).") % until


def _minutes(row: DayReview) -> str:
    return _("%(n)s minutes of instruction at home") % {"n": row.minutes or 0}


def _confirmed(judged: JudgedDay) -> str:
    if judged.facts.every_class is None:
        return _kept()
    return _("Every class of this day asks for its work, too.")


def _kept() -> str:
    return _("Kept; nothing of this day is judged by it.")
