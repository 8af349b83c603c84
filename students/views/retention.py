"""What is kept of each school year, legal holds, and for how many years."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from students.selectors.retention import policy_today
from students.selectors.retention_page import holds_page, retention_page
from students.services.legal_holds import lift_hold, place_hold
from students.services.retention_policy import enter_policy
from students.views.acting import done
from students.views.district import district_scope
from students.views.retention_forms import HoldForm, LiftForm, PolicyForm


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Every school year: what is kept until when, what is held, what may go, and what waits for a second person."""
    return render(request, "students/retention.html", {"page": retention_page(district_scope(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def legal_holds(request: HttpRequest) -> HttpResponse:
    """The holds; a POST places one."""
    scope = district_scope(request)
    page = holds_page(scope)
    form = HoldForm(page, request.POST) if request.method == "POST" else HoldForm(page)
    if request.method == "POST" and done(form, lambda: place_hold(scope, **form.cleaned_data)):
        messages.success(request, _("The hold stands. Nothing that it touches is disposed of until it is lifted."))
        return redirect("legal_holds")
    context = {"page": page, "form": form, "lifting": LiftForm()}
    return render(request, "students/legal_holds.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Lift a hold; who only looks is led to the list."""
    scope = district_scope(request)
    if request.method != "POST":
        return redirect("legal_holds")
    form = LiftForm(request.POST)
    if done(form, lambda: lift_hold(scope, hold_id, reason=form.cleaned_data["reason"])):
        messages.success(request, _("The hold is lifted. Its page keeps who placed and who lifted it."))
        return redirect("legal_holds")
    page = holds_page(scope)
    context = {"page": page, "form": HoldForm(page), "lifting": form, "lifted_id": hold_id}
    return render(request, "students/legal_holds.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def retention_policy(request: HttpRequest) -> HttpResponse:
    """For how many years records are kept; a POST enters a policy."""
    scope = district_scope(request)
    policy = policy_today(scope)
    form = PolicyForm(policy, scope.today, request.POST if request.method == "POST" else None)
    if form.is_bound and done(form, lambda: enter_policy(scope, **form.cleaned_data)):
        messages.success(request, _("The policy is entered."))
        return redirect("retention")
    context = {"policy": policy, "form": form}
    return render(request, "students/retention_policy.html", context, status=422 if form.is_bound else 200)
