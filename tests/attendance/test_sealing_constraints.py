"""Every constraint of sealing, broken once."""

import pytest

from attendance.models import DocumentSeal, SealState
from tests.attendance.acts import excuse, open_both_schools, upload
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, World


@pytest.fixture
def asked(world: World, settings, tmp_path) -> DocumentSeal:
    """Not saved yet."""
    settings.DOCUMENTS_DIR = tmp_path
    paper = excuse(open_both_schools(world), "Abara", uploads=[upload()]).documents.get()
    return DocumentSeal(document=paper, reason="Another’s", asked_by=world.users["okafor"], asked_at=NOW)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("seal_takes_two_persons", {"state": SealState.SEALED, "answered_by": "okafor", "answered_at": NOW}),
        ("answered_seal_says_who_and_when", {"answered_at": NOW}),
        ("seal_says_why", {"reason": ""}),
    ],
)
def test_the_database_refuses_it_with_words(world: World, asked: DocumentSeal, name: str, changed: dict) -> None:
    for field, value in changed.items():
        setattr(asked, field, world.users[value] if field == "answered_by" else value)
    assert_refused_by(name, asked)


def test_a_document_is_sealed_once(asked: DocumentSeal) -> None:
    first = DocumentSeal(document=asked.document, reason="First", asked_by=asked.asked_by, asked_at=NOW)
    first.save()
    assert_refused_by("one_seal_of_a_document", asked)
