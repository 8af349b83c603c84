"""In which language a family reads, and is written to."""

from collections.abc import Collection

from students.access import Scope
from students.languages.offered import offered, offered_or_english
from students.models import FamilyAccount, Guardian


def language_at_home(scope: Scope) -> str | None:
    """The language that the roster says of the guardian for whom an account speaks; None where it says none."""
    accounts = FamilyAccount.objects.filter(user=scope.user_id, ended_at__isnull=True).order_by("joined_at")
    said = (offered(code) for code in accounts.values_list("guardian__language", flat=True))
    return next((code for code in said if code), None)


def languages_to_write_in(scope: Scope, guardian_ids: Collection[int]) -> dict[int, str]:
    """By guardian: what their account chose, else what the roster says, else English."""
    guardians = Guardian.objects.filter(pk__in=guardian_ids).values_list("pk", "language")
    standing = FamilyAccount.objects.filter(guardian__in=guardian_ids, ended_at__isnull=True)
    chosen = dict(standing.exclude(user__language="").values_list("guardian_id", "user__language"))
    return {pk: chosen.get(pk) or offered_or_english(language) for pk, language in guardians}
