"""The children of a family's account: straight to the one, where there is one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from reporting.selectors.family_children import family_children
from students.views.scoped import request_scope


@require_safe
def family(request: HttpRequest) -> HttpResponse:
    """Every child with today's state; what to do where there is none."""
    children = family_children(request_scope(request))
    if len(children) == 1:
        return redirect("family_today", children[0].child.pk)
    return render(request, "family/children.html", {"lines": children})
