"""Referring a case's student to a partner: whom and on which legal basis, then what is asked and what is told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interventions.models import LegalBasis, SharedFact
from interventions.selectors.refer_page import ReferPage, refer_page
from interventions.services.referrals import refer
from interventions.views.asked import asked_id
from interventions.views.refer_forms import ReferForm
from interventions.views.sharing_words import BASES, why_no_more
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def refer_student(request: HttpRequest, case_id: int) -> HttpResponse:
    """The form of `?partner=&basis=&step=`: what the partner may be told follows from both; a POST refers."""
    scope = request_scope(request)
    basis = request.GET.get("basis", "")
    page = refer_page(scope, case_id, partner_id=asked_id(request, "partner"), basis=basis)
    chosen = page.chosen
    if chosen is None or chosen.barred:
        return _shown(request, page, None)
    form = ReferForm(page, chosen, request.POST or None, step_id=asked_id(request, "step"))
    if request.method != "POST" or not form.is_valid():
        return _shown(request, page, form)
    try:
        made = refer(scope, case_id, form.facts(chosen), submission_id=form.cleaned_data["submission_id"])
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return _shown(request, page, form)
    messages.success(request, _("The referral is made, and what %(partner)s is told is in the log.") % {
        "partner": chosen.partner.name
    })  # fmt: skip
    return redirect("referral", made.pk)


def _shown(request: HttpRequest, page: ReferPage, form: ReferForm | None) -> HttpResponse:
    chosen = page.chosen
    left_out = [each for each in SharedFact if chosen and each.value not in chosen.most]
    context = {
        "page": page,
        "form": form,
        "bases": [(each.value, each.label, BASES[each.value]) for each in LegalBasis],
        "partner_id": chosen.partner.pk if chosen else asked_id(request, "partner"),
        "basis": request.GET.get("basis", ""),
        "step_id": asked_id(request, "step"),
        "left_out": [str(each.label).lower() for each in left_out],
        "why_no_more": why_no_more(chosen) if chosen else "",
    }
    refused = (form and form.is_bound) or (chosen and chosen.barred)
    return render(request, "interventions/refer.html", context, status=422 if refused else 200)
