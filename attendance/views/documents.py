"""A document itself: to be saved, never to be shown by the browser as a page of ours."""

from collections.abc import Callable

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attendance.services.excuse_documents import OpenedDocument, open_document
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope

# Even if a browser showed it: no script, no form, nothing of this site within reach.
_ALONE = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@require_GET
def document(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """Send a document to somebody who may read it (RD-60); that it was opened is kept."""
    return sent_document(request, lambda: open_document(request_scope(request), document_id))


def sent_document(
    request: HttpRequest, open_it: Callable[[], OpenedDocument], missing: str = "attendance/document_missing.html"
) -> HttpResponseBase:
    """A document on its way to be saved; the page `missing`, which says so, where its bytes are."""
    try:
        opened = open_it()
    except Forbidden:
        raise
    except Refused as refused:
        return render(request, missing, {"why": str(refused)}, status=410)
    return FileResponse(
        opened.stream, as_attachment=True, filename=opened.save_as, content_type=opened.content_type, headers=_ALONE
    )
