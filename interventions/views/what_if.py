"""What another policy would change: asked for, followed, looked at, and saved as it was looked at."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from interventions.models import PolicyTrial, TrialState
from interventions.selectors.policy_page import policy_page
from interventions.selectors.policy_trials import done_trial, trial_in_scope, what_if_students
from interventions.selectors.policy_trials import what_if as figures_of
from interventions.selectors.what_if import DISTRICT_ALONE
from interventions.services.policy_trials import TRY_TASK, ask_for_trial, save_trial
from interventions.views.asked import asked_id
from interventions.views.policy_form import PolicyForm, changed_figures
from students.access import Scope
from students.refusals import Forbidden, Refused, Stale
from students.services.dispatch import hand_to_a_worker
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def what_if(request: HttpRequest) -> HttpResponse:
    """The form of a policy to be tried; a POST asks for the trial and leads to its page."""
    scope = request_scope(request)
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    form = PolicyForm(policy_page(scope).holding.policy, request.POST or None, starts_on=scope.today)
    trial = _asked(scope, form) if form.is_valid() else None
    if trial is None:
        return render(request, "interventions/what_if.html", {"form": form}, status=422 if form.is_bound else 200)
    if trial.state == TrialState.WAITING:
        hand_to_a_worker(TRY_TASK, trial.pk)
    return redirect("what_if_trial", trial.pk)


def _asked(scope: Scope, form: PolicyForm) -> PolicyTrial | None:
    try:
        return ask_for_trial(scope, form.policy(), name=form.cleaned_data["name"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def what_if_trial(request: HttpRequest, trial_id: int) -> HttpResponse:
    """How far a trial is, then who would move; a POST saves its policy."""
    scope = request_scope(request)
    trial = trial_in_scope(scope, trial_id)
    if request.method != "POST":
        return _shown(request, scope, trial)
    try:
        save_trial(scope, trial_id)
    except Refused as refused:
        return _shown(request, scope, trial, refused)
    messages.success(request, _("The policy is kept. Every student is looked at anew from its first day on."))
    return redirect("care_policy")


def _shown(request: HttpRequest, scope: Scope, trial: PolicyTrial, refused: Refused | None = None) -> HttpResponse:
    policy = trial.policy
    look = figures_of(scope, trial) if trial.state == TrialState.DONE else None
    context = {
        "trial": trial,
        "policy": policy,
        "look": look,
        "changes": changed_figures(look.before, policy) if look else (),
        "form": PolicyForm(policy, name=trial.name, starts_on=policy.starts_on),
        "refused": refused,
        # The first look comes soon: in a small district it is done by then.
        "soon": not request.headers.get("HX-Request"),
    }
    status = 200 if refused is None else 409 if isinstance(refused, Stale) else 422
    return render(request, "interventions/what_if_trial.html", context, status=status)


@require_safe
def what_if_moved(request: HttpRequest, trial_id: int) -> HttpResponse:
    """The students whom the policy of a trial would move, of `?school= way= page=`."""
    scope = request_scope(request)
    trial = done_trial(scope, trial_id)
    if trial is None:
        return redirect("what_if_trial", trial_id)
    found = what_if_students(
        scope,
        trial,
        school_id=asked_id(request, "school"),
        way=request.GET.get("way", ""),
        page=request.GET.get("page", 1),
    )
    context = {"found": found, "trial": trial, "policy": trial.policy}
    return render(request, "interventions/what_if_moved.html", context)
