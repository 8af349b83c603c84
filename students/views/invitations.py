"""Invitations for the families of a school, a grade or a class at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from students.refusals import Refused
from students.selectors.invitable import Group, invitation_page
from students.services.inviting import letters_for
from students.views.guardian_accounts import letters
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    """How many have no account; a POST makes their letters, which are this answer and are shown once."""
    scope = request_scope(request)
    if request.method != "POST":
        page = invitation_page(scope, _group(request.GET))
        return render(request, "students/invitations.html", {"page": page})
    page = invitation_page(scope, _group(request.POST))
    try:
        return letters(request, letters_for(scope, page.group))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("invitations")


def _group(asked: QueryDict) -> Group | None:
    """Whom a form or an address asks for; None where it names no school."""
    school, section = asked.get("school", ""), asked.get("section", "")
    if not school.isdecimal():
        return None
    section_id = int(section) if section.isdecimal() else None
    return Group(int(school), asked.get("grade", ""), section_id, bool(asked.get("again")))
