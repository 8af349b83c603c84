"""What the pages of letters ask for."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from attendance.views.looking import date_field
from attendance.views.school import asked_id
from interventions.models import LetterWay
from interventions.rules.letter_kinds import LANGUAGES, LetterKind
from interventions.rules.letter_text import MOST_BODY, MOST_SUBJECT, Template
from interventions.selectors.letter_log import STATES
from interventions.selectors.letters_page import AskedLetters


def asked_letters(request: HttpRequest) -> AskedLetters:
    """The letters that `?school= kind= language= state= batch= page=` ask for. Raises NotInScope for what is no id."""
    given = request.GET
    return AskedLetters(
        school_id=asked_id(request, "school"),
        kind=_one_of(given.get("kind", ""), list(LetterKind)),
        language=_one_of(given.get("language", ""), LANGUAGES),
        state=_one_of(given.get("state", ""), STATES),
        batch_id=asked_id(request, "batch"),
        page=given.get("page", "1"),
    )


def _one_of(given: str, known: Any) -> str:
    return given if given in known else ""


class PrintForm(forms.Form):
    """How printed letters go out; the same form sent twice is one batch."""

    submission_id = forms.UUIDField()
    way = forms.ChoiceField(choices=LetterWay.choices)

    @property
    def answer(self) -> tuple[str, UUID]:
        """What the sent form says."""
        return self.cleaned_data["way"], self.cleaned_data["submission_id"]


class WithdrawLetterForm(forms.Form):
    """Why a letter is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=300)
    write_anew = forms.BooleanField(
        label=_("Another one to the same person is to be written"), required=False, label_suffix=""
    )


class LetterWordsForm(forms.Form):
    """Other words for a kind of letter in a language, from a day on."""

    holds_from = date_field(_("From"), help_text=_("What was written before stands."))
    subject = forms.CharField(label=_("Subject"), max_length=MOST_SUBJECT)
    body = forms.CharField(
        label=_("Letter"),
        max_length=MOST_BODY,
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text=_("An empty line parts paragraphs; a line that begins with “- ” is a point."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def words(self) -> Template:
        """As the sent form has them."""
        return Template(self.cleaned_data["subject"], self.cleaned_data["body"])
