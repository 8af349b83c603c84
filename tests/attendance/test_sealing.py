"""MS-31: a document filed under the wrong student is sealed by two persons; its hash and the reason are kept."""

from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse

from attendance.models import DailyAttendance, Document, DocumentSeal, Excuse, SealState
from attendance.services.document_folder import is_there
from attendance.services.excuse_decisions import decide_excuse
from attendance.services.excuse_documents import add_documents, open_document
from attendance.services.freezing import freeze
from attendance.services.sealing import LOST, ask_to_seal, decline_to_seal, seal
from students.access import visible_to, why_can_view
from students.refusals import Forbidden, FrozenDays, NotInScope, Refused, Stale
from tests.attendance.acts import excuse, open_both_schools, take, upload
from tests.attendance.pages.visitors import client_of
from tests.world import PERIODS, YESTERDAY, World

WHY = "The name on the paper is another’s."


@pytest.fixture
def filed(world: World, settings, tmp_path: Path) -> Excuse:
    """Abara was absent yesterday, and a doctor's letter excuses it."""
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    open_both_schools(world)
    for period in PERIODS:
        take(world, period, YESTERDAY, Abara="absent")
    return excuse(world, "Abara", uploads=[upload()])


def kind(world: World) -> str:
    return DailyAttendance.objects.get(student=world.students["Abara"], date=YESTERDAY).absence_kind


def test_MS31_two_persons_seal_a_document_and_nobody_opens_it_any_more(world: World, filed: Excuse) -> None:
    paper, okafor, mayfield = filed.documents.get(), world.scope("okafor"), world.scope("mayfield")
    assert kind(world) == "excused"
    asked = ask_to_seal(mayfield, paper.pk, reason=WHY)
    assert ask_to_seal(okafor, paper.pk, reason="The same.").pk == asked.pk
    with pytest.raises(Forbidden, match="Another person"):
        seal(mayfield, paper.pk)
    open_document(okafor, paper.pk).stream.close()
    done = seal(okafor, paper.pk)
    assert (done.state, done.reason, done.asked_by, done.answered_by) == (
        SealState.SEALED,
        WHY,
        world.users["mayfield"],
        world.users["okafor"],
    )
    assert seal(mayfield, paper.pk).pk == done.pk
    for name in ("okafor", "mayfield", "reyes", "hale"):
        with pytest.raises(NotInScope):
            open_document(world.scope(name), paper.pk)
        assert why_can_view(world.scope(name), paper) is None
        assert not visible_to(world.scope(name), Document).exists()
    # The bytes and the hash are kept as long as the row; the day is judged without the paper.
    assert is_there(paper.storage_name)
    assert Document.objects.get().sha256 == paper.sha256
    filed.refresh_from_db()
    assert (filed.document_kind, filed.document_seen_on) == ("none", None)
    assert kind(world) == "unexcused"
    with pytest.raises(Refused, match="belongs to another student"):
        add_documents(mayfield, filed.pk, submission_id=uuid4(), kind="medical", uploads=[upload()])
    filed.refresh_from_db()
    assert filed.document_kind == "none"


def test_a_sealing_is_asked_with_a_reason_by_the_office_alone_and_may_be_declined(world: World, filed: Excuse) -> None:
    paper = filed.documents.get()
    with pytest.raises(Refused, match="without naming"):
        ask_to_seal(world.scope("mayfield"), paper.pk, reason=" ")
    for name, refusal in (("hale", Forbidden), ("lindqvist", NotInScope)):
        with pytest.raises(refusal):
            ask_to_seal(world.scope(name), paper.pk, reason=WHY)
    with pytest.raises(Stale):
        seal(world.scope("okafor"), paper.pk)
    ask_to_seal(world.scope("mayfield"), paper.pk, reason=WHY)
    decline_to_seal(world.scope("okafor"), paper.pk)
    decline_to_seal(world.scope("okafor"), paper.pk)
    open_document(world.scope("okafor"), paper.pk).stream.close()
    assert kind(world) == "excused"
    ask_to_seal(world.scope("okafor"), paper.pk, reason="It is another’s after all.")
    assert DocumentSeal.objects.count() == 2


def test_an_excuse_rests_on_the_paper_that_is_left_and_waits_where_none_is(world: World, filed: Excuse) -> None:
    first = filed.documents.get()
    second = upload("second.pdf", upload().stream.read() + b"\n")
    add_documents(world.scope("mayfield"), filed.pk, submission_id=uuid4(), kind="medical", uploads=[second])
    decide_excuse(world.scope("mayfield"), filed.pk, decision="accepted", reason="Seen.")
    papers = [first, filed.documents.exclude(pk=first.pk).get()]
    for paper, stands in zip(papers, [("medical", "accepted", "Seen."), ("none", "pending", LOST)], strict=True):
        ask_to_seal(world.scope("mayfield"), paper.pk, reason=WHY)
        seal(world.scope("okafor"), paper.pk)
        filed.refresh_from_db()
        assert (filed.document_kind, filed.decision, filed.decision_reason) == stands


def test_a_day_that_was_certified_asks_for_a_reason(world: World, filed: Excuse) -> None:
    paper = filed.documents.get()
    freeze(world.installation, world.lincoln.pk, YESTERDAY, YESTERDAY)
    ask_to_seal(world.scope("mayfield"), paper.pk, reason=WHY)
    with pytest.raises(FrozenDays):
        seal(world.scope("okafor"), paper.pk)
    assert DocumentSeal.objects.get().state == SealState.ASKED
    seal(world.scope("okafor").amending("The paper was another’s."), paper.pk)
    assert kind(world) == "unexcused"


def test_MS31_the_page_of_an_excuse_asks_seals_and_tells_the_hash_but_not_the_files_name(
    world: World, filed: Excuse
) -> None:
    paper, mayfield, okafor = filed.documents.get(), client_of(world, "mayfield"), client_of(world, "okafor")
    page, act = reverse("one_excuse", args=[filed.pk]), reverse("seal_document", args=[paper.pk])
    assert "Filed under the wrong student" in mayfield.get(page).content.decode()
    assert "Filed under the wrong student" not in client_of(world, "hale").get(page).content.decode()
    assert client_of(world, "lindqvist").get(act).status_code == HTTPStatus.NOT_FOUND
    assert mayfield.post(act, {"act": "nothing"}).status_code == HTTPStatus.NOT_FOUND
    mayfield.post(act, {"act": "ask", "reason": WHY})
    assert mayfield.post(act, {"act": "seal"}).status_code == HTTPStatus.FORBIDDEN
    assert "asks that it be sealed" in okafor.get(page).content.decode()
    okafor.post(act, {"act": "seal"})
    shown = okafor.get(page).content.decode()
    assert paper.sha256[:12] in shown
    assert paper.file_name not in shown
    assert okafor.get(reverse("document", args=[paper.pk])).status_code == HTTPStatus.NOT_FOUND
