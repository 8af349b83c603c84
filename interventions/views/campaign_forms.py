"""The form of a campaign: whom it is for, and what it says in each language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from attendance.models import Mode
from interventions.models import Campaign, PartnerKind
from interventions.rules.campaign_text import Text
from interventions.selectors.campaign_choices import CampaignChoices
from interventions.services.campaigns import CampaignFacts
from students.languages.offered import OFFERED
from students.models import Role
from students.templatetags.languages import language_name

FILTERS = ("school_ids", "grades", "modes", "tiers", "languages", "roles", "partner_kinds")
_NUMBERS = {"school_ids", "tiers"}


@dataclass(frozen=True)
class TextFields:
    """The fields of one language; those that families read stand open."""

    language: str
    subject: BoundField
    body: BoundField
    is_open: bool


class CampaignForm(forms.Form):
    """What a campaign is; what may not be is the service's to say."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), help_text=_("For your list alone: it is never sent."), max_length=120)
    audience = forms.ChoiceField(label=_("Who gets it"), widget=forms.RadioSelect)

    def __init__(self, choices: CampaignChoices, data: Any = None, campaign: Campaign | None = None) -> None:
        """The form of a new campaign, or of a draft."""
        super().__init__(data, initial=_initial(campaign), label_suffix="")
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            (each.value, each.label) for each in choices.audiences
        ]
        for name, label, offered in _filters(choices, campaign):
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=label,
                choices=offered,
                coerce=int if name in _NUMBERS else str,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self._written_in = _languages(choices, campaign)
        for code in self._written_in:
            named = {"language": language_name(code)}
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject in %(language)s") % named, required=False, max_length=150
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=_("Message in %(language)s") % named,
                required=False,
                max_length=4000,
                widget=forms.Textarea({"rows": 7, "lang": code}),
            )

    def texts(self) -> Iterator[TextFields]:
        """The fields of each language, English first."""
        for code in self._written_in:
            subject, body = self[f"subject_{code}"], self[f"body_{code}"]
            yield TextFields(code, subject, body, code in OFFERED or bool(subject.value() or body.value()))

    def again_as_of(self, version: int) -> None:
        """Let the form go over a later version when it is sent once more."""
        sent = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        sent["version"] = str(version)
        self.data = sent

    def facts(self) -> CampaignFacts:
        """What a valid form says."""
        said = self.cleaned_data
        texts = {code: Text(said[f"subject_{code}"], said[f"body_{code}"]) for code in self._written_in}
        return CampaignFacts(
            name=said["name"], audience=said["audience"], texts=texts, **{name: said[name] for name in FILTERS}
        )


def _languages(choices: CampaignChoices, campaign: Campaign | None) -> list[str]:
    """Those offered, and whatever a draft is written in besides."""
    written = [each.language for each in campaign.texts.all()] if campaign else []
    return [*choices.languages, *(code for code in written if code not in choices.languages)]


def _filters(choices: CampaignChoices, campaign: Campaign | None) -> list[tuple[str, Any, Sequence[tuple[Any, Any]]]]:
    """Each filter's name, label and values; what a draft has stays offered."""
    grades = sorted({*choices.grades, *(campaign.grades if campaign else [])})
    spoken = _languages(choices, campaign)
    return [
        ("school_ids", _("Schools"), [(each.pk, each.name) for each in choices.schools]),
        ("grades", _("Grades"), [(each, each) for each in grades]),
        ("modes", _("Way of learning"), Mode.choices),
        ("tiers", _("Tier"), [(each, str(each)) for each in (1, 2, 3)]),
        ("languages", _("Language"), [(code, language_name(code)) for code in spoken]),
        ("roles", _("Role"), Role.choices),
        ("partner_kinds", _("Kind of partner"), PartnerKind.choices),
    ]


def _initial(campaign: Campaign | None) -> dict[str, Any]:
    if campaign is None:
        return {"submission_id": uuid4(), "version": 1, "audience": "families"}
    known = {name: getattr(campaign, name) for name in ("submission_id", "version", "name", "audience", *FILTERS)}
    for text in campaign.texts.all():
        known |= {f"subject_{text.language}": text.subject, f"body_{text.language}": text.body}
    return known
