"""The list of students.

A name never stands in an address: addresses stay in histories, in logs and on shared screens. So grades, schools,
order and page are parameters, and a search is a form that is posted and answered in place.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance.selectors.student_list import BY_ABSENCES, BY_NAME, PAGE_SIZE, Asked, student_list
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def students(request: HttpRequest) -> HttpResponse:
    """The students in scope, narrowed by `?grade=&school=`, in `?order=`; a POST searches by `words`."""
    scope = request_scope(request)
    asked = _searched(request) if request.method == "POST" else _filtered(request)
    found = student_list(scope, asked)
    context = {
        "found": found,
        "asked": asked,
        "by_absences": asked.order == BY_ABSENCES,
        "hidden": max(0, found.page.paginator.count - PAGE_SIZE) if asked.words else 0,
        "empty_title": _("No student found") if asked.words or asked.grade or asked.school_id else _("No students"),
    }
    return render(request, "attendance/students.html", context)


def _searched(request: HttpRequest) -> Asked:
    return Asked(words=request.POST.get("words", "").strip())


def _filtered(request: HttpRequest) -> Asked:
    grade, school = request.GET.get("grade", ""), request.GET.get("school", "")
    return Asked(
        grade=grade if grade.isprintable() else "",
        school_id=int(school) if school.isascii() and school.isdigit() else None,
        order=BY_ABSENCES if request.GET.get("order") == BY_ABSENCES else BY_NAME,
        page=request.GET.get("page", "1"),
    )
