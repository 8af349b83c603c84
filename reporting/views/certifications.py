"""The page of certifications."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.selectors.certifications import certifications, checked_chain
from reporting.views.readers import months_scope

CERTIFICATIONS_A_PAGE = 25


@require_safe
def month_certifications(request: HttpRequest) -> HttpResponse:
    """Whether the district's chain holds, and the certifications of the schools whose months the person reads."""
    scope = months_scope(request)
    page = Paginator(certifications(scope), CERTIFICATIONS_A_PAGE).get_page(request.GET.get("page", "1"))
    return render(request, "reporting/certifications.html", {"chain": checked_chain(scope), "page": page})
