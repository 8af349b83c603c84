"""Why the minutes of a class that count are not those that its teacher saw."""

from django.utils.translation import gettext as _

from attendance.rules.day import MeetingFact


def why_these_minutes(fact: MeetingFact, marked: int | None) -> str:
    """The office's or the college's part in the minutes of a class; empty where the mark alone decides."""
    if "RD-27" in fact.basis:
        return _("The college has no class on this day: its minutes are credited (MS-32, RD-27).")
    if fact.attended is None:
        return _of_an_untaken(fact)
    words = {"marked": marked or 0, "counted": fact.attended}
    if "RD-07" in fact.basis:
        return _("%(marked)s minutes marked, %(counted)s count: supervised elsewhere (RD-07).") % words
    if "RD-06" in fact.basis:
        return _("%(marked)s minutes marked, %(counted)s count: the office’s times cap them (RD-06).") % words
    return ""


def _of_an_untaken(fact: MeetingFact) -> str:
    words = {"least": fact.at_least, "most": fact.at_most}
    said = []
    if fact.at_least:
        said.append(_("%(least)s minutes count already: supervised elsewhere (RD-07).") % words)
    if fact.at_most < fact.offered:
        said.append(_("At most %(most)s minutes can count, by the office’s times (RD-06).") % words)
    return " ".join(said)
