"""The auditor's first page, asking for a packet, following its making, and taking it away.

A name never stands in an address: a search is a form that is posted and answered in place.
"""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from reporting.models import AuditPacket, PacketState
from reporting.selectors.packet_choices import MOST_FOUND, found_students, packet_choices
from reporting.selectors.packet_list import packet_page, packets_asked_for
from reporting.services.packets import MAKE_TASK, ask_for_packet, open_packet
from reporting.views.audit_forms import PacketForm, asked_subject
from reporting.views.readers import months_scope
from students.access import Scope
from students.models import Role
from students.refusals import Forbidden, Refused
from students.services.dispatch import hand_to_a_worker


@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    """What can be asked about, and the packets that were; a POST searches for students by `words`."""
    scope = months_scope(request)
    words = request.POST.get("words", "").strip()[:100]
    found = found_students(scope, words)
    context = {
        "choices": packet_choices(scope),
        "packets": packets_asked_for(scope, request.GET.get("page", "1")),
        "words": words,
        "found": found[:MOST_FOUND],
        "more": len(found) > MOST_FOUND,
    }
    return render(request, "reporting/audit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_packet(request: HttpRequest) -> HttpResponse:
    """The form for one packet; a POST asks for it and leads to its page."""
    scope = months_scope(request)
    try:
        subject = asked_subject(request, scope)
    except Refused as refusal:
        return render(request, "reporting/packet_ask.html", {"refusal": str(refusal)}, status=422)
    form = PacketForm(subject, request.POST or None, auditor=scope.holds(Role.AUDITOR))
    packet = _asked(scope, form) if form.is_valid() else None
    if packet is not None:
        if packet.state == PacketState.WAITING:
            hand_to_a_worker(MAKE_TASK, packet.pk)
        return redirect("packet", packet.pk)
    context = {"form": form, "subject": subject}
    return render(request, "reporting/packet_ask.html", context, status=422 if form.is_bound else 200)


def _asked(scope: Scope, form: PacketForm) -> AuditPacket | None:
    given = form.cleaned_data
    try:
        return ask_for_packet(
            scope,
            form.asked,
            basis=given["basis"],
            recipient=given["recipient"],
            submission_id=given["submission_id"],
        )
    except Forbidden:
        raise
    except Refused as refusal:
        form.add_error(None, _(str(refusal)))
        return None


@require_safe
def packet(request: HttpRequest, packet_id: int) -> HttpResponse:
    """One packet: how far it is, what is in it, and who took it away."""
    return render(request, "reporting/packet.html", {"page": packet_page(months_scope(request), packet_id)})


@require_GET
def packet_file(request: HttpRequest, packet_id: int) -> HttpResponse | StreamingHttpResponse:
    """The packet itself; who takes it is logged."""
    scope = months_scope(request)
    try:
        opened = open_packet(scope, packet_id)
    except Refused:
        return redirect("packet", packet_id)
    response = StreamingHttpResponse(opened.chunks, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{opened.name}"'
    response["Content-Length"] = str(opened.size_bytes)
    response["X-Content-Type-Options"] = "nosniff"
    return response
