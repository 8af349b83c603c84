"""A document that was filed under the wrong student: asked to be sealed, and sealed by somebody else (MS-31)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from attendance.selectors.documents import excuse_of_document
from attendance.services.sealing import ask_to_seal, decline_to_seal, seal
from students.refusals import Forbidden, NotInScope, Refused
from students.views.scoped import request_scope

_SAID = {
    "ask": gettext_lazy("It is asked. Another person of the office or an administrator seals it."),
    "seal": gettext_lazy("The document is sealed. The excuse does without it, and its days were judged anew."),
    "decline": gettext_lazy("The document stays open."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def seal_document(request: HttpRequest, document_id: int) -> HttpResponse:
    """Ask to seal a document, seal it, or leave it open, as `act` says; who only looks is led to its excuse."""
    scope = request_scope(request)
    excuse_id = excuse_of_document(scope, document_id)
    if request.method != "POST":
        return redirect("one_excuse", excuse_id)
    acts: dict[str, Callable[[], Any]] = {
        "ask": lambda: ask_to_seal(scope, document_id, reason=request.POST.get("reason", "")),
        "seal": lambda: seal(scope, document_id),
        "decline": lambda: decline_to_seal(scope, document_id),
    }
    act = request.POST.get("act", "")
    if act not in acts:
        raise NotInScope
    try:
        acts[act]()
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _SAID[act])
    return redirect("one_excuse", excuse_id)
