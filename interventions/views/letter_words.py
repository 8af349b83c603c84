"""The district's words for letters, by kind and language: looked at as a letter, and written anew from a day on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from interventions.rules.letter_kinds import LetterKind
from interventions.rules.letter_text import findings, known_placeholders, required_placeholders
from interventions.selectors.letter_findings import PLACEHOLDERS, finding_words, sample_letter
from interventions.selectors.letter_kind_words import KINDS, LANGUAGE_NAMES
from interventions.selectors.letter_templates import TemplatePage, template_page, words_list, words_of
from interventions.services.letter_words import DISTRICT_ALONE, write_letter_words
from interventions.views.letter_forms import LetterWordsForm
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


@require_safe
def letter_words_list(request: HttpRequest) -> HttpResponse:
    """Every kind with its languages, and since when their words hold."""
    lines = [(KINDS[kind], rows) for kind, rows in words_list(request_scope(request))]
    context = {"tab": "letter_words_list", "lines": lines, "languages": LANGUAGE_NAMES}
    return render(request, "interventions/letter_words_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def letter_words(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """The words in force as a letter; a POST shows others as a letter (`look`), or lets them hold from their day on."""
    scope = request_scope(request)
    page = template_page(scope, kind, language)
    if request.method != "POST":
        return _shown(request, scope, page, _form(scope, page))
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    form = LetterWordsForm(request.POST, label_suffix="")
    if not form.is_valid() or "look" in request.POST:
        return _shown(request, scope, page, form, status=422 if form.errors else 200)
    given = form.cleaned_data
    try:
        write_letter_words(scope, kind, language, form.words, holds_from=given["holds_from"], seen=given["seen"])
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return _shown(request, scope, page, form, status=422)
    messages.success(request, _("The words are kept. Letters that are written stay as they are."))
    return redirect("letter_words", kind, language)


def _form(scope: Scope, page: TemplatePage) -> LetterWordsForm:
    newest = page.newest
    initial = {"subject": newest.subject, "body": newest.body, "seen": newest.pk, "holds_from": scope.today}
    return LetterWordsForm(initial=initial, label_suffix="")


def _shown(
    request: HttpRequest, scope: Scope, page: TemplatePage, form: LetterWordsForm, status: int = 200
) -> HttpResponse:
    """With the words of the form as a letter where they were sent and can be filled, else those in force."""
    given = form.is_bound and form.is_valid()
    words = form.words if given else words_of(page.holding)
    wrong = findings(page.kind, words) if given else []
    if "look" in request.POST:
        for each in wrong:
            form.add_error(None, finding_words(each))
    context = {
        "tab": "letter_words_list",
        "page": page,
        "kind": KINDS[page.kind],
        "language_name": LANGUAGE_NAMES[page.language],
        "form": form,
        "sample": None if wrong else sample_letter(scope, page.kind, page.language, words),
        "is_own": given,
        "placeholders": _placeholders(page.kind),
    }
    return render(request, "interventions/letter_words.html", context, status=422 if wrong else status)


def _placeholders(kind: LetterKind) -> list[tuple[str, object, bool]]:
    required = required_placeholders(kind)
    return [(f"{{{name}}}", PLACEHOLDERS[name], name in required) for name in known_placeholders(kind)]
