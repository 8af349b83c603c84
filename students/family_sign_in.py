"""How families sign in: by the e-mail address as they typed it, also before they have answered from it.

Their user names stand apart from the roster's: a parent who joins by the address of next year's teacher must not stand
in the way of the import.
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from students.models import User

_APART = "family:"
# What is left of a user name's 150 characters.
LONGEST_ADDRESS = 150 - len(_APART)


def family_username(address: str) -> str:
    """The user name of who joins by an address."""
    return _APART + address.lower()


class FamilyBackend(ModelBackend):
    """Behind the one of the staff: tried where no account of theirs has the address and the password."""

    def authenticate(self, request: HttpRequest | None, **given: Any) -> User | None:  # type: ignore[override]
        """The family's account of an address and its password."""
        address, password = given.get("email") or given.get("username") or "", given.get("password")
        return super().authenticate(request, username=family_username(address), password=password)
