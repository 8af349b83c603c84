"""The log of the mail: what was sent to which family, one message, and the addresses whose mail comes back."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interventions.models import MessageKind, MessageState
from interventions.selectors.returned_mail import returned_mail
from interventions.selectors.sent_mail import AskedMail, one_message, sent_mail
from interventions.services.returned_mail import send_there_again
from interventions.views.asked import asked_id
from students.views.scoped import request_scope


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """The log of `?kind=&state=&school=&student=&day=&page=`."""
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    asked = AskedMail(
        kind=kind if kind in MessageKind.values else "",
        state=state if state in MessageState.values else "",
        school_id=asked_id(request, "school"),
        student_id=asked_id(request, "student"),
        day=_day(request.GET.get("day", "")),
        page=request.GET.get("page", "1"),
    )
    found = sent_mail(request_scope(request), asked)
    return render(request, "interventions/mail.html", {"found": found, "asked": asked})


@require_safe
def mail_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message, as it was sent."""
    message, address = one_message(request_scope(request), message_id)
    return render(request, "interventions/mail_message.html", {"message": message, "address": address})


@require_safe
def mail_returned(request: HttpRequest) -> HttpResponse:
    """The addresses whose mail comes back."""
    found = returned_mail(request_scope(request), request.GET.get("page", "1"))
    return render(request, "interventions/mail_returned.html", {"found": found})


@require_POST
def mail_again(request: HttpRequest, address_id: int) -> HttpResponse:
    """Send to an address again."""
    address = send_there_again(request_scope(request), address_id)
    messages.success(request, _("Mail is sent to %(address)s again.") % {"address": address})
    return redirect("mail_returned")


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None
