"""How a child is taught."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.selectors.family_plan import family_plan
from reporting.views.family_context import child_page
from students.views.scoped import request_scope


@require_safe
def plan(request: HttpRequest, student_id: int) -> HttpResponse:
    """The next school days, and what there is to do."""
    scope = request_scope(request)
    shown = family_plan(scope, student_id)
    return render(request, "family/plan.html", child_page(scope, shown.child, shown=shown))
