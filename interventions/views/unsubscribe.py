"""The link in every mail that can be done without: whoever follows it is asked once, a mail program's button not even
that (RFC 8058). The signed link is the only key, so neither signing in nor a cookie is asked for.
"""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from interventions.models import MailTopic, OptOutBy
from interventions.services.opt_outs import Reader, is_stopped, reader_by, resume, stop
from students import clock
from students.access import Scope, installation_scope
from students.refusals import NotInScope

# Links that nobody signed, from one address: beyond these nobody has just mistyped one.
MOST_WRONG = 20
WITHIN_SECONDS = 10 * 60


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask; a POST stops the mail of the link's topic, or sends it again. Sent twice it is once."""
    scope = installation_scope(clock.now())
    try:
        reader = reader_by(token)
    except NotInScope:
        return _not_ours(request)
    if request.method != "POST":
        return render(request, "family/unsubscribe.html", _page(scope, reader))
    if request.POST.get("List-Unsubscribe") == "One-Click":
        stop(scope, reader, by=OptOutBy.MAIL_PROGRAM)
        return HttpResponse(_("You get no more of these messages."), content_type="text/plain; charset=utf-8")
    if request.POST.get("act") == "resume":
        resume(scope, reader)
    else:
        stop(scope, reader, by=OptOutBy.LINK)
    return redirect("unsubscribe", token=token)


def _page(scope: Scope, reader: Reader) -> dict[str, object]:
    what = {
        MailTopic.ABSENCES: _("messages that say the same day when your child is absent"),
        MailTopic.ALERTS: _("the messages you asked for on the page of alerts"),
        MailTopic.CAMPAIGNS: _("news and offers from the school district"),
    }
    return {"what": what[reader.topic], "is_stopped": is_stopped(scope, reader)}


def _not_ours(request: HttpRequest) -> HttpResponse:
    """In one way whatever is wrong with a link, and after some tries not at all."""
    counted = f"unsubscribe-{request.META.get('REMOTE_ADDR', '')}"
    wrong = cache.get_or_set(counted, 0, WITHIN_SECONDS) or 0
    cache.set(counted, wrong + 1, WITHIN_SECONDS)
    if wrong >= MOST_WRONG:
        return HttpResponse(_("Please try again later."), status=429, content_type="text/plain; charset=utf-8")
    return render(request, "family/unsubscribe.html", {}, status=404 if request.method == "POST" else 200)
