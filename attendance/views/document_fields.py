"""The field by which documents are sent: several at once, from a scanner, a phone's camera or its photos."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from attendance.rules.document_content import ENDINGS
from attendance.services.document_intake import MOST_FILES, Upload
from students.views.uploads import takes_uploads, was_too_large, were_too_many

# A phone offers its camera beside its photos where pictures are among what is taken.
_ACCEPT = ",".join([*ENDINGS, *(f".{ending}" for ending in ENDINGS.values()), ".jpeg", "image/heif", ".heif"])

# Any picture, so that no phone hides its camera; what is none that we keep is told by its bytes.
_FROM_A_PHONE = "image/*,application/pdf"

takes_documents = takes_uploads("DOCUMENT_LIMIT_BYTES", most_files=MOST_FILES)


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class DocumentsField(forms.FileField):
    """Any number of files, as Uploads; what they may be is the service's to judge."""

    def __init__(self, *, camera: bool = False, **options: Any) -> None:
        """Say in the field's help what is taken; `camera`: whoever sends most likely holds the paper and a phone."""
        options["widget"] = _SeveralFiles(attrs={"accept": _FROM_A_PHONE if camera else _ACCEPT})
        super().__init__(required=False, **options)
        self.help_text = lazy(_what_is_taken, str)()

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """The files with their names."""
        sent: list[UploadedFile] = [each for each in data or [] if each]
        return [Upload(each.name or "", cast(BinaryIO, each)) for each in sent]


def _what_is_taken() -> str:
    """In the language of the page, which a form's class does not know."""
    return _("PDF, JPEG, PNG or HEIC; %(most)s MB at most each, %(files)s at once.") % {
        "most": _most_megabytes(),
        "files": MOST_FILES,
    }


def add_stop(form: forms.Form, request: HttpRequest) -> None:
    """Tell a form whose files were not all read why."""
    if was_too_large(request):
        form.errors["documents"] = form.error_class(
            [_("A file is larger than %(most)s MB.") % {"most": _most_megabytes()}]
        )
    if were_too_many(request):
        form.errors["documents"] = form.error_class([_("At most %(files)s files at once.") % {"files": MOST_FILES}])


def _most_megabytes() -> int:
    return settings.DOCUMENT_LIMIT_BYTES // 1_000_000
