"""Joining: a code from the school's letter opens one's own children, and nothing else (RD-62)."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from students import clock
from students.access import installation_scope
from students.refusals import Refused
from students.services.joining import join as join_by
from students.services.signing_up import SignUp, sign_up
from students.views.address_letters import mail_answer_link
from students.views.join_forms import CodeForm, SignUpForm
from students.views.join_limits import TooManyTries, within_limits
from students.views.scoped import request_scope


@login_not_required
@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """A code and what to sign in by; of who is signed in, a code alone."""
    kind = CodeForm if request.user.is_authenticated else SignUpForm
    if request.method != "POST":
        return _shown(request, kind())
    form = kind(request.POST)
    if not form.is_valid():
        return _shown(request, form, status=422)
    try:
        within_limits(request, form.cleaned_data["code"], lambda: _join(request, form))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _shown(request, form, status=429 if isinstance(refusal, TooManyTries) else 422)
    return redirect("family")


def _join(request: HttpRequest, form: CodeForm) -> None:
    if request.user.is_authenticated:
        join_by(request_scope(request), form.cleaned_data["code"])
        return
    typed = form.cleaned_data
    wish = SignUp(typed["code"], typed["email"], typed["password"], get_language() or "")
    account = sign_up(installation_scope(clock.now()), wish)
    login(request, account.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    mail_answer_link(request)


def _shown(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    return render(request, "family/join.html", {"form": form}, status=status)
