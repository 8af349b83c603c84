"""Which files in the folder of documents are somebody's."""

from attendance.models import Document, WaiverDocument
from students.access import Scope


def stored_names(scope: Scope) -> set[str]:
    """The names in the folder that a row gives: of excuses' documents, and of waivers'; two statements."""
    of_excuses = Document.objects.values_list("storage_name", flat=True)
    return {*of_excuses, *WaiverDocument.objects.values_list("storage_name", flat=True)}
