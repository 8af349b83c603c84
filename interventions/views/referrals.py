"""Referrals: the list, one with its history, what becomes of it, and the sheet for the partner."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from interventions.models import ReferralStatus
from interventions.selectors.referral_lines import ALL_OPEN, EVERY, AskedReferrals, referral_list
from interventions.selectors.referral_page import ReferralPage, referral_page
from interventions.services.referral_moves import make_sheet, move_referral
from interventions.views.asked import asked_id
from interventions.views.refer_forms import MoveForm, SheetForm
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope

SHOWN = [(ALL_OPEN, gettext_lazy("All that are open")), *ReferralStatus.choices, (EVERY, gettext_lazy("Every one"))]


@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """The referrals of `?status=&partner=&school=&overdue=&page=`."""
    status = request.GET.get("status", "")
    asked = AskedReferrals(
        status=status if status in dict(SHOWN) else ALL_OPEN,
        partner_id=asked_id(request, "partner"),
        school_id=asked_id(request, "school"),
        overdue=request.GET.get("overdue") == "yes",
        page=request.GET.get("page", "1"),
    )
    found = referral_list(request_scope(request), asked)
    return render(request, "interventions/referrals.html", {"found": found, "asked": asked, "statuses": SHOWN})


@require_safe
def referral(request: HttpRequest, referral_id: int) -> HttpResponse:
    """One referral."""
    return _shown(request, referral_page(request_scope(request), referral_id))


@require_http_methods(["GET", "HEAD", "POST"])
def change_referral(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Enter what became of a referral."""
    if request.method != "POST":
        return redirect("referral", referral_id)
    scope = request_scope(request)
    page = referral_page(scope, referral_id)
    form = MoveForm(page, request.POST.dict())
    if not form.is_valid():
        return _shown(request, page, form, 422)
    try:
        move_referral(scope, referral_id, **form.cleaned_data)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        # The page shows what stands now, and so it is what the person has seen.
        form.data = {**form.data, "version": page.referral.version}
        return _shown(request, page, form, 409 if isinstance(refused, Stale) else 422)
    messages.success(request, _("Saved."))
    return redirect("referral", referral_id)


@require_http_methods(["GET", "HEAD", "POST"])
def referral_sheet(request: HttpRequest, referral_id: int) -> HttpResponse:
    """The sheet to print: only a POST makes one, since each that is given out is logged."""
    if request.method != "POST":
        return redirect("referral", referral_id)
    scope, form = request_scope(request), SheetForm(request.POST)
    if not form.is_valid():
        return _shown(request, referral_page(scope, referral_id), status=422)
    try:
        sheet = make_sheet(scope, referral_id, submission_id=form.cleaned_data["submission_id"])
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("referral", referral_id)
    return render(request, "interventions/referral_sheet.html", {"sheet": sheet})


def _shown(request: HttpRequest, page: ReferralPage, form: MoveForm | None = None, status: int = 200) -> HttpResponse:
    context = {"page": page, "form": form or MoveForm(page), "sheet": SheetForm.fresh()}
    return render(request, "interventions/referral.html", context, status=status)
