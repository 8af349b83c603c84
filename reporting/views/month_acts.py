"""What people do with a month between its building and its certification; each act leads back to the month's page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from reporting.selectors.months import run_in_scope
from reporting.services.acknowledging import acknowledge
from reporting.services.approving import approve
from reporting.services.cancelling import cancel_month
from reporting.services.certifying import certify
from reporting.views.readers import months_scope
from students.access import Scope
from students.clock import real_now
from students.refusals import Forbidden, Refused


@require_POST
def month_acknowledge(request: HttpRequest, run_id: int, code: str) -> HttpResponse:
    """Acknowledge the warnings of one kind, as the page showed them."""
    digest, reason = (request.POST.get(name, "") for name in ("digest", "reason"))
    return _done(
        request,
        run_id,
        lambda scope: acknowledge(scope, run_id, code, digest=digest, reason=reason),
        _("Acknowledged."),
    )


@require_POST
def month_approve(request: HttpRequest, run_id: int) -> HttpResponse:
    """The school approves."""
    return _done(request, run_id, lambda scope: approve(scope, run_id), _("The month is approved."))


@require_POST
def month_certify(request: HttpRequest, run_id: int) -> HttpResponse:
    """The district certifies."""
    said = _("The month is certified. Its days are frozen: a later change asks for a reason.")
    return _done(request, run_id, lambda scope: certify(scope, run_id), said)


@require_POST
def month_cancel(request: HttpRequest, run_id: int) -> HttpResponse:
    """Stop a building."""
    return _done(
        request, run_id, lambda scope: cancel_month(scope, run_id, at=real_now()), _("The building is cancelled.")
    )


def _done(request: HttpRequest, run_id: int, act: Callable[[Scope], object], said: Promise) -> HttpResponse:
    scope = months_scope(request)
    run = run_in_scope(scope, run_id)
    try:
        act(scope)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(said))
    return redirect("month", school_id=run.school_id, month=run.month)
