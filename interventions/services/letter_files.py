"""Lays out letters that were printed, as files: each time the same bytes, from what was written then."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from interventions.letter_pdf import LetterSheet, write_letters
from interventions.models import Letter
from interventions.rules.letter_text import LetterText
from interventions.selectors.family_letters import family_letter
from students.access import Scope, visible_to
from students.refusals import NotInScope

_ENGLISH = "en"


def letter_file(scope: Scope, letter_id: int) -> IO[bytes]:
    """One letter that was printed and stands. Raises NotInScope."""
    letter = _printed(scope).filter(pk=letter_id).first()
    if letter is None:
        raise NotInScope
    return _file([letter], title=letter.subject, language=letter.language)


def batch_file(scope: Scope, batch_id: int) -> IO[bytes]:
    """A batch's letters that stand, as they are handed out: by school and student. Raises NotInScope."""
    letters = _printed(scope).filter(batch=batch_id)
    languages = set(letters.order_by().values_list("language", flat=True).distinct())
    if not languages:
        raise NotInScope
    ordered = letters.order_by("school__name", "student__sort_name", "student", "guardian", "pk")
    language = languages.pop() if len(languages) == 1 else _ENGLISH
    return _file(ordered.iterator(chunk_size=200), title=_("Letters"), language=language)


def family_letter_file(scope: Scope, student_id: int, letter_id: int) -> IO[bytes]:
    """A family's own letter. Raises NotInScope for anybody else's."""
    letter = family_letter(scope, student_id, letter_id)
    return _file([letter], title=letter.subject, language=letter.language)


def _printed(scope: Scope) -> QuerySet:
    return visible_to(scope, Letter).filter(printed_at__isnull=False, withdrawn_at__isnull=True)


def _file(letters: Iterable[Letter], *, title: str, language: str) -> IO[bytes]:
    """On the disk, not in memory; gone as soon as it is closed."""
    file = TemporaryFile()  # noqa: SIM115 - handed to the response, which closes it
    write_letters(file, map(_sheet, letters), title=title, language=language)
    file.seek(0)
    return file


def _sheet(letter: Letter) -> LetterSheet:
    text = LetterText(
        sender=letter.sender,
        dated=letter.dated,
        addressee=letter.addressee,
        about=letter.about,
        subject=letter.subject,
        body=letter.body,
    )
    return LetterSheet(text, letter.language)
