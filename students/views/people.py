"""The people with accounts, for those who keep them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from students.models import Role
from students.selectors.accounts import STATES, AskedAccounts, account_list
from students.views.scoped import request_scope


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by `?words=&role=&school=&state=`."""
    asked = _asked(request)
    found = account_list(request_scope(request), asked)
    is_narrowed = bool(asked.words or asked.role or asked.school_id or asked.state)
    context = {"found": found, "asked": asked, "roles": Role.choices, "is_narrowed": is_narrowed}
    return render(request, "students/people.html", context)


def _asked(request: HttpRequest) -> AskedAccounts:
    role, school, state = (request.GET.get(name, "") for name in ("role", "school", "state"))
    words = request.GET.get("words", "").strip()[:100]
    return AskedAccounts(
        words=words if words.isprintable() else "",
        role=role if role in Role.values else "",
        school_id=int(school) if school.isascii() and school.isdigit() and len(school) < 10 else None,
        state=state if state in STATES else "",
        page=request.GET.get("page", "1"),
    )
