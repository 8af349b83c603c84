"""The history of imports, and the door for a new one."""

from typing import BinaryIO, cast
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from students.access import Scope
from students.models import RosterRun, RunOrigin
from students.refusals import Forbidden, Refused
from students.selectors.roster_runs import import_list
from students.services.dispatch import hand_to_a_worker
from students.services.imports.receiving import receive
from students.services.imports.work import PLAN_TASK
from students.views.district import district_scope
from students.views.import_wording import ORIGIN_CHOICES, SHOW_CHOICES, standing_of
from students.views.uploads import was_too_large


class UploadForm(forms.Form):
    """A set as one zip. The fields before the file are read even where the file is too large to be kept."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    archive = forms.FileField(widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}))

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Say in the field's help how large a file may be."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["archive"]
        field.label = _("The roster as a zip")
        field.help_text = _(
            "OneRoster 1.1 or 1.2 with its manifest, all files at the root of the zip; %(most)s MB at most."
        ) % {"most": settings.ROSTER_UPLOAD_LIMIT_BYTES // 1_000_000}
        field.error_messages["required"] = _("Choose the zip that holds the roster.")
        field.error_messages["empty"] = _("The file is empty.")


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The runs of `?show=&origin=&page=`; a POST takes a set in and leads to its page."""
    scope = district_scope(request)
    if request.method != "POST":
        return _shown(request, scope, UploadForm(initial={"submission_id": uuid4()}))
    form = UploadForm(request.POST, request.FILES)
    if was_too_large(request):
        form.errors["archive"] = form.error_class(
            [_("The file is larger than %(most)s MB.") % {"most": settings.ROSTER_UPLOAD_LIMIT_BYTES // 1_000_000}]
        )
    run = _received(scope, form) if form.is_valid() else None
    if run is None:
        return _shown(request, scope, form, status=422)
    if run.is_worked_on:
        hand_to_a_worker(PLAN_TASK, run.pk)
    else:
        messages.info(request, _("This set was sent before; here is what became of it."))
    return redirect("import", run.pk)


def _received(scope: Scope, form: UploadForm) -> RosterRun | None:
    sent = form.cleaned_data["archive"]
    try:
        return receive(
            scope,
            cast(BinaryIO, sent),
            file_name=sent.name,
            origin=RunOrigin.PAGE,
            submission_id=cast(UUID, form.cleaned_data["submission_id"]),
            most_bytes=settings.ROSTER_UPLOAD_LIMIT_BYTES,
        )
    except Forbidden:
        raise
    except Refused as refusal:
        form.add_error("archive", str(refusal))
        return None


def _shown(request: HttpRequest, scope: Scope, form: UploadForm, status: int = 200) -> HttpResponse:
    show, origin = request.GET.get("show", ""), request.GET.get("origin", "")
    found = import_list(scope, show=show, origin=origin, page=request.GET.get("page", "1"))
    context = {
        "found": found,
        "lines": [(line, standing_of(line.run)) for line in found.lines],
        "nightly": standing_of(found.newest_nightly.run) if found.newest_nightly else None,
        "form": form,
        "show": show,
        "origin": origin,
        "shows": SHOW_CHOICES,
        "origins": ORIGIN_CHOICES,
        "watches": bool(settings.ROSTER_FOLDER),
    }
    return render(request, "students/imports.html", context, status=status)
