"""What staff call the kinds of letters and where one stands. A family never reads these words (MD-09)."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interventions.models import Letter, WhyLetterWithdrawn
from interventions.rules.letter_kinds import LANGUAGES, LetterKind
from students.languages.offered import OFFERED

KINDS: dict[LetterKind, Promise] = {
    LetterKind.TIER_1: _("Support, tier 1"),
    LetterKind.TIER_2: _("Support, tier 2"),
    LetterKind.TIER_3: _("Support, tier 3"),
    LetterKind.DISENGAGED: _("Support, disengaged"),
    LetterKind.TRUANCY_FIRST: _("Truancy, first notice"),
    LetterKind.TRUANCY_AGAIN: _("Truancy, further notice"),
    LetterKind.TRUANCY_FINAL: _("Truancy, final notice"),
}
LANGUAGE_NAMES: dict[str, str] = {code: OFFERED[code] for code in LANGUAGES}


def withdrawal_of(letter: Letter) -> str:
    """Why a letter was withdrawn, and by whom; empty where it stands."""
    if letter.withdrawn_at is None:
        return ""
    if letter.withdrawn_by is None:
        return str(WhyLetterWithdrawn(letter.withdrawn_why).label)
    return gettext("%(who)s: %(why)s") % {"who": letter.withdrawn_by.full_name, "why": letter.withdrawn_reason}
