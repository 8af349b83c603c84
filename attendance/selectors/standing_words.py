"""How an excuse stands, in words: fewer for those who may not know its reason (RD-60)."""

from django.utils.translation import gettext as _

from attendance.rules.excuse import ACCEPTED, NOT_SUFFICIENT, PENDING, REFUSED
from attendance.selectors.day_words import day_words
from attendance.selectors.excuses import ExcuseLine


def standing_words(excuse: ExcuseLine, *, knows_reasons: bool) -> str:
    """For a teacher "Documented", "Pending" or "Not documented"; with reasons the rule besides."""
    if excuse.state == ACCEPTED:
        return _("Accepted (%(rule)s)") % {"rule": excuse.rule} if knows_reasons else _("Documented")
    if excuse.state == PENDING:
        return _("Pending until %(day)s") % {"day": day_words(excuse.due_on)} if excuse.due_on else _("Pending")
    if excuse.state == NOT_SUFFICIENT:
        return _("Not sufficient (%(rule)s)") % {"rule": excuse.rule} if knows_reasons else _("Not documented")
    if excuse.state == REFUSED:
        return _("Refused") if knows_reasons else _("Not documented")
    return _("Withdrawn")
