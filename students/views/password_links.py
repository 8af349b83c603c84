"""The letter by which somebody sets a password, the same that they could ask for at the sign-in page."""

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from django.http import HttpRequest

from students.models import User


def mail_password_link(request: HttpRequest, account: User) -> None:
    """Mail it to one account, and to no other with the same address."""
    request_password_reset(request, account.email, [account], default_token_generator)
