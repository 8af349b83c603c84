"""One person's account and roles, for those who keep them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from students.refusals import Forbidden, NotInScope, Refused
from students.selectors.account import AccountPage, account_page
from students.services.accounts import send_password_link, switch_off, switch_on
from students.services.roles import end_role, give_role
from students.views.acting import done
from students.views.password_links import mail_password_link
from students.views.person_forms import EndForm, GiveForm
from students.views.scoped import request_scope


@dataclass
class Forms:
    """What is being filled in; `ending` is the id of the role whose form was refused."""

    giving: GiveForm
    end: EndForm = field(default_factory=EndForm)
    ending: int | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """The account; a POST gives a role."""
    scope = request_scope(request)
    page = account_page(scope, person_id)
    if request.method != "POST":
        return _shown(request, page, Forms(GiveForm(page)))
    form = GiveForm(page, request.POST)
    if not done(form, lambda: give_role(scope, person_id, **form.cleaned_data)):
        return _shown(request, page, Forms(form), status=422)
    messages.success(request, _("The role is given. It holds from its first day on, at the next page they open."))
    return redirect("person", person_id)


@require_POST
def person_role_end(request: HttpRequest, person_id: int, role_id: int) -> HttpResponse:
    """End one role of a person."""
    scope = request_scope(request)
    page = account_page(scope, person_id)
    if role_id not in {line.id for line in page.roles}:
        # A second click, or another administrator: the page shows what stands.
        return redirect("person", person_id)
    form = EndForm(request.POST)
    if not done(form, lambda: end_role(scope, role_id, **form.cleaned_data)):
        return _shown(request, page, Forms(GiveForm(page), form, role_id), status=422)
    messages.success(request, _("The role is ended."))
    return redirect("person", person_id)


@require_POST
def person_switch(request: HttpRequest, person_id: int) -> HttpResponse:
    """Switch an account `to` off, or to on again."""
    scope = request_scope(request)
    if (to := request.POST.get("to", "")) not in _SWITCHES:
        raise NotInScope
    act, said = _SWITCHES[to]
    return _acted(request, person_id, lambda: act(scope, person_id), said())


@require_POST
def person_link(request: HttpRequest, person_id: int) -> HttpResponse:
    """Send the link to set a password."""
    scope = request_scope(request)
    said = _("The link is on its way. It opens once, for three days.")
    return _acted(
        request,
        person_id,
        lambda: send_password_link(scope, person_id, send=lambda account: mail_password_link(request, account)),
        said,
    )


_SWITCHES: dict[str, tuple[Callable[..., Any], Callable[[], str]]] = {
    "off": (switch_off, lambda: _("The account is switched off. Whoever was signed in by it is out.")),
    "on": (switch_on, lambda: _("The account is switched on again.")),
}


def _acted(request: HttpRequest, person_id: int, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        act()
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("person", person_id)


def _shown(request: HttpRequest, page: AccountPage, forms: Forms, status: int = 200) -> HttpResponse:
    return render(request, "students/person.html", {"page": page, "forms": forms}, status=status)
