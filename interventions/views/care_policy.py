"""By what the district counts absences, and calls a student disengaged or truant."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from interventions.selectors.policy_page import policy_page
from interventions.views.policy_form import PolicyForm
from students.views.scoped import request_scope


@require_safe
def care_policy(request: HttpRequest) -> HttpResponse:
    """The policies, and the form of another one, which is looked at before it is saved."""
    scope = request_scope(request)
    page = policy_page(scope)
    form = PolicyForm(page.holding.policy, starts_on=scope.today)
    return render(request, "interventions/care_policy.html", {"page": page, "form": form})
