"""The letter by which somebody shows that an e-mail address is theirs."""

from smtplib import SMTPException

from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from students.services.family_accounts import Waiting, address_that_waits
from students.views.scoped import request_scope


def mail_answer_link(request: HttpRequest, waiting: Waiting | None = None) -> bool:
    """Mail the link to an address that waits for its answer; whether it went out.

    A mail server that is away keeps nobody from joining: the account's page sends it again.
    """
    waiting = waiting or address_that_waits(request_scope(request))
    if waiting is None:
        return False
    link = request.build_absolute_uri(reverse("confirm_address", args=[waiting.token]))
    subject = render_to_string("family/address_subject.txt").strip()
    try:
        send_mail(subject, render_to_string("family/address_letter.txt", {"link": link}), None, [waiting.address])
    except (SMTPException, OSError):
        return False
    return True
