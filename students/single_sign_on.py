"""Who somebody is that comes from the district's own sign-in: one of the staff, as far as the settings say so, or
nobody yet. It says who signs in, and never what they may see.
"""

from hashlib import sha256
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest

from students.models import User

BY_EMAIL, BY_SOURCE_ID = "email", "source_id"


class Adapter(DefaultSocialAccountAdapter):
    """An account of one's own for whoever comes for the first time, without a role, and without a password."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Always: a new account opens nothing before a code is typed."""
        return True

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """The name as the issuer says it; an address is confirmed by us, or not kept."""
        account = sociallogin.account
        person: User = sociallogin.user
        person.username = "sso-" + sha256(f"{account.provider} {account.uid}".encode()).hexdigest()[:32]
        person.given_name = (data.get("first_name") or data.get("name") or "")[:150]
        person.family_name = (data.get("last_name") or "")[:150]
        return person

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the staff's account once, and keep nothing of what else the issuer tells."""
        claims = sociallogin.account.get_provider_account().get_user_data() or {}
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []
        if not sociallogin.is_existing and (found := _staff(claims)):
            sociallogin.connect(request, found)


def _staff(claims: dict[str, Any]) -> User | None:
    """The one account of the roster that the claims mean; None where the settings ask for none, or several match."""
    staff = User.objects.exclude(source_id=None)
    if settings.SINGLE_SIGN_ON_STAFF_BY == BY_SOURCE_ID:
        claim = claims.get(settings.SINGLE_SIGN_ON_SOURCE_ID_CLAIM)
        return staff.filter(source_id=claim).first() if isinstance(claim, str) else None
    email = claims.get("email")
    if settings.SINGLE_SIGN_ON_STAFF_BY != BY_EMAIL or not email or claims.get("email_verified") is not True:
        return None
    found = list(staff.filter(email__iexact=email)[:2])
    return found[0] if len(found) == 1 else None
