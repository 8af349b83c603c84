"""What staff call the kinds of letters and where one stands. A family never reads these words (MD-09)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
