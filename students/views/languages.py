"""The language of family pages, and of those by which families come in. Staff pages stay in English."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import parse_accept_lang_header

from students.languages.offered import ENGLISH, offered
from students.models import User
from students.selectors.family_language import language_at_home
from students.services.languages import choose_language
from students.views.scoped import request_scope

# Every page of a family, and every one that a family may open before it has signed in: the beginnings of their paths.
FAMILY = ("/family/", "/join/", "/unsubscribe/")
# Where staff sign in too; for whom that is, is known once somebody has.
SHARED = ("/accounts/",)
# Where a request says to the page's frame that the languages may be chosen from there.
OFFERS_LANGUAGES = "first_bell.offers_languages"
A_YEAR = 365 * 24 * 60 * 60


class FamilyLanguageMiddleware:
    """Write family pages in: the account's choice, the browser's (a cookie), the guardian's, what the browser asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hold the language while the page is made, and leave the thread as it was found."""
        language = _language(request)
        if language is None:
            return self.get_response(request)
        request.META[OFFERS_LANGUAGES] = True
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """Take the choice of a language, and go back to the page where it was made."""
    if request.method != "POST":
        return redirect("home")
    code = request.POST.get("language", "")
    if offered(code) != code:
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        choose_language(request_scope(request), code)
    response = redirect(_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _language(request: HttpRequest) -> str | None:
    """The language of a page for families; None for every other page."""
    if request.path.startswith(FAMILY):
        return _of_a_family(request)
    if not request.path.startswith(SHARED):
        return None
    if request.user.is_authenticated and not request_scope(request).is_family:
        return None
    return _of_a_family(request)


def _of_a_family(request: HttpRequest) -> str:
    signed_in = request.user.is_authenticated
    return (
        (signed_in and cast(User, request.user).language)
        or offered(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
        or (signed_in and language_at_home(request_scope(request)))
        or _asked_by_the_browser(request)
        or ENGLISH
    )


def _asked_by_the_browser(request: HttpRequest) -> str | None:
    """The first offered of the languages that a browser lists, in its order of liking."""
    listed = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    return next((code for asked, _ in listed if (code := offered(asked))), None)


def _back(request: HttpRequest) -> str:
    there = request.POST.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, allowed_hosts=None) else "/"
