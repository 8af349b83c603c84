"""A family's own account: language, e-mail address, password, a further code, and the end."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from students import clock
from students.access import installation_scope
from students.family_sign_in import LONGEST_ADDRESS
from students.refusals import NotInScope, Refused
from students.services.family_accounts import address_that_waits, change_address, confirm_address, leave
from students.views.address_letters import mail_answer_link
from students.views.scoped import request_scope


class AddressForm(forms.Form):
    """Another address, and the password, so that a phone left lying opens no way in for somebody else."""

    email = forms.EmailField(
        label=gettext_lazy("New e-mail address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def family_account(request: HttpRequest) -> HttpResponse:
    """The account; a POST asks for another e-mail address."""
    scope = request_scope(request)
    if not scope.is_family:
        raise NotInScope
    if request.method != "POST":
        return _shown(request, AddressForm())
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            waiting = change_address(scope, form.cleaned_data["email"], form.cleaned_data["password"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            _say_whether_sent(request, mail_answer_link(request, waiting))
            return redirect("family_account")
    return _shown(request, form, status=422)


@require_POST
def family_account_letter(request: HttpRequest) -> HttpResponse:
    """Send the letter to the address that waits once more."""
    if not request_scope(request).is_family:
        raise NotInScope
    _say_whether_sent(request, mail_answer_link(request))
    return redirect("family_account")


@require_http_methods(["GET", "HEAD", "POST"])
def family_account_end(request: HttpRequest) -> HttpResponse:
    """Ask whether the account is to see no child any more; a POST does it."""
    scope = request_scope(request)
    if request.method == "POST":
        leave(scope)
        messages.success(request, _("Your account sees no child’s attendance any more."))
        return redirect("join")
    if not scope.is_family:
        raise NotInScope
    return render(request, "family/account_end.html")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter: a button, since programs that look through mail open links too."""
    shown: dict[str, Any] = {"token": token}
    if request.method == "POST":
        try:
            confirm_address(installation_scope(clock.now()), token)
            shown["done"] = True
        except Refused as refusal:
            shown["refusal"] = str(refusal)
    return render(request, "family/address.html", shown, status=422 if "refusal" in shown else 200)


def _say_whether_sent(request: HttpRequest, sent: bool) -> None:
    if sent:
        messages.success(request, _("We sent you a letter by e-mail. Open the link in it."))
    else:
        messages.error(request, _("The e-mail could not be sent just now. Try again later."))


def _shown(request: HttpRequest, form: AddressForm, status: int = 200) -> HttpResponse:
    waiting = address_that_waits(request_scope(request))
    shown = {"form": form, "waiting": waiting.address if waiting else ""}
    return render(request, "family/account.html", shown, status=status)
