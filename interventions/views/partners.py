"""The directory of partners: read by every care team, kept by the district (MD-10)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interventions.models import PartnerKind
from interventions.selectors.directory import AskedDirectory, directory, partner_page, schools_to_serve
from interventions.services.partners import (
    add_partner,
    change_partner,
    check_keeper,
    end_partner,
    restore_partner,
)
from interventions.views.asked import asked_id
from interventions.views.partner_forms import PartnerForm
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """The directory of `?kind=&school=&language=&ended=&page=`."""
    kind = request.GET.get("kind", "")
    asked = AskedDirectory(
        kind=kind if kind in PartnerKind.values else "",
        school_id=asked_id(request, "school"),
        language=request.GET.get("language", ""),
        ended=request.GET.get("ended") == "yes",
        page=request.GET.get("page", "1"),
    )
    found = directory(request_scope(request), asked)
    context = {"found": found, "asked": asked, "kinds": PartnerKind.choices}
    return render(request, "interventions/partners.html", context)


@require_safe
def partner(request: HttpRequest, partner_id: int) -> HttpResponse:
    """A partner with its referrals in scope."""
    page = partner_page(request_scope(request), partner_id, request.GET.get("page", "1"))
    return render(request, "interventions/partner.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new_partner(request: HttpRequest) -> HttpResponse:
    """The form of a new partner; a POST enters it."""
    scope = request_scope(request)
    check_keeper(scope)
    form = PartnerForm(schools_to_serve(scope), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = add_partner(scope, form.facts(), submission_id=form.cleaned_data["submission_id"])
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s is in the directory.") % {"name": added.name})
            return redirect("partner", added.pk)
    return _form(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_partner(request: HttpRequest, partner_id: int) -> HttpResponse:
    """The form of a partner that stands; a POST changes it."""
    scope = request_scope(request)
    check_keeper(scope)
    page = partner_page(scope, partner_id)
    form = PartnerForm(schools_to_serve(scope), request.POST or None, page)
    status = 422
    if request.method == "POST" and form.is_valid():
        try:
            change_partner(scope, partner_id, form.facts(), version=form.cleaned_data["version"])
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
            if isinstance(refused, Stale):
                # Sent once more it goes over what stands now, and the person has been told.
                form.again_as_of(page.partner.version)
                status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect("partner", partner_id)
    return _form(request, form, status, page=page)


@require_POST
def finish_partner(request: HttpRequest, partner_id: int) -> HttpResponse:
    """End a partner, or put it back where the form says so."""
    scope = request_scope(request)
    try:
        done = restore_partner(scope, partner_id) if "restore" in request.POST else end_partner(scope, partner_id)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("partner", partner_id)
    said = _("%(name)s has left the directory; its referrals go on.") if done.ended_at else _("%(name)s is back.")
    messages.success(request, said % {"name": done.name})
    return redirect("partner", partner_id)


def _form(request: HttpRequest, form: PartnerForm, status: int = 422, **more: Any) -> HttpResponse:
    context = {"form": form, **more}
    return render(request, "interventions/partner_form.html", context, status=status if form.is_bound else 200)
