"""Documents behind excuses: taken in, kept outside the web root, opened by those who may, swept when nobody's."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError

from attendance.demo.papers import letter, photo
from attendance.models import Document, DocumentOpening, Excuse
from attendance.services import excuse_documents
from attendance.services.checkups import check_documents
from attendance.services.document_folder import is_there
from attendance.services.document_intake import Upload
from attendance.services.excuse_documents import MISSING, add_documents, open_document, sweep_documents
from students.findings import Level
from students.refusals import Forbidden, NotInScope, Refused
from tests.attendance.acts import excuse, open_both_schools, upload
from tests.world import NOW, TODAY, YESTERDAY, World

LIMIT = 20_000


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """A folder of the test's own, and a bound of 20 kB."""
    settings.DOCUMENTS_DIR, settings.DOCUMENT_LIMIT_BYTES = tmp_path / "documents", LIMIT
    return settings.DOCUMENTS_DIR


@pytest.fixture
def ill(world: World, folder: Path) -> Excuse:
    """Abara's mother called in sick; no paper has come."""
    return excuse(open_both_schools(world), "Abara", document_kind="none", document_seen_on=None)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("used-by-")]


def add(world: World, ill: Excuse, *uploads: Upload, by: str = "mayfield", kind: str = "medical", **more) -> Excuse:
    given = {"submission_id": uuid4(), "kind": kind, "uploads": uploads}
    return add_documents(world.scope(by), ill.pk, **given | more)


def padded(size: int) -> bytes:
    """A photo of exactly so many bytes."""
    return photo() + bytes(size - len(photo()))


def test_RD08_a_document_makes_the_excuse_rest_on_it_and_is_kept_under_a_name_that_tells_nothing(
    world: World, ill: Excuse, folder: Path
) -> None:
    found = add(world, ill, upload("Abara fever.pdf"), upload("photo.png", photo()))
    documents = list(found.documents.all())
    assert (found.document_kind, found.document_seen_on) == ("medical", TODAY)
    assert [(each.file_name, each.content_type, each.position) for each in documents] == [
        ("Abara fever.pdf", "application/pdf", 0),
        ("photo.png", "image/png", 1),
    ]
    assert documents[1].size_bytes == len(photo())
    assert {path.name for path in files(folder)} == {each.storage_name for each in documents}
    assert "abara" not in str(files(folder)).lower()
    assert {oct(path.stat().st_mode & 0o777) for path in files(folder)} == {"0o600"}


def test_a_form_sent_twice_and_the_same_paper_chosen_again_are_on_file_once(
    world: World, ill: Excuse, folder: Path
) -> None:
    submission = uuid4()
    for _ in range(2):
        add(world, ill, upload(), submission_id=submission)
    add(world, ill, upload("the same again.pdf"), upload("and again.pdf"))
    assert Document.objects.count() == 1


def test_an_excuse_is_entered_with_its_documents_in_one_form_and_twice_is_once(world: World, folder: Path) -> None:
    submission = uuid4()
    for _ in range(2):
        found = excuse(
            world,
            "Abara",
            submission_id=submission,
            document_seen_on=None,
            uploads=[upload(), upload("b.png", photo())],
        )
    assert (Excuse.objects.count(), found.documents.count(), found.document_seen_on) == (1, 2, TODAY)
    with pytest.raises(Refused, match="what kind"):
        excuse(world, "Abara", document_kind="none", document_seen_on=None, uploads=[upload()])


def test_RD08_without_a_file_the_paper_was_seen_and_a_weaker_one_never_replaces_a_better(
    world: World, ill: Excuse, folder: Path
) -> None:
    assert add(world, ill, kind="parent_note", seen_on=YESTERDAY).document_kind == "parent_note"
    assert add(world, ill, upload()).document_kind == "medical"
    after = add(world, ill, upload("note.png", photo()), kind="parent_note")
    assert (after.document_kind, after.documents.count()) == ("medical", 2)
    with pytest.raises(Refused, match="a day to come"):
        add(world, ill, seen_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="what kind"):
        add(world, ill, kind="none")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><script>alert(1)</script>", "Only PDF"),
        (letter(["x"]).replace(b"/Type /Catalog", b"/OpenAction << /S /JavaScript /JS (1) >>"), "script"),
        (b"", "empty"),
        (padded(LIMIT + 1), "larger than 0 MB"),
    ],
)
def test_what_may_not_be_kept_is_refused_by_name_and_changes_nothing(
    world: World, ill: Excuse, folder: Path, content: bytes, words: str
) -> None:
    with pytest.raises(Refused, match=f"bad.pdf: .*{words}"):
        add(world, ill, upload("good.pdf"), upload("bad.pdf", content))
    ill.refresh_from_db()
    assert (ill.document_kind, Document.objects.count(), files(folder)) == ("none", 0, [])


def test_a_document_of_exactly_the_bound_is_kept_and_what_is_larger_is_never_read_whole(
    world: World, ill: Excuse, folder: Path
) -> None:
    assert add(world, ill, upload("photo.png", padded(LIMIT))).documents.get().size_bytes == LIMIT
    endless = BytesIO(photo() + bytes(40_000_000))
    with pytest.raises(Refused, match="larger"):
        add(world, ill, Upload("photo.png", endless))
    assert endless.tell() == LIMIT + 1


def test_at_most_five_files_come_at_once(world: World, ill: Excuse, folder: Path) -> None:
    with pytest.raises(Refused, match="At most 5"):
        add(world, ill, *[upload(f"{number}.png", padded(5000 + number)) for number in range(6)])
    assert files(folder) == []


def test_RD60_only_the_office_of_the_students_school_adds_documents(world: World, ill: Excuse, folder: Path) -> None:
    for person, refusal in (
        ("whitfield", Forbidden),
        ("tran", Forbidden),
        ("hale", Forbidden),
        ("lindqvist", NotInScope),
        ("novak", NotInScope),
    ):
        with pytest.raises(refusal):
            add(world, ill, upload(), by=person)
    assert files(folder) == []


def test_a_withdrawn_excuse_takes_no_document(world: World, ill: Excuse, folder: Path) -> None:
    Excuse.objects.filter(pk=ill.pk).update(withdrawn_at=NOW, withdrawn_by=world.users["okafor"], withdrawn_reason="x")
    with pytest.raises(Refused, match="withdrawn"):
        add(world, ill, upload())


def test_RD60_a_document_opens_for_those_who_know_reasons_there_and_each_opening_is_kept(
    world: World, ill: Excuse, folder: Path
) -> None:
    document = add(world, ill, upload("photo.pdf", photo())).documents.get()
    for person in ("okafor", "mayfield", "tran", "hale", "reyes"):
        found = open_document(world.scope(person), document.pk)
        with found.stream:
            assert found.stream.read() == photo()
        # By what it is, and not by what it was called.
        assert (found.content_type, found.save_as) == ("image/png", "photo.png")
    for person in ("whitfield", "osei", "park", "lindqvist", "novak", "dupree"):
        with pytest.raises(NotInScope):
            open_document(world.scope(person), document.pk)
    openings = DocumentOpening.objects.order_by("pk").values_list("opened_by__username", "opened_at")
    assert list(openings) == [(name, NOW) for name in ("okafor", "mayfield", "tran", "hale", "reyes")]


def test_a_document_whose_bytes_are_lost_says_so_and_counts_as_unopened(
    world: World, ill: Excuse, folder: Path
) -> None:
    document = add(world, ill, upload()).documents.get()
    files(folder)[0].unlink()
    with pytest.raises(Refused, match=MISSING):
        open_document(world.scope("okafor"), document.pk)
    assert not DocumentOpening.objects.exists()


def test_a_folder_that_two_installations_share_is_swept_by_neither(world: World, ill: Excuse, folder: Path) -> None:
    add(world, ill, upload())
    orphan = folder / "00" / ("0" * 32)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"a file of the other installation")
    before = datetime.now(UTC) + timedelta(days=1)
    other = folder / "used-by-0123456789abcdef"
    other.write_text("First Bell keeps documents in this folder.")
    assert sweep_documents(world.installation, before=before) == 0
    assert orphan.exists()
    found = [each for each in check_documents(world.installation) if each.level == Level.WRONG]
    assert [str(other) in each.mend for each in found] == [True]
    other.unlink()
    assert [each.level for each in check_documents(world.installation)] == [Level.OK, Level.OK]
    # The own sign is as young as the file: the other may not have signed yet.
    assert sweep_documents(world.installation, before=datetime.now(UTC) - timedelta(hours=1)) == 0
    assert sweep_documents(world.installation, before=before) == 1
    assert not orphan.exists()


def test_a_worker_killed_between_file_and_row_leaves_no_row_without_bytes_and_the_file_is_swept(
    world: World, ill: Excuse, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = add(world, ill, upload()).documents.get()

    def die(*args: object) -> None:
        raise DatabaseError("the connection is gone")

    monkeypatch.setattr(excuse_documents, "put_on_file", die)
    with pytest.raises(DatabaseError):
        add(world, ill, upload("photo.png", photo()))
    assert [is_there(name) for name in Document.objects.values_list("storage_name", flat=True)] == [True]
    assert len(files(folder)) == 2
    half_written = files(folder)[0].with_name("0" * 32 + ".part")
    half_written.write_bytes(b"half")
    foreign = folder / "00" / "somebody-elses.pdf"
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_bytes(b"foreign")
    written = datetime.now(UTC)
    assert sweep_documents(world.installation, before=written - timedelta(minutes=5)) == 0, "it may yet get its row"
    assert sweep_documents(world.installation, before=written + timedelta(minutes=5)) == 2
    assert {path.name for path in files(folder)} == {kept.storage_name, foreign.name}
