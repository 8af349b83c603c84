"""The district says when families are told of an absence; another policy from a day on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from attendance.views.looking import date_field
from interventions.rules.alerts import AlertPolicy
from interventions.selectors.alert_policy_page import AlertPolicyPage, alert_policy_page
from interventions.services.alert_policy import write_alert_policy
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


def _time(label: Any, *, required: bool = True, help_text: Any = "") -> forms.TimeField:
    clock = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, help_text=help_text, widget=clock)


class AlertPolicyForm(forms.Form):
    """A policy from a day on, beginning with what holds now."""

    starts_on = date_field(gettext_lazy("From"))
    is_on = forms.BooleanField(label=gettext_lazy("Absences nobody explained are told the same day"), required=False)
    told_from = _time(
        gettext_lazy("Not before"),
        help_text=gettext_lazy("When the office has heard its messages, and most who come late have come."),
    )
    quiet_from = _time(gettext_lazy("No mail from"), required=False, help_text=gettext_lazy("Both empty: none."))
    quiet_until = _time(gettext_lazy("until"), required=False)

    def __init__(self, holding: AlertPolicy, data: Any = None, **initial: Any) -> None:
        """The form with the figures in force."""
        figures = {name: getattr(holding, name) for name in self.base_fields}
        super().__init__(data, initial=figures | initial, label_suffix="")

    def policy(self) -> AlertPolicy:
        """What the sent form asks for."""
        return AlertPolicy(**self.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
def alert_policy(request: HttpRequest) -> HttpResponse:
    """The policies; a POST writes another."""
    scope = request_scope(request)
    page = alert_policy_page(scope)
    form = AlertPolicyForm(page.holding, request.POST or None, starts_on=scope.today)
    if request.method != "POST":
        return _shown(request, page, form)
    if not form.is_valid():
        return _shown(request, page, form, 422)
    try:
        write_alert_policy(scope, form.policy())
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return _shown(request, page, form, 422)
    messages.success(request, _("The policy is kept."))
    return redirect("alert_policy")


def _shown(request: HttpRequest, page: AlertPolicyPage, form: AlertPolicyForm, status: int = 200) -> HttpResponse:
    return render(request, "interventions/alert_policy.html", {"page": page, "form": form}, status=status)
