"""One letter: what it says, what became of it, its file, and taking it back."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from interventions.selectors.letter_log import one_letter
from interventions.services.letter_files import letter_file
from interventions.services.letter_withdrawing import withdraw_letter
from interventions.views.letter_forms import WithdrawLetterForm
from interventions.views.letters import pdf_response
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """The letter as it was written; a POST withdraws it."""
    scope = request_scope(request)
    line = one_letter(scope, letter_id)
    form = WithdrawLetterForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_letter(scope, letter_id, **form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The letter is withdrawn. What it said stays to be seen."))
            return redirect("letter", letter_id)
    return render(
        request, "interventions/letter.html", {"line": line, "form": form}, status=422 if form.errors else 200
    )


@require_safe
def letter_pdf(request: HttpRequest, letter_id: int) -> FileResponse:
    """The file of a letter that was printed."""
    return pdf_response(letter_file(request_scope(request), letter_id), f"letter-{letter_id}.pdf")
