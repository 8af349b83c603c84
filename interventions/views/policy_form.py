"""The form of a policy: what an administrator tries out, and lets hold from a day on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.views.looking import date_field
from interventions.rules.policy import CarePolicy


def _number(label: Any, least: int = 0, most: int = 180, *, required: bool = True, help_text: Any = "") -> Any:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=required, help_text=help_text)


_UNUSED = gettext_lazy("Empty: this criterion is not used.")


class PolicyForm(forms.Form):
    """A policy from a day on."""

    starts_on = date_field(gettext_lazy("From"), help_text=gettext_lazy("What was done before stands."))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    tier_1_absences = _number(gettext_lazy("Absences of tier 1"), 1)
    tier_2_absences = _number(gettext_lazy("Absences of tier 2"), 1)
    tier_3_absences = _number(gettext_lazy("Absences of tier 3"), 1)
    counts_excused = forms.BooleanField(label=gettext_lazy("Excused absences count towards a tier"), required=False)
    counts_suspended = forms.BooleanField(label=gettext_lazy("Suspensions count towards a tier"), required=False)
    disengaged_is_tier_3 = forms.BooleanField(
        label=gettext_lazy("Disengaged students are in tier 3 at any count"), required=False
    )
    grace_school_days = _number(gettext_lazy("School days of grace before a case is opened"), 0, 60)
    tardies_watched = _number(gettext_lazy("Tardies of a term for the watch list"), 1)
    absent_days_running = _number(
        gettext_lazy("Session days running without presence or engagement"), 1, required=False, help_text=_UNUSED
    )
    weeks_without_interaction = _number(
        gettext_lazy("Weeks running without an interaction"), 1, 40, required=False, help_text=_UNUSED
    )
    absent_percent = _number(gettext_lazy("Percent absent"), 1, 100, required=False, help_text=_UNUSED)
    absent_window_days = _number(gettext_lazy("of so many last session days"), 1)
    absent_fewest_days = _number(gettext_lazy("where there are so many at least"), 1)
    failed_contacts = _number(gettext_lazy("Failed contacts on different days"), 1, required=False, help_text=_UNUSED)
    truancy_absences = forms.CharField(
        label=gettext_lazy("Unlawful absences at which truancy is reported"),
        max_length=100,
        help_text=gettext_lazy("Numbers that rise, as 5, 10, 12. The last is the final notice."),
    )
    notice_school_days = _number(gettext_lazy("School days for the report"), 1, 30)
    notice_calendar_days = _number(gettext_lazy("Calendar days for the report, if they end sooner"), 1, 60)
    notice_clock_days = _number(gettext_lazy("Days after the absence at which the clock starts at the latest"), 0, 60)
    enrollment_days = _number(gettext_lazy("Days after the first day of school to be enrolled"), 1, 60)

    def __init__(self, now: CarePolicy, data: Any = None, **initial: Any) -> None:
        """The form, beginning with what holds now."""
        figures = {name: getattr(now, name) for name in self.base_fields if hasattr(now, name)}
        figures["truancy_absences"] = ", ".join(map(str, now.truancy_absences))
        super().__init__(data, initial=figures | initial, label_suffix="")

    def clean_truancy_absences(self) -> tuple[int, ...]:
        """The numbers; commas and blanks part them."""
        said = re.split(r"[,\s]+", self.cleaned_data["truancy_absences"].strip())
        if not all(each.isascii() and each.isdigit() and int(each) <= 180 for each in said):
            raise forms.ValidationError(_("Write numbers of absences, as 5, 10, 12."))
        return tuple(int(each) for each in said)

    def policy(self) -> CarePolicy:
        """What the sent form asks for."""
        return CarePolicy(**{name: value for name, value in self.cleaned_data.items() if name != "name"})

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by what they are about."""
        tiers = ("tier_1_absences", "tier_2_absences", "tier_3_absences", "counts_excused", "counts_suspended")
        more = ("disengaged_is_tier_3", "grace_school_days", "tardies_watched")
        signs = ("absent_days_running", "weeks_without_interaction", "failed_contacts", "absent_percent")
        window = ("absent_window_days", "absent_fewest_days")
        notices = ("truancy_absences", "notice_school_days", "notice_calendar_days", "notice_clock_days")
        named = [
            ("", ("starts_on", "name")),
            (_("Tiers of support (MD-04 to MD-07)"), (*tiers, *more)),
            (_("Disengaged by any of these (MD-08, RD-42)"), (*signs, *window)),
            (_("Truancy and enrollment (ST-02, ST-06)"), (*notices, "enrollment_days")),
        ]
        return [(title, [self[name] for name in names]) for title, names in named]


def changed_figures(before: CarePolicy, after: CarePolicy) -> Sequence[tuple[str, str, str]]:
    """The figures in which two policies differ, each with its label, as it was and as it would be."""
    fields = {name: field for name, field in PolicyForm.base_fields.items() if name not in ("starts_on", "name")}
    pairs = [(field.label, getattr(before, name), getattr(after, name)) for name, field in fields.items()]
    return [(str(label), _figure(was), _figure(becomes)) for label, was, becomes in pairs if was != becomes]


def _figure(value: Any) -> str:
    if value is None:
        return _("not used")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
