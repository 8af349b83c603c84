"""The list of months."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.selectors.months_list import months_page
from reporting.views.readers import months_scope, nothing_yet
from students.refusals import Refused


@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """Every month of every school whose months are open to the person, with what is to be done next."""
    scope = months_scope(request)
    try:
        page = months_page(scope)
    except Refused as refusal:
        return render(request, "reporting/months.html", nothing_yet(refusal))
    return render(request, "reporting/months.html", {"page": page})
