"""What the LMS reported and nothing could use, for the office to look through."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.rules.entry_window import week_of
from attendance.selectors.engagement_words import UNUSED, what, why_not
from attendance.selectors.unused_engagement import unused_engagement
from attendance.views.dates import asked_day
from students.views.scoped import request_scope


@require_safe
def lms_unused(request: HttpRequest) -> HttpResponse:
    """The events of a week (`?on=`, by default this one), of `?school=`, for the reason `?why=`."""
    scope = request_scope(request)
    given = request.GET
    school, why = given.get("school", ""), given.get("why", "")
    page = unused_engagement(
        scope,
        week_of(asked_day(request, scope.today)),
        school_id=int(school) if school.isascii() and school.isdigit() and len(school) < 19 else None,
        why=why if why in UNUSED else "",
        page=given.get("page", "1"),
    )
    lines = [(line, what(scope, line.its), why_not(scope, line.its)) for line in page.page]
    reasons = [(each, words, page.counts[each]) for each, words in UNUSED.items() if page.counts.get(each)]
    return render(request, "attendance/lms_unused.html", {"page": page, "lines": lines, "reasons": reasons})
