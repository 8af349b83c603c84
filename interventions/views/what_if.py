"""What another policy would change: looked at, changed again, and saved as it was looked at."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from interventions.selectors.policy_page import policy_page
from interventions.selectors.what_if import what_if_students
from interventions.services.policy import DISTRICT_ALONE, preview_policy, write_policy
from interventions.views.asked import asked_id
from interventions.views.policy_form import PolicyForm
from students.access import Scope
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def what_if(request: HttpRequest) -> HttpResponse:
    """Who would move by the policy in the address; a POST saves the one that was looked at, `agreed` naming it."""
    scope = request_scope(request)
    form = tried_policy(scope, request)
    if request.method != "POST":
        return _looked_at(request, scope, form)
    if not form.is_valid():
        return _looked_at(request, scope, form)
    try:
        agreed = request.POST.get("agreed", "")
        write_policy(scope, form.policy(), name=form.cleaned_data["name"], agreed=agreed)
    except Refused as refused:
        return _looked_at(request, scope, form, refused)
    messages.success(request, _("The policy is kept. Every student is looked at anew from its first day on."))
    return redirect("care_policy")


@require_safe
def what_if_moved(request: HttpRequest) -> HttpResponse:
    """The students who would move by the policy in the address, of `?school= way= page=`."""
    scope = request_scope(request)
    form = tried_policy(scope, request)
    if not form.is_valid():
        return _looked_at(request, scope, form)
    found = what_if_students(
        scope,
        form.policy(),
        school_id=asked_id(request, "school"),
        way=request.GET.get("way", ""),
        page=request.GET.get("page", 1),
    )
    context = {"found": found, "policy": form.cleaned_data, "query": urlencode(form.said)}
    return render(request, "interventions/what_if_moved.html", context)


def tried_policy(scope: Scope, request: HttpRequest) -> PolicyForm:
    """The policy of an address, or of what was sent. Raises Forbidden for whoever does not administer the district."""
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    sent = request.POST if request.method == "POST" else request.GET
    # Without a day nothing was asked yet, as when somebody types the address.
    return PolicyForm(policy_page(scope).holding.policy, sent if "starts_on" in sent else None, starts_on=scope.today)


def _looked_at(request: HttpRequest, scope: Scope, form: PolicyForm, refused: Refused | None = None) -> HttpResponse:
    look = None
    status = 200 if form.is_valid() or not form.is_bound else 422
    if form.is_valid():
        try:
            look = preview_policy(scope, form.policy(), name=form.cleaned_data["name"])
        except Refused as problem:
            refused = refused or problem
    if refused:
        form.add_error(None, str(refused))
        status = 409 if isinstance(refused, Stale) else 422
    changes = form.changes(look.before) if look else ()
    context = {"form": form, "look": look, "changes": changes, "query": urlencode(form.said)}
    return render(request, "interventions/what_if.html", context, status=status)
