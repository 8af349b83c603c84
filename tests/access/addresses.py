"""Every address of the site, with an example of each, taken from the URL patterns themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

# What stands in a path for each converter, and for each address that is a regular expression.
EXAMPLES = {
    "int": "1",
    "str": "x",
    "slug": "x",
    "uuid": "00000000-0000-0000-0000-000000000001",
    "iso_date": "2020-10-26",
}
WRITTEN_OUT = {
    "account_reset_password_from_key": "accounts/password/reset/key/1-set-password/",
    "api_no_such_address": "api/nothing/",
}

# Open to somebody who has not signed in, with the reason; everything else is private by default.
PUBLIC = {
    "healthz": "asked by whoever keeps the process running; says that it does",
    "readyz": "asked by a load balancer; names no version, no address and no person",
    "unsubscribe": "the signed link in a mail is the key; names no child",
    "join": "the code from the school's letter opens it; names nobody",
    "confirm_address": "the link in the mail is the key; names nobody",
    "language": "keeps the choice of a language in a cookie; shows nothing",
    "openid_connect_login": "leads to the district's own sign-in",
    "openid_connect_callback": "where one comes back from it",
    "socialaccount_login_cancelled": "leads to the sign-in page",
    "account_login": "where one signs in",
    "account_logout": "sends who is not signed in away",
    "account_signup": "says that accounts come from the roster",
    "account_inactive": "says that the account is closed",
    "account_reset_password": "a first or a forgotten password, by mail",
    "api_no_such_address": "says that nothing is there, whoever asks",
    "account_reset_password_done": "says that the mail is on its way",
    "account_reset_password_from_key": "the link in the mail is the key",
    "account_reset_password_from_key_done": "says that the password is set",
}
# Not there until the district's own sign-in is configured.
OFF = {"openid_connect_login", "openid_connect_callback"}


@dataclass(frozen=True)
class Address:
    """A pattern's name, and a path that it answers."""

    name: str
    path: str
    pattern: URLPattern

    @property
    def is_for_programs(self) -> bool:
        """Whether programs ask here, and not people."""
        return self.path.startswith("/api/")


def addresses() -> list[Address]:
    """Every address of the site."""
    return list(_below(get_resolver().url_patterns, ""))


def private_addresses() -> list[Address]:
    """Every address that nobody may open without signing in."""
    return [address for address in addresses() if address.name not in PUBLIC]


def private_pages() -> list[Address]:
    """Every private address of a page, or of a part of one."""
    return [address for address in private_addresses() if not address.is_for_programs]


def addresses_for_programs() -> list[Address]:
    """Every address of the API that nobody may ask without signing in."""
    return [address for address in private_addresses() if address.is_for_programs]


def _below(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns, prefix + _example(pattern, ""))
        else:
            yield Address(pattern.name or "", "/" + prefix + _example(pattern, pattern.name or ""), pattern)


def _example(pattern: URLPattern | URLResolver, name: str) -> str:
    if not isinstance(pattern.pattern, RoutePattern):
        return WRITTEN_OUT[name]
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES[found[1] or "str"], pattern.pattern._route)
