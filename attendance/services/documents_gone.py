"""Removes the bytes of documents whose rows are gone."""

from collections.abc import Sequence

from attendance.models import Document, WaiverDocument
from attendance.services.document_folder import remove


def remove_documents(names: Sequence[str]) -> None:
    """Remove files that no row names any more; what a killed worker leaves, the nightly sweep takes."""
    of_excuses = Document.objects.filter(storage_name__in=names).values_list("storage_name", flat=True)
    of_waivers = WaiverDocument.objects.filter(storage_name__in=names).values_list("storage_name", flat=True)
    for name in set(names) - set(of_excuses) - set(of_waivers):
        remove(name)
