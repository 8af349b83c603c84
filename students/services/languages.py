"""Remembers the language that somebody chose for the pages of families."""

from students.access import Scope
from students.languages.offered import OFFERED
from students.models import User
from students.refusals import Refused


def choose_language(scope: Scope, code: str) -> None:
    """Keep an account's choice; staff pages stay as they are. Raises Refused for a language that is not offered."""
    if code not in OFFERED:
        raise Refused("This language is not offered.")
    User.objects.filter(pk=scope.person).update(language=code)
