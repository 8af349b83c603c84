"""What is in a packet: every mark, change, evidence, excuse and document behind a student's days, and no note."""

from hashlib import sha256

import pytest

from attendance.models import DocumentOpening
from reporting.models import AuditPacket, PacketLog, PacketState, PacketSubject
from tests.reporting.packets.worlds import PAPER, SECRETS, ask, content, files, make, manifest, table, told_world
from tests.world import TODAY, YESTERDAY, World


@pytest.fixture
def told(committed_world: World, settings, tmp_path) -> World:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    return told_world(committed_world)


def test_RD61_a_students_packet_holds_all_that_stands_behind_the_days_and_no_word_of_a_note(told: World) -> None:
    packet = make(told, ask(told.scope("hale"), student_id=told.students["Abara"].pk))
    assert (packet.state, packet.problem) == (PacketState.DONE, "")
    inside = files(packet)
    marks = {row["period"]: row for row in table(inside, "marks")}
    assert [marks[period]["status"] for period in "12"] == ["present", "absent"]
    assert (marks["1"]["reason"], marks["1"]["marked_by"]) == ("Was in the library", "Rosa Whitfield")
    [change] = [row for row in table(inside, "changes") if row["changed"] == "status"]
    assert (change["what"], change["was"], change["became"]) == ("marks", "absent", "present")
    [yesterday, today] = table(inside, "days")
    assert (yesterday["date"], yesterday["absence_kind"]) == (YESTERDAY.isoformat(), "excused")
    assert yesterday["ledger_agrees"] == today["ledger_agrees"] == "yes"
    assert yesterday["explanation"].startswith("Absent, excused: attended 55 of 330 minutes, 208 needed")
    assert len(table(inside, "pieces")) == 12
    assert [row["event"] for row in table(inside, "engagement")] == ["quiz-7"]
    assert [row["kind"] for row in table(inside, "interactions")] == ["call"]
    assert [row["kind"] for row in table(inside, "office_events")] == ["reported_absence"]
    assert [row["outcome"] for row in table(inside, "calls")] == ["left_message"]
    assert [row["reason"] for row in table(inside, "excuses")] == ["illness"]
    assert {row["part"] for row in table(inside, "working")} >= {"class", "teaching", "office", "rule"}
    assert len(table(inside, "class_saves")) == 7
    _holds_the_document(told, packet, inside)
    _lists_every_file(packet, inside)
    whole = content(packet) + b"".join(inside.values())
    assert [secret for secret in SECRETS if secret.encode() in whole] == []
    _is_logged(told, packet)


def _holds_the_document(world: World, packet: AuditPacket, inside: dict[str, bytes]) -> None:
    [document] = table(inside, "documents")
    assert inside[document["file"]] == PAPER
    assert document["sha256"] == sha256(PAPER).hexdigest()
    opened = DocumentOpening.objects.get()
    assert (opened.opened_by, str(opened.document_id)) == (world.users["hale"], document["document"])


def _lists_every_file(packet: AuditPacket, inside: dict[str, bytes]) -> None:
    said = manifest(inside)
    listed = {each["name"]: each["sha256"] for each in said["files"]}
    assert listed == {name: sha256(each).hexdigest() for name, each in inside.items() if name != "manifest.json"}
    assert said["asked_for"]["by"] == "Judith Hale"
    assert said["asked_for"]["legal_basis"] == "Audit or evaluation"
    assert packet.sha256 == sha256(content(packet)).hexdigest()
    assert inside["packet.pdf"].startswith(b"%PDF-")


def _is_logged(world: World, packet: AuditPacket) -> None:
    assert list(PacketLog.objects.values_list("act", "by__username")) == [("asked", "hale"), ("made", None)]
    assert list(PacketSubject.objects.values_list("student", flat=True)) == [world.students["Abara"].pk]


def test_a_schools_day_and_month_hold_its_own_students_alone(told: World) -> None:
    day = make(told, ask(told.scope("hale"), "day", school_id=told.lincoln.pk, starts_on=YESTERDAY))
    month = make(told, ask(told.scope("okafor"), "month", school_id=told.lincoln.pk, month=3))
    for packet, dates in ((day, {YESTERDAY}), (month, {YESTERDAY, TODAY})):
        inside = files(packet)
        days = table(inside, "days")
        assert {row["date"] for row in days} >= {each.isoformat() for each in dates}
        assert {row["school"] for row in days} == {"2500-008"}
        assert "Shah" not in "".join(row["name"] for row in days)
        assert manifest(inside)["about"]["students"] == 9
    assert "working.csv" not in files(month)
    assert {row["date"] for row in table(files(day), "marks")} == {YESTERDAY.isoformat()}
    same = [row["explanation"] for row in table(files(month), "days") if row["date"] == YESTERDAY.isoformat()]
    assert same == [row["explanation"] for row in table(files(day), "days")]
