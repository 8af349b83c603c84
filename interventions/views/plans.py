"""The action plans of the three tiers: read by care teams, edited by the district."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from interventions.models import ActionKind
from interventions.selectors.plans import ActionLine, plans_page
from interventions.services.plans import (
    MOST_SCHOOL_DAYS,
    ActionFacts,
    add_action,
    change_action,
    move_action,
    retire_action,
)
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope


class ActionForm(forms.Form):
    """An action of a plan; `seen` is what stood when the page was read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(label=gettext_lazy("What is to be done"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ActionKind.choices)
    due_school_days = forms.IntegerField(
        label=gettext_lazy("Due after how many school days"), min_value=1, max_value=MOST_SCHOOL_DAYS
    )
    only_unlocated = forms.BooleanField(
        label=gettext_lazy("only for students who are disengaged, or whom nobody can find"), required=False
    )

    def facts(self) -> ActionFacts:
        """What the form says."""
        return ActionFacts(**{name: self.cleaned_data[name] for name in _FACTS})


_FACTS = ("kind", "words", "due_school_days", "only_unlocated")


class MoveForm(forms.Form):
    """Where an action goes, and where the page showed it."""

    earlier = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda said: said == "yes")
    position = forms.IntegerField()


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans."""
    return _shown(request, {})


@require_http_methods(["POST"])
def add_planned_action(request: HttpRequest, tier: int) -> HttpResponse:
    """Add an action as the last of a tier."""
    form = ActionForm(request.POST, auto_id=f"add-{tier}-%s", label_suffix="")

    def act() -> None:
        add_action(request_scope(request), tier, form.facts())

    return _acted(request, f"add-{tier}", form, act, _("The action is added. New cases take it over."))


@require_http_methods(["POST"])
def change_planned_action(request: HttpRequest, action_id: int) -> HttpResponse:
    """Let an action say something else."""
    form = ActionForm(request.POST, auto_id=f"change-{action_id}-%s", label_suffix="")

    def act() -> None:
        change_action(request_scope(request), action_id, form.facts(), seen=form.cleaned_data["seen"])

    return _acted(request, f"change-{action_id}", form, act, _("The action is changed. Open cases keep their steps."))


@require_http_methods(["POST"])
def move_planned_action(request: HttpRequest, action_id: int) -> HttpResponse:
    """Let an action change places with its neighbor."""
    form = MoveForm(request.POST)

    def act() -> None:
        move_action(request_scope(request), action_id, **form.cleaned_data)

    return _acted(request, "move", form, act, _("The order is changed."))


@require_http_methods(["POST"])
def retire_planned_action(request: HttpRequest, action_id: int) -> HttpResponse:
    """Take an action out of its plan."""

    def act() -> None:
        retire_action(request_scope(request), action_id)

    return _acted(
        request, "retire", forms.Form({}), act, _("The action is out of the plan. Open cases keep their steps.")
    )


def _acted(request: HttpRequest, place: str, form: forms.Form, act: Callable[[], None], said: str) -> HttpResponse:
    plans_page(request_scope(request))
    if not form.is_valid():
        return _shown(request, {place: form}, 422)
    try:
        act()
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return _shown(request, {place: form}, 409 if isinstance(refused, Stale) else 422)
    messages.success(request, said)
    return redirect("plans")


def _shown(request: HttpRequest, bound: Mapping[str, forms.Form], status: int = 200) -> HttpResponse:
    found = plans_page(request_scope(request))
    context = {
        "refused": list(bound.values()),
        "plans": [
            {
                "plan": plan,
                "lines": [(line, _change_form(line, bound)) for line in plan.lines],
                "adding": bound.get(f"add-{plan.tier}") or ActionForm(auto_id=f"add-{plan.tier}-%s", label_suffix=""),
            }
            for plan in found
        ],
    }
    return render(request, "interventions/plans.html", context, status=status)


def _change_form(line: ActionLine, bound: Mapping[str, Any]) -> forms.Form:
    place = f"change-{line.action.pk}"
    said = {name: getattr(line.action, name) for name in _FACTS}
    return bound.get(place) or ActionForm(initial={"seen": line.seen, **said}, auto_id=f"{place}-%s", label_suffix="")
