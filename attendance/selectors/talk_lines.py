"""Talks of teacher and student: contact of their own day (MS-19), and the interaction of the week (MS-22, RD-24)."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from attendance.models import Interaction, InteractionKind
from attendance.rules.evidence import Evidence
from attendance.rules.interactions import Contact, counts
from attendance.rules.plan import CONTACT
from attendance.selectors.evidence_words import Weighing
from attendance.selectors.judged import JudgedDay
from attendance.selectors.local_times import local_time
from attendance.selectors.source_line import SourceLine
from students.access import Scope


def talk_lines(
    scope: Scope, judged: JudgedDay, talks: Sequence[Interaction], weighing: Weighing
) -> Iterator[SourceLine]:
    """Talks of the day, and those of its week about a class that the student did in own time that day."""
    own = set(judged.own_time_sections)
    for talk in talks:
        today = talk.day == judged.day.date
        if today or talk.section_id in own:
            yield _line(scope, judged, talk, weighing, today=today)


def _line(scope: Scope, judged: JudgedDay, talk: Interaction, weighing: Weighing, *, today: bool) -> SourceLine:
    daily, why = weighing.weighed(Evidence(CONTACT, talk.section_id)) if today else (False, "")
    weekly, of_week = _of_week(judged, talk)
    if talk.kind == InteractionKind.UNANSWERED:
        daily, weekly, why, of_week = False, False, "", _("Nobody answered: no talk, and no contact (RD-24).")
    minutes = _("%(n)s minutes") % {"n": talk.minutes} if talk.minutes else ""
    return SourceLine(
        what=", ".join(each for each in (talk.get_kind_display(), talk.section.title, minutes) if each),
        source=_("Talk with the student"),
        why=" ".join(each for each in (why, of_week) if each),
        counts=daily or weekly,
        happened_at=local_time(scope, talk.happened_at),
        entered_by=talk.entered_by.full_name,
        entered_at=local_time(scope, talk.entered_at),
    )


def _of_week(judged: JudgedDay, talk: Interaction) -> tuple[bool, str]:
    if talk.section_id not in judged.own_time_sections:
        return False, ""
    if not counts(Contact(talk.day, talk.kind, talk.minutes), judged.plan):
        least = {"n": judged.plan.least_contact_minutes}
        return False, _("Too short for the week: the learning plan asks for %(n)s minutes (RD-24).") % least
    return True, _("Is the week’s talk about this class (MS-22).")
