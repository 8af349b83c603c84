"""Voiding a class that was not held, and restoring it."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from attendance.selectors.void_page import VoidPage, void_page
from attendance.services.voiding import Voided, restore_meeting, void_meeting
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


class VoidForm(forms.Form):
    """Why the class was not held."""

    reason = forms.CharField(
        label=gettext_lazy("Why was the class not held?"),
        help_text=gettext_lazy("It stands beside the class wherever the day is explained. Name no student in it."),
        max_length=300,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The page; a POST voids with a reason, or restores where it says so."""
    scope = request_scope(request)
    page = void_page(scope, meeting_id)
    if request.method != "POST":
        return _shown(request, page, VoidForm())
    if "restore" in request.POST:
        return _restored(request, scope, page)
    form = VoidForm(request.POST)
    if not form.is_valid() or not _voided(request, scope, page, form):
        return _shown(request, page, form, status=422)
    return redirect("void_meeting", meeting_id)


def _voided(request: HttpRequest, scope: Scope, page: VoidPage, form: VoidForm) -> bool:
    try:
        done = void_meeting(scope, page.id, reason=form.cleaned_data["reason"])
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("%(class)s is void.") % {"class": page.title} + " " + _judged(done))
    return True


def _restored(request: HttpRequest, scope: Scope, page: VoidPage) -> HttpResponse:
    done = restore_meeting(scope, page.id)
    messages.success(request, _("%(class)s is restored.") % {"class": page.title} + " " + _judged(done))
    return redirect(f"{reverse('school')}?{urlencode({'school': page.school_id, 'on': page.date.isoformat()})}")


def _judged(done: Voided) -> str:
    anew = ngettext(
        "The day of %(n)s student was judged anew.", "The day of %(n)s students was judged anew.", done.students
    ) % {"n": done.students}
    if not done.under_minimum:
        return anew
    short = ngettext(
        "%(n)s of them now has a day under %(minimum)s minutes (MS-02).",
        "%(n)s of them now have a day under %(minimum)s minutes (MS-02).",
        done.under_minimum,
    )
    return f"{anew} {short % {'n': done.under_minimum, 'minimum': done.minimum_minutes}}"


def _shown(request: HttpRequest, page: VoidPage, form: VoidForm, status: int = 200) -> HttpResponse:
    return render(request, "attendance/void.html", {"page": page, "form": form}, status=status)
