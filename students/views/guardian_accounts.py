"""A student's family and their accounts, for the office: invite by letter or by mail, and end an account."""

from smtplib import SMTPException

from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from students.refusals import Refused
from students.selectors.family_access import family_access
from students.services.inviting import Letter, letter_for_guardian, letter_for_student, mail_invitation
from students.services.joining import end_account
from students.views.scoped import request_scope


@require_safe
def student_families(request: HttpRequest, student_id: int) -> HttpResponse:
    """Everybody who may have a way in to a student's records, and what was done about it."""
    page = family_access(request_scope(request), student_id)
    return render(request, "students/guardian_accounts.html", {"page": page})


@require_POST
def invite_family(request: HttpRequest, student_id: int) -> HttpResponse:
    """Invite the guardian named in the form, or the student: the letter is this answer, and is shown once."""
    scope, guardian = request_scope(request), request.POST.get("guardian", "")
    guardian_id = int(guardian) if guardian.isdecimal() else None
    try:
        if guardian_id is not None and request.POST.get("by") == "mail":
            mail_invitation(scope, student_id, guardian_id, send=lambda to, letter: _mail(request, to, letter))
            messages.success(request, _("The invitation is on its way."))
        elif guardian_id is not None:
            return letters(request, [letter_for_guardian(scope, student_id, guardian_id)])
        else:
            return letters(request, [letter_for_student(scope, student_id)])
    except Refused as refusal:
        messages.error(request, str(refusal))
    except (SMTPException, OSError):
        messages.error(request, _("The mail server does not answer. Nothing was sent: print a letter, or try later."))
    return redirect("student_families", student_id)


@require_POST
def end_family_account(request: HttpRequest, student_id: int, account_id: int) -> HttpResponse:
    """End what an account opens."""
    end_account(request_scope(request), account_id)
    messages.success(request, _("The account no longer opens any child’s records."))
    return redirect("student_families", student_id)


def letters(request: HttpRequest, written: list[Letter]) -> HttpResponse:
    """Letters to print, each in its own language, a page each."""
    return render(request, "students/letters.html", {"letters": [_in_words(request, each) for each in written]})


def _in_words(request: HttpRequest, letter: Letter) -> dict[str, str]:
    with translation.override(letter.language):
        text = render_to_string("students/invitation_letter.html", _facts(request, letter))
    return {"language": letter.language, "text": text}


def _mail(request: HttpRequest, address: str, letter: Letter) -> None:
    facts = _facts(request, letter)
    with translation.override(letter.language):
        subject = render_to_string("students/invitation_subject.txt", facts).strip()
        send_mail(subject, render_to_string("students/invitation_mail.txt", facts), None, [address])


def _facts(request: HttpRequest, letter: Letter) -> dict[str, object]:
    return {"letter": letter, "address": request.build_absolute_uri(reverse("join"))}
