"""The pages on which a family tells of an absence."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import AbsenceReport, Excuse
from tests.attendance.acts import upload
from tests.attendance.families.kin import parent, tell
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, World


@pytest.fixture
def home(opened_world: World, settings, tmp_path) -> World:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    parent(opened_world, "Ana", "Abara")
    parent(opened_world, "Kim", "Grant")
    return opened_world


def form(**given: object) -> dict[str, object]:
    sent = {"submission_id": str(uuid4()), "starts_on": TODAY, "ends_on": TODAY, "reason": "illness"}
    return sent | {"document_kind": "", "words": ""} | given


def paper(name: str = "doctor.pdf"):
    file = upload(name).stream
    file.name = name
    return file


def test_a_parent_tells_of_an_absence_with_a_photo_and_reads_how_it_stands(home: World) -> None:
    mother, path = client_of(home, "ana"), f"/family/{home.students['Abara'].pk}/absences/"
    page = mother.get(path).content.decode()
    assert "a doctor’s or dentist’s excuse" in page
    assert 'value="2020-10-29"' in mother.get(f"{path}?on=2020-10-29").content.decode()
    sent = mother.post(path, form(words="Fever.", document_kind="medical", documents=[paper(), paper("b.pdf")]))
    assert (sent.status_code, sent.url) == (302, path)
    page = mother.get(path).content.decode()
    assert "The school has your document and is looking at it." in page
    document = Excuse.objects.get().documents.get()
    saved = mother.get(f"/family/{home.students['Abara'].pk}/documents/{document.pk}/")
    assert (saved.status_code, saved.headers["Content-Disposition"]) == (200, 'attachment; filename="doctor.pdf"')
    assert b"".join(saved.streaming_content).startswith(b"%PDF")
    assert document.openings.get().opened_by == home.users["ana"]


def test_what_is_refused_stays_on_the_form_with_words(home: World) -> None:
    mother, path = client_of(home, "ana"), f"/family/{home.students['Abara'].pk}/absences/"
    page = mother.post(path, form(starts_at="12:00", words="Back at noon."))
    assert (page.status_code, "both times" in page.content.decode()) == (422, True)
    assert "Back at noon." in page.content.decode()
    lacking = mother.post(path, {"submission_id": str(uuid4())})
    assert lacking.status_code == 422
    report = tell(home, "ana")
    again = mother.post(f"{path}{report.pk}/documents/", {"submission_id": str(uuid4()), "document_kind": "medical"})
    assert (again.status_code, "choose a photo or a file" in again.content.decode()) == (422, True)


def test_a_family_reads_and_is_refused_in_its_language(home: World) -> None:
    parent(home, "Luz", "Castillo", language="es")
    mother, path = client_of(home, "luz"), f"/family/{home.students['Castillo'].pk}/absences/"
    sunday = form(starts_on="2020-10-25", ends_on="2020-10-25")
    assert "No hay clases ese día." in mother.post(path, sunday).content.decode()
    mother.post(path, form())
    page = mother.get(path).content.decode()
    assert "un justificante del médico o del dentista a más tardar el 2 de noviembre." in page
    assert "martes 27 de octubre" in page


def test_a_report_is_taken_back_on_its_page(home: World) -> None:
    mother, path = client_of(home, "ana"), f"/family/{home.students['Abara'].pk}/absences/"
    report = tell(home, "ana")
    assert mother.get(f"{path}{report.pk}/take-back/").url == path
    assert mother.post(f"{path}{report.pk}/take-back/").url == path
    assert AbsenceReport.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("who", ["kim", "whitfield", "mayfield", "reyes"])
def test_RD62_another_familys_child_is_not_there_for_anybody(home: World, who: str) -> None:
    report = tell(home, "ana", uploads=(upload(),), document_kind="medical")
    visitor, path = client_of(home, who), f"/family/{home.students['Abara'].pk}"
    document = report.excuse.documents.get().pk
    for address in ("absences/", f"documents/{document}/"):
        assert visitor.get(f"{path}/{address}").status_code == 404, address
    for address in ("absences/", f"absences/{report.pk}/documents/", f"absences/{report.pk}/take-back/"):
        sent = form(document_kind="medical", documents=[paper()])
        assert visitor.post(f"{path}/{address}", sent).status_code == 404, address


def test_the_page_asks_as_much_for_one_report_as_for_many(home: World) -> None:
    mother, path = client_of(home, "ana"), f"/family/{home.students['Abara'].pk}/absences/"

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert mother.get(path).status_code == 200
        return len(asked)

    tell(home, "ana", uploads=(upload(),), document_kind="medical")
    first = asked()
    for days in range(1, 4):
        tell(
            home,
            "ana",
            day=TODAY,
            last=TODAY.replace(day=TODAY.day + days),
            uploads=(upload(),),
            document_kind="medical",
        )
    assert asked() == first
