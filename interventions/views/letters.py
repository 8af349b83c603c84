"""Letters that are due, chosen and written; those that are written, chosen and printed."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from interventions.models import LetterWay
from interventions.selectors.letter_kind_words import KINDS, LANGUAGE_NAMES
from interventions.selectors.letter_log import EVERY, PRINTED, READY, WITHDRAWN, LetterLine, letter_log, log_rows
from interventions.selectors.letter_log import ready_ids as ids_ready
from interventions.selectors.letters_due import DueKey, read_key
from interventions.selectors.letters_page import due_asked, due_page
from interventions.services.letter_files import batch_file
from interventions.services.letter_printing import BATCH_SIZE, Printed, print_letters
from interventions.services.letters import MOST_AT_ONCE, LettersMade, make_letters
from interventions.views.letter_forms import PrintForm, asked_letters
from interventions.views.truancy_forms import chosen_ids
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.rules.csv_text import people_csv_lines
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """The letters that are due, of `?school= kind= language= page=`; a POST writes those chosen, or with `all` all."""
    scope = request_scope(request)
    refusal = ""
    if request.method == "POST":
        try:
            _say_made(request, make_letters(scope, _keys(request, scope)))
            return redirect(request.get_full_path())
        except Forbidden:
            raise
        except Refused as refused:
            refusal = str(refused)
    asked = asked_letters(request)
    found = due_page(scope, asked)
    return _shown(request, "letters", refusal, found=found, asked=asked, most=MOST_AT_ONCE)


@require_http_methods(["GET", "HEAD", "POST"])
def letter_list(request: HttpRequest) -> HttpResponse:
    """The letters of `?state= school= kind= language= batch= page=`; a POST prints those chosen, or with `all` all."""
    scope = request_scope(request)
    refusal = ""
    if request.method == "POST":
        try:
            return _after_printing(request, _print(request, scope))
        except Forbidden:
            raise
        except Refused as refused:
            refusal = str(refused)
    asked = asked_letters(request)
    found = letter_log(scope, asked)
    states = [(READY, _("To be printed")), (PRINTED, _("Printed")), (WITHDRAWN, _("Withdrawn")), (EVERY, _("All"))]
    more = {"states": states, "ways": LetterWay.choices, "submission_id": uuid4(), "most": BATCH_SIZE}
    return _shown(request, "letter_list", refusal, found=found, asked=asked, **more)


@require_safe
def letter_batch(request: HttpRequest, batch_id: int) -> FileResponse:
    """The letters of a batch that stand, as one file to print."""
    file = batch_file(request_scope(request), batch_id)
    return pdf_response(file, f"letters-{batch_id}.pdf")


@require_safe
def letter_list_csv(request: HttpRequest) -> HttpResponseBase:
    """The log of what the parameters ask for, as a file."""
    scope = request_scope(request)
    lines = log_rows(scope, asked_letters(request))
    response = StreamingHttpResponse(people_csv_lines(_COLUMNS, _rows(lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="letters-{scope.today.isoformat()}.csv"'
    return response


def pdf_response(file: Any, name: str) -> FileResponse:
    """A file to keep or print; the name in it is nobody's."""
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")


def _shown(request: HttpRequest, kind: str, refusal: str, **more: Any) -> HttpResponse:
    context = {
        "tab": kind,
        "refusal": refusal,
        "kinds": KINDS.items(),
        "languages": LANGUAGE_NAMES.items(),
        "query": request.GET.urlencode(),
    }
    return render(request, f"interventions/{kind}.html", context | more, status=422 if refusal else 200)


def _keys(request: HttpRequest, scope: Scope) -> list[DueKey]:
    if "all" in request.POST:
        return [each.key for each in due_asked(scope, asked_letters(request))][:MOST_AT_ONCE]
    return [key for said in request.POST.getlist("chosen") if (key := read_key(said))]


def _print(request: HttpRequest, scope: Scope) -> Printed:
    form = PrintForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say how the letters go out."))
    way, submission_id = form.answer
    everything = "all" in request.POST
    ids = ids_ready(scope, asked_letters(request), BATCH_SIZE) if everything else chosen_ids(_chosen(request))
    return print_letters(scope, ids, way=way, submission_id=submission_id)


def _chosen(request: HttpRequest) -> list[str]:
    return request.POST.getlist("chosen")


def _after_printing(request: HttpRequest, done: Printed) -> HttpResponse:
    if done.withdrawn:
        said = ngettext(
            "%(n)s letter was withdrawn: its recipient may not be written to any more.",
            "%(n)s letters were withdrawn: their recipients may not be written to any more.",
            done.withdrawn,
        )
        messages.warning(request, said % {"n": done.withdrawn})
    if done.batch is None:
        return redirect("letter_list")
    said = ngettext("%(n)s letter is ready to print.", "%(n)s letters are ready to print.", done.letters)
    messages.success(request, said % {"n": done.letters})
    shown = urlencode({"state": PRINTED, "batch": str(done.batch.pk)})
    return redirect(f"{reverse('letter_list')}?{shown}")


def _say_made(request: HttpRequest, done: LettersMade) -> None:
    if done.made:
        said = ngettext("%(n)s letter is written.", "%(n)s letters are written.", done.made)
        messages.success(request, said % {"n": done.made})
    if done.not_due:
        said = ngettext(
            "%(n)s is not due any more: somebody wrote it, or its ground fell away.",
            "%(n)s are not due any more: somebody wrote them, or their ground fell away.",
            done.not_due,
        )
        messages.info(request, said % {"n": done.not_due})


_COLUMNS = ["student", "to", "letter", "language", "school", "written_on", "printed_at", "way", "withdrawn"]


def _rows(lines: Iterable[LetterLine]) -> Iterator[list[str]]:
    for line in lines:
        letter = line.letter
        printed = letter.printed_at.isoformat(timespec="minutes") if letter.printed_at else ""
        way = str(letter.batch.get_way_display()) if letter.batch else ""
        named = [line.student, line.to, str(line.kind), line.language, letter.school.name]
        yield [*named, letter.made_on.isoformat(), printed, way, line.withdrawn]
