"""Campaigns as pages: the list, the form, the preview, the way out, and what came of it (MD-09)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interventions.models import Audience, Campaign, CampaignState
from interventions.selectors.campaign_choices import campaign_choices
from interventions.selectors.campaign_list import AskedCampaigns, audience_words, campaign_list, school_names
from interventions.selectors.campaign_preview import left_out_words, preview
from interventions.selectors.campaign_result import effect, progress
from interventions.selectors.campaign_rights import campaign_in_scope
from interventions.selectors.campaign_words import texts_of
from interventions.services.campaign_queueing import QUEUE_TASK
from interventions.services.campaigns import (
    SENDABLE,
    STOPPABLE,
    UNDER_WAY,
    change_campaign,
    discard_campaign,
    send_campaign,
    stop_campaign,
    write_campaign,
)
from interventions.views.campaign_forms import CampaignForm
from students.access import Scope
from students.refusals import Forbidden, Refused, Stale
from students.services.dispatch import hand_to_a_worker
from students.views.scoped import request_scope


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """The list of `?state=&audience=&page=`."""
    state, audience = request.GET.get("state", ""), request.GET.get("audience", "")
    asked = AskedCampaigns(
        state=state if state in CampaignState.values else "",
        audience=audience if audience in Audience.values else "",
        page=request.GET.get("page", "1"),
    )
    found = campaign_list(request_scope(request), asked)
    context = {"found": found, "asked": asked, "states": CampaignState.choices, "audiences": Audience.choices}
    return render(request, "interventions/campaigns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_campaign(request: HttpRequest) -> HttpResponse:
    """The form of a new campaign; a POST keeps it as a draft."""
    scope = request_scope(request)
    form = CampaignForm(campaign_choices(scope), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = write_campaign(scope, form.facts(), submission_id=form.cleaned_data["submission_id"])
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("campaign", draft.pk)
    return _form(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The form of a draft; a POST changes it."""
    scope = request_scope(request)
    draft = campaign_in_scope(scope, campaign_id)
    if draft.state != CampaignState.DRAFT:
        return redirect("campaign", campaign_id)
    form = CampaignForm(campaign_choices(scope), request.POST or None, draft)
    status = 422
    if request.method == "POST" and form.is_valid():
        try:
            change_campaign(scope, campaign_id, form.facts(), version=form.cleaned_data["version"])
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
            if isinstance(refused, Stale):
                # Sent once more it goes over what stands now, and the person has been told.
                form.again_as_of(draft.version)
                status = 409
        else:
            return redirect("campaign", campaign_id)
    return _form(request, form, status, campaign=draft)


@require_safe
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """A draft as it would be sent; later how far it is, and what came of it."""
    scope = request_scope(request)
    return render(request, "interventions/campaign.html", _page(scope, campaign_in_scope(scope, campaign_id)))


@require_safe
def campaign_work(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The part of the page that changes while it is sent; asked for every few seconds until it is through."""
    scope = request_scope(request)
    found = campaign_in_scope(scope, campaign_id)
    if not request.headers.get("HX-Request"):
        return redirect("campaign", campaign_id)
    return render(request, "interventions/campaign_work.html", _page(scope, found) | {"polled": True})


@require_POST
def send_campaign_page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Let a campaign go as it was shown."""
    scope = request_scope(request)
    shown = {name: _number(request, name) for name in ("version", "people")}
    try:
        going = send_campaign(scope, campaign_id, **shown)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
        found = _page(scope, campaign_in_scope(scope, campaign_id))
        status = 409 if isinstance(refused, Stale) else 422
        return render(request, "interventions/campaign.html", found, status=status)
    if going.state == CampaignState.QUEUED:
        hand_to_a_worker(QUEUE_TASK, going.pk)
    return redirect("campaign", campaign_id)


@require_POST
def stop_campaign_page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Send no more of it."""
    scope = request_scope(request)
    try:
        stop_campaign(scope, campaign_id)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Stopped. What went out before is out."))
    return redirect("campaign", campaign_id)


@require_POST
def discard_campaign_page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Delete a draft."""
    try:
        discard_campaign(request_scope(request), campaign_id)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("campaign", campaign_id)
    messages.success(request, _("The draft is gone."))
    return redirect("campaigns")


def _number(request: HttpRequest, name: str) -> int:
    """What the page showed; what is no number was never shown, and so is stale."""
    said = request.POST.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1


def _page(scope: Scope, found: Campaign) -> dict[str, Any]:
    context: dict[str, Any] = {
        "campaign": found,
        "audience": audience_words(scope, found, school_names(scope)),
        "is_under_way": found.state in UNDER_WAY,
        "may_send": found.state in SENDABLE,
        "may_stop": found.state in STOPPABLE,
    }
    if found.state == CampaignState.DRAFT:
        return context | {"preview": preview(scope, found)}
    context |= {"progress": progress(scope, found), "left_out": left_out_words(scope, found.left_out)}
    if found.state in UNDER_WAY:
        return context
    # What failed half-way may go out again, to whom it was shown.
    again = {"preview": preview(scope, found)} if found.state in SENDABLE else {}
    return context | again | {"effect": effect(scope, found), "texts": texts_of(found)}


def _form(request: HttpRequest, form: CampaignForm, status: int = 422, **more: Any) -> HttpResponse:
    context = {"form": form, **more}
    return render(request, "interventions/campaign_form.html", context, status=status if form.is_bound else 200)
