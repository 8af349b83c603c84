"""The minutes of homebound instruction of one student, a week on a page (RD-01)."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance.selectors.homebound_page import HomeboundPage, homebound_page
from attendance.services.homebound import enter_homebound, may_enter_homebound
from attendance.views.dates import asked_day
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def homebound(request: HttpRequest, student_id: int) -> HttpResponse:
    """The week of `?on=`; a POST enters its minutes."""
    scope = request_scope(request)
    page = homebound_page(scope, student_id, asked_day(request, scope.today))
    if not may_enter_homebound(scope, student_id):
        raise Forbidden(_("Only the office and the teachers of the student enter homebound minutes."))
    if request.method != "POST":
        return _shown(request, page)
    try:
        done = enter_homebound(scope, student_id, _minutes(request, page), reason=request.POST.get("reason", ""))
    except Forbidden:
        raise
    except Refused as refused:
        return _shown(request, page, str(refused), 422)
    messages.success(
        request, _("The minutes are entered, and their days judged anew.") if done else _("Nothing is new.")
    )
    return redirect(f"{reverse('homebound', args=[student_id])}?on={page.monday.isoformat()}")


def _minutes(request: HttpRequest, page: HomeboundPage) -> dict[date, int]:
    found = {}
    for day, _entered, is_open in page.days:
        typed = request.POST.get(f"minutes-{day.isoformat()}", "").strip()
        if not typed or not is_open:
            continue
        if not (typed.isascii() and typed.isdigit() and len(typed) < 5):
            raise Refused(_("“%(typed)s” is no number of minutes.") % {"typed": typed[:20]})
        found[day] = int(typed)
    return found


def _shown(request: HttpRequest, page: HomeboundPage, refusal: str = "", status: int = 200) -> HttpResponse:
    days = [
        (day, request.POST.get(f"minutes-{day.isoformat()}", "" if minutes is None else minutes), is_open)
        for day, minutes, is_open in page.days
    ]
    corrects = any(minutes is not None for _day, minutes, _open in page.days)
    context = {"page": page, "days": days, "refusal": refusal, "corrects": corrects}
    return render(request, "attendance/homebound.html", context, status=status)
