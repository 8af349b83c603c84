"""One's own tokens for programs: made, shown once, listed, revoked."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from students.refusals import Forbidden, Refused
from students.rules.token_scopes import LONGEST_LIFE, TOKEN_SCOPES
from students.selectors.api_tokens import all_tokens, own_tokens
from students.services.api_tokens import NewToken, make_token, revoke_token
from students.views.scoped import request_scope

_LIVES = [
    (30, gettext_lazy("30 days")),
    (90, gettext_lazy("90 days")),
    (180, gettext_lazy("180 days")),
    (LONGEST_LIFE.days, gettext_lazy("A year")),
]


class TokenForm(forms.Form):
    """What a token is for, what it may do, and for how long."""

    name = forms.CharField(
        label=gettext_lazy("Which program uses it?"),
        help_text=gettext_lazy("For example: Nightly copy to the data warehouse. Name no student in it."),
        max_length=100,
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What may it do?"),
        help_text=gettext_lazy("Never more than you may yourself, on the day it asks."),
        choices=list(TOKEN_SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(label=gettext_lazy("For how long?"), choices=_LIVES, coerce=int, initial=90)


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The page; a POST makes a token, and its answer alone ever shows it."""
    if request.method != "POST":
        return _shown(request, TokenForm())
    form = TokenForm(request.POST)
    made = _made(request, form) if form.is_valid() else None
    if made is None:
        return _shown(request, form, status=422)
    return _shown(request, TokenForm(), made=made)


def _made(request: HttpRequest, form: TokenForm) -> NewToken | None:
    try:
        return make_token(request_scope(request), **form.cleaned_data)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _shown(request: HttpRequest, form: TokenForm, made: NewToken | None = None, status: int = 200) -> HttpResponse:
    scope = request_scope(request)
    context = {"form": form, "made": made, "tokens": own_tokens(scope), "sees_all": scope.keeps_accounts}
    return render(request, "students/tokens.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a token; back to the list that it was ended from."""
    scope = request_scope(request)
    token = revoke_token(scope, token_id)
    messages.success(
        request, _("%(token)s… is revoked. No program gets in with it any more.") % {"token": token.prefix}
    )
    return redirect("all_tokens" if "all" in request.POST else "tokens")


@require_safe
def everybodys(request: HttpRequest) -> HttpResponse:
    """The tokens of everybody, for whoever administers the installation."""
    page, lines = all_tokens(request_scope(request), request.GET.get("page", "1"))
    return render(request, "students/all_tokens.html", {"page": page, "tokens": lines})
