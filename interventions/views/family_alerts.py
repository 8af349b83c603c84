"""The page of alerts: a family says what it wants to be told, at once or once a day."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from interventions.models import AlertKind, MailTopic
from interventions.selectors.family_alerts import FamilyAlerts, family_alerts, kinds_of_alerts
from interventions.services.alert_choices import Timing, choose_alerts, resume_messages, stop_messages
from students.languages.days_in_words import time_in_words
from students.refusals import NotInScope, Refused
from students.views.scoped import request_scope

DIGEST_HOURS = range(6, 22)


@require_http_methods(["GET", "HEAD", "POST"])
def family_alerts_page(request: HttpRequest) -> HttpResponse:
    """The choices; a POST keeps them."""
    scope = request_scope(request)
    if request.method == "POST":
        try:
            choose_alerts(scope, set(_wanted(request)), _timing(request))
        except Refused as refused:
            return _shown(request, family_alerts(scope), problem=str(refused), status=422)
        messages.success(request, _("Your choices are saved."))
        return redirect("family_alerts")
    return _shown(request, family_alerts(scope))


@require_POST
def family_messages_switch(request: HttpRequest, topic: str) -> HttpResponse:
    """Stop the messages of a topic, or send them again."""
    if topic not in (MailTopic.ABSENCES, MailTopic.ALERTS):
        raise NotInScope
    act = resume_messages if request.POST.get("act") == "resume" else stop_messages
    act(request_scope(request), MailTopic(topic))
    return redirect("family_alerts")


def _wanted(request: HttpRequest) -> Iterator[tuple[int, str]]:
    for each in request.POST.getlist("alert"):
        student_id, _, kind = each.partition(":")
        if not student_id.isascii() or not student_id.isdigit():
            raise NotInScope
        yield int(student_id), kind


def _timing(request: HttpRequest) -> Timing:
    digest = _hour(request, "digest_at") if request.POST.get("delivery") == "digest" else None
    return Timing(digest, _hour(request, "quiet_from"), _hour(request, "quiet_until"))


def _hour(request: HttpRequest, name: str) -> time | None:
    said = request.POST.get(name, "")
    if not said:
        return None
    try:
        return time.fromisoformat(said)
    except ValueError:
        raise Refused(_("Choose an hour from the list.")) from None


def _shown(request: HttpRequest, page: FamilyAlerts, *, problem: str = "", status: int = 200) -> HttpResponse:
    labels = {
        AlertKind.CLASS_ABSENCE: _("misses a class"),
        AlertKind.TARDY: _("comes late to a class"),
        AlertKind.UNDETERMINED: _("has a class that is not entered by the evening"),
        AlertKind.THRESHOLD: _("has absences that add up"),
        AlertKind.DOCUMENT: _("has an excuse that the school has decided about"),
    }
    timing = page.timing
    context: dict[str, Any] = {
        "page": page,
        "problem": problem,
        "kinds": [(kind, labels[AlertKind(kind)]) for kind in kinds_of_alerts()],
        "digest_hours": _hours(page.digest_at or time(17), DIGEST_HOURS),
        "quiet_from": _hours(timing.quiet_from if timing else None, range(24)),
        "quiet_until": _hours(timing.quiet_until if timing else None, range(24)),
    }
    return render(request, "family/alerts.html", context, status=status)


def _hours(chosen: time | None, offered: range) -> list[tuple[str, str, bool]]:
    """The hours of a list: as they are sent, in words, and whether one is chosen."""
    hours = sorted({time(each) for each in offered} | ({chosen} if chosen else set()))
    return [(f"{each:%H:%M}", time_in_words(each), each == chosen) for each in hours]
