"""The letters of a family about one child, and their files."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from interventions.selectors.family_letters import family_letters
from interventions.services.letter_files import family_letter_file
from interventions.views.letters import pdf_response
from students.views.scoped import request_scope


@require_safe
def family_letters_page(request: HttpRequest, student_id: int) -> HttpResponse:
    """What the school wrote to whoever asks, about this child."""
    found = family_letters(request_scope(request), student_id)
    return render(request, "family/letters.html", {"child": found.child, "letters": found.letters})


@require_safe
def family_letter_pdf(request: HttpRequest, student_id: int, letter_id: int) -> FileResponse:
    """The file of one of them."""
    file = family_letter_file(request_scope(request), student_id, letter_id)
    return pdf_response(file, f"letter-{letter_id}.pdf")
