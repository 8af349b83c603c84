"""The queue: a page, a file, and the handing over of cases.

A name never stands in an address: what narrows the queue is a parameter, and a search is a form that is posted and
answered in place.
"""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance.views.school import asked_id
from interventions.selectors.queue import PAGE_SIZE, Asked
from interventions.selectors.queue_lines import CaseLine
from interventions.selectors.queue_order import LOST, MINE, NOBODYS, OVERDUE, TODAY
from interventions.selectors.queue_page import queue_page, queue_rows
from interventions.services.handing_over import HandedOver, hand_over
from students.refusals import Forbidden, Refused
from students.rules.csv_text import people_csv_lines
from students.views.scoped import request_scope

ALL = ""


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """The open cases by `?school= grade= mode= tier= owner= show=`, a page of them; a POST searches by `words`."""
    scope = request_scope(request)
    asked = Asked(words=request.POST.get("words", "").strip()) if request.method == "POST" else _asked(request)
    found = queue_page(scope, asked)
    figures = found.figures
    context = {
        "found": found,
        "asked": asked,
        "query": request.GET.urlencode(),
        "narrowed": any((asked.owner, asked.tier is not None, asked.grade, asked.mode, asked.school_id)),
        "hidden": max(0, found.page.paginator.count - PAGE_SIZE) if asked.words else 0,
        "tabs": [
            (ALL, _("All"), figures.total),
            (OVERDUE, _("Overdue"), figures.overdue),
            (TODAY, _("Due today"), figures.today),
            (LOST, _("Disengaged or lost"), figures.lost),
        ],
        "tiers": [(tier, figures.tiers.get(tier, 0)) for tier in (3, 2, 1, 0)],
        "mine": MINE,
        "nobodys": NOBODYS,
    }
    return render(request, "interventions/queue.html", context)


@require_safe
def queue_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same cases as a file, all pages of them."""
    scope = request_scope(request)
    lines = queue_rows(scope, _asked(request))
    response = StreamingHttpResponse(people_csv_lines(_COLUMNS, _rows(lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="queue-{scope.today.isoformat()}.csv"'
    return response


@require_POST
def hand_over_cases(request: HttpRequest) -> HttpResponse:
    """Hand the cases that were chosen to `owner` (0: to nobody); each says whose it was on the page."""
    scope = request_scope(request)
    try:
        done = hand_over(scope, _chosen(request), _owner(request), words=request.POST.get("words", ""))
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        _say(request, done)
    query = request.GET.urlencode()
    return redirect(reverse("queue") + (f"?{query}" if query else ""))


def _asked(request: HttpRequest) -> Asked:
    given = request.GET
    return Asked(
        school_id=asked_id(request, "school"),
        grade=given.get("grade", "") if given.get("grade", "").isprintable() else "",
        mode=given.get("mode", "") if given.get("mode", "").isidentifier() else "",
        tier=asked_id(request, "tier"),
        owner=_asked_owner(given.get("owner", "")),
        show=given.get("show", ""),
        page=given.get("page", "1"),
    )


def _asked_owner(given: str) -> str:
    return given if given in (MINE, NOBODYS) or (given.isascii() and given.isdigit()) else ""


def _chosen(request: HttpRequest) -> dict[int, int | None]:
    pairs = (each.partition(":") for each in request.POST.getlist("case"))
    try:
        return {int(case): int(owner) or None for case, _colon, owner in pairs}
    except ValueError as wrong:
        raise Refused(_("Choose the cases again.")) from wrong


def _owner(request: HttpRequest) -> int | None:
    given = request.POST.get("owner", "")
    if not (given.isascii() and given.isdigit()):
        raise Refused(_("Say to whom the cases go."))
    return int(given) or None


def _say(request: HttpRequest, done: HandedOver) -> None:
    if done.handed:
        said = ngettext("%(n)s case is handed over.", "%(n)s cases are handed over.", len(done.handed))
        messages.success(request, said % {"n": len(done.handed)})
    if done.already:
        said = ngettext("%(n)s case was theirs already.", "%(n)s cases were theirs already.", len(done.already))
        messages.info(request, said % {"n": len(done.already)})
    if done.closed:
        said = ngettext("%(n)s case was closed meanwhile.", "%(n)s cases were closed meanwhile.", len(done.closed))
        messages.warning(request, said % {"n": len(done.closed)})
    if done.meanwhile:
        _say_meanwhile(request, done)


def _say_meanwhile(request: HttpRequest, done: HandedOver) -> None:
    """How many, and whose they are now; the rows beside show which."""
    owners = ", ".join(sorted({name or _("nobody") for name in done.meanwhile.values()}))
    said = ngettext(
        "%(n)s case changed hands since you opened the page and was left as it is: now with %(owners)s.",
        "%(n)s cases changed hands since you opened the page and were left as they are: now with %(owners)s.",
        len(done.meanwhile),
    )
    messages.warning(request, said % {"n": len(done.meanwhile), "owners": owners})


_COLUMNS = [
    *("student", "state_id", "school", "grade", "mode", "tier", "absences", "why", "next_step", "due_on", "owner"),
    *("last_contact_on", "last_contact", "result"),
]


def _rows(lines: Iterable[CaseLine]) -> Iterator[list[str]]:
    for each in lines:
        step, contact = each.next_step, each.last_contact
        named = [each.name, each.state_id, each.school, each.grade, each.mode, str(each.tier)]
        absences = "" if each.absences is None else str(each.absences)
        due = [step.words, step.due_on.isoformat() if step.due_on else ""] if step else ["", ""]
        tried = [contact.day.isoformat(), contact.kind, contact.result] if contact else ["", "", ""]
        yield [*named, absences, "; ".join(each.why), *due, each.owner, *tried]
