"""A family's word in a real browser: from a phone's photo of a paper to the teacher's page, and back."""

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from attendance.demo.papers import photo
from attendance.models import AbsenceReport
from attendance.services.correction_requests import Doubt, ask_correction
from attendance.services.family_notes import answer_note, write_note
from tests.attendance.acts import meeting_of, open_both_schools, take, upload
from tests.attendance.families.kin import parent, tell
from tests.in_browser.conftest import SIZES
from tests.world import TODAY, YESTERDAY, World

pytestmark = pytest.mark.browser


@pytest.mark.shows("family_absences", "office_families")
def test_a_mother_tells_the_school_by_phone_and_the_teacher_sees_it_on_the_marking_page(
    committed_world: World, signed_in_page, camera, settings, tmp_path: Path
) -> None:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    world = open_both_schools(committed_world)
    mother = parent(world, "Ana", "Abara", "Castillo")
    width, height = SIZES["phone"]
    phone: Page = signed_in_page(mother, viewport={"width": width, "height": height}, has_touch=True, is_mobile=True)
    address = f"/family/{world.students['Abara'].pk}/absences/"
    paper = tmp_path / "IMG_0231.png"
    paper.write_bytes(photo())
    phone.goto(address)
    phone.get_by_label("Sick or hurt").check()
    phone.get_by_label("What are you sending?").first.select_option(label="My own note")
    expect(phone.get_by_text("it does not excuse this")).to_be_visible()
    phone.get_by_label("What are you sending?").first.select_option(label="Doctor’s or dentist’s excuse")
    expect(phone.get_by_text("it does not excuse this")).to_be_hidden()
    phone.get_by_label("Photo or file").first.set_input_files(paper)
    phone.get_by_role("button", name="Tell the school").click()
    expect(phone.get_by_text("The school has your document and is looking at it.")).to_be_visible()
    assert AbsenceReport.objects.get().excuse.documents.count() == 1
    teacher = signed_in_page(world.users["whitfield"])
    teacher.goto(f"/meetings/{meeting_of(world, '1', TODAY).pk}/")
    expect(teacher.get_by_text("reported absent").first).to_be_visible()
    tell(world, "ana", "Castillo", uploads=(upload(),), document_kind="parent_note", words="Fever since Sunday night.")
    camera.shoot(address, "family-absences", mother)
    camera.shoot(f"/family/{world.students['Castillo'].pk}/absences/", "family-absences-note", mother)
    camera.shoot("/office/families/", "office-families", world.users["mayfield"])
    camera.shoot("/office/", "office-with-families", world.users["mayfield"])


@pytest.mark.shows(
    "correction",
    "corrections",
    "family_corrections",
    "family_notes",
    "office_note",
    "office_notes",
    "office_reply_templates",
)
def test_a_question_and_a_note_are_asked_and_answered_on_their_pages(committed_world: World, camera) -> None:
    world = open_both_schools(committed_world)
    mother = parent(world, "Ana", "Abara", language="es")
    take(world, "1", Abara="absent")
    take(world, "2", Abara="absent")
    scope, abara = world.scope("ana"), world.students["Abara"].pk
    doubt = Doubt(YESTERDAY, meeting_of(world, "1").pk, "Estuvo en clase: tiene la hoja de trabajo de esa hora.")
    asked = ask_correction(scope, abara, doubt, submission_id=uuid4())
    note = write_note(scope, abara, "Buenos días. ¿Hay clases el lunes?", submission_id=uuid4())
    answered = answer_note(
        world.scope("mayfield"), note.thread_id, "Sí, hay clases.", seen=note.pk, submission_id=uuid4()
    )
    write_note(scope, abara, "Muchas gracias.", submission_id=uuid4())
    assert answered.pk
    camera.shoot(f"/family/{abara}/corrections/", "family-corrections", mother)
    camera.shoot(f"/family/{abara}/notes/", "family-notes", mother)
    camera.shoot("/corrections/", "corrections", world.users["whitfield"])
    camera.shoot(f"/corrections/{asked.pk}/", "correction", world.users["whitfield"])
    camera.shoot("/office/notes/", "office-notes", world.users["mayfield"])
    camera.shoot(f"/office/notes/{note.thread_id}/", "office-note", world.users["mayfield"])
    camera.shoot("/office/notes/answers/", "office-answers", world.users["mayfield"])
