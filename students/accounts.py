"""How sign-in treats accounts: they come from the roster; nobody makes their own."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Sign-up is closed: staff come in by import and set a password by mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
