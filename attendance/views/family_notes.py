"""A family writes to the office about its child, and reads the answers."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from attendance.models import LONGEST_NOTE
from attendance.selectors.family_notes import family_notes as notes_of
from attendance.services.family_notes import read_notes, write_note
from students.access import Scope
from students.views.acting import done
from students.views.scoped import request_scope


class FamilyNoteForm(forms.Form):
    """One note to the office; sent twice it is written once."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("Your note to the office"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Only the office reads it: no teacher, and nobody else of the family."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def family_notes(request: HttpRequest, student_id: int) -> HttpResponse:
    """One's own thread; a POST writes to the office."""
    scope = request_scope(request)
    if request.method != "POST":
        read_notes(scope, student_id)
        return _shown(request, scope, student_id, FamilyNoteForm(initial={"submission_id": uuid4()}))
    form = FamilyNoteForm(request.POST)
    if not form.is_valid() or not _written(scope, student_id, form):
        return _shown(request, scope, student_id, form, status=422)
    messages.success(request, _("Thank you. The office has your note and will answer here."))
    return redirect("family_notes", student_id)


def _written(scope: Scope, student_id: int, form: FamilyNoteForm) -> bool:
    given = form.cleaned_data
    return done(form, lambda: write_note(scope, student_id, given["words"], submission_id=given["submission_id"]))


def _shown(
    request: HttpRequest, scope: Scope, student_id: int, form: FamilyNoteForm, status: int = 200
) -> HttpResponse:
    page = notes_of(scope, student_id)
    return render(request, "family/notes.html", {"child": page.child, "page": page, "form": form}, status=status)
