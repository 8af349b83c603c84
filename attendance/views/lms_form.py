"""The upload of an LMS activity file with its mapping: what its columns, its words and its instants mean."""

from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.models import LmsRun, Measure
from attendance.rules.lms import COLUMNS, REQUIRED, FileMapping

_COLUMN_LABELS = {
    "student": gettext_lazy("Student (state id or source id)"),
    "section": gettext_lazy("Class (source id)"),
    "instant": gettext_lazy("Instant"),
    "kind": gettext_lazy("Kind of event"),
    "minutes": gettext_lazy("Minutes (may be missing)"),
    "event_id": gettext_lazy("Event id (may be missing)"),
    "work_of": gettext_lazy("Day whose work it was (may be missing)"),
}
_KIND_LABELS = {
    Measure.LMS_ACTIVITY: gettext_lazy("Engagement with the LMS"),
    Measure.CONTACT: gettext_lazy("Contact with the teacher"),
    Measure.WORK: gettext_lazy("Completed work"),
    Measure.LMS_LOGIN: gettext_lazy("Log-in"),
}
# What most systems call these.
_USUAL_WORDS = {
    Measure.LMS_ACTIVITY: ["activity", "view", "participation"],
    Measure.CONTACT: ["message", "conference"],
    Measure.WORK: ["submission", "quiz"],
    Measure.LMS_LOGIN: ["login"],
}


class LmsUploadForm(forms.Form):
    """A file and its mapping; the words of a measure are separated by commas."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    archive = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("CSV in UTF-8 with a header, 50 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": gettext_lazy("Choose the file that the LMS exports."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        """`zone` is the district's."""
        super().__init__(*args, **kwargs)
        for name, label in _COLUMN_LABELS.items():
            self.fields[f"column_{name}"] = forms.CharField(label=label, max_length=100, required=name in REQUIRED)
        for measure, label in _KIND_LABELS.items():
            self.fields[f"words_{measure}"] = forms.CharField(label=label, max_length=500, required=False)
        self.fields["skipped"] = forms.CharField(
            label=_("Words to be left out"),
            help_text=_("Lines of these kinds are read over. A word that stands nowhere here is an error."),
            max_length=500,
            required=False,
        )
        self.fields["zone"] = forms.ChoiceField(
            label=_("Instants without a time zone"),
            choices=[("", _("are refused")), (zone, zone), ("UTC", "UTC")],
            required=False,
        )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The names of the columns."""
        return [self[f"column_{name}"] for name in COLUMNS]

    @property
    def word_fields(self) -> list[forms.BoundField]:
        """The words of each measure, and those left out."""
        return [*(self[f"words_{measure}"] for measure in _KIND_LABELS), self["skipped"]]

    def clean(self) -> dict[str, Any]:
        """Refuse a word that stands for two things, and a mapping without any."""
        cleaned = super().clean() or {}
        listed = [word for name in (*_KIND_LABELS, "") for word in self._words(cleaned, name)]
        if twice := sorted({word for word in listed if listed.count(word) > 1}):
            raise forms.ValidationError(_("“%(word)s” stands for two things.") % {"word": twice[0]})
        if not any(self._words(cleaned, measure) for measure in _KIND_LABELS):
            raise forms.ValidationError(_("Give at least one word of the LMS for what counts."))
        return cleaned

    def mapping(self) -> FileMapping:
        """The mapping of a valid form."""
        cleaned = self.cleaned_data
        columns = {name: cleaned[f"column_{name}"].strip() for name in COLUMNS if cleaned[f"column_{name}"].strip()}
        kinds = {word: str(measure) for measure in _KIND_LABELS for word in self._words(cleaned, measure)}
        zone = ZoneInfo(cleaned["zone"]) if cleaned["zone"] else None
        return FileMapping(columns, kinds, frozenset(self._words(cleaned, "")), zone)

    @property
    def sent_id(self) -> UUID:
        """The id of the form that was sent."""
        return cast(UUID, self.cleaned_data["submission_id"])

    @staticmethod
    def _words(cleaned: Mapping[str, Any], measure: str) -> list[str]:
        text = cleaned.get(f"words_{measure}" if measure else "skipped") or ""
        return [word.strip().casefold() for word in text.split(",") if word.strip()]


def initial(before: LmsRun | None) -> dict[str, Any]:
    """A form as it opens: as the latest file was mapped."""
    columns = before.columns if before else COLUMNS
    words = {str(measure): _usual(measure, before) for measure in _KIND_LABELS}
    return {
        "submission_id": uuid4(),
        "zone": before.zone if before else "",
        "skipped": _joined(word for word, measure in before.kinds.items() if not measure) if before else "",
        **{f"column_{name}": columns.get(name, "") for name in COLUMNS},
        **{f"words_{measure}": said for measure, said in words.items()},
    }


def _usual(measure: str, before: LmsRun | None) -> str:
    if before is None:
        return _joined(_USUAL_WORDS[Measure(measure)])
    return _joined(word for word, its in before.kinds.items() if its == measure)


def _joined(words: Iterable[str]) -> str:
    return ", ".join(words)
