"""The office's list of what families reported."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import AbsenceReport
from attendance.services.absence_reports import mark_read
from students.refusals import Forbidden, NotInScope
from tests.attendance.acts import upload
from tests.attendance.families.kin import parent, tell
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, YESTERDAY, World


@pytest.fixture
def home(opened_world: World, settings, tmp_path) -> World:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    parent(opened_world, "Ana", "Abara", "Castillo", "Delgado")
    parent(opened_world, "Kim", "Shah")
    return opened_world


def listed(world: World, query: str = "", who: str = "mayfield") -> list[str]:
    return [each.name for each in client_of(world, who).get(f"/office/families/{query}").context["page"].lines]


def test_new_reports_stand_first_until_somebody_reads_them(home: World) -> None:
    tell(home, "ana", day=YESTERDAY, uploads=(upload(),), document_kind="medical")
    seen = AbsenceReport.objects.get()
    tell(home, "ana", "Castillo")
    tell(home, "ana", "Delgado", day=TODAY.replace(day=29))
    tell(home, "kim", "Shah")
    clerk = client_of(home, "mayfield")
    assert "3 new reports" in clerk.get("/office/").content.decode()
    assert clerk.post("/office/families/", {"report": seen.pk}).status_code == 302
    assert clerk.post("/office/families/", {"report": seen.pk}).status_code == 302
    seen.refresh_from_db()
    assert seen.seen_by == home.users["mayfield"]
    assert listed(home) == ["Delgado, Ana Sofía", "Castillo, Mateo", "Abara, Chidi"]
    assert listed(home, "?show=new") == ["Delgado, Ana Sofía", "Castillo, Mateo"]
    assert (listed(home, "?show=today"), listed(home, "?show=to_come")) == (["Castillo, Mateo"], ["Delgado, Ana Sofía"])
    assert listed(home, who="lindqvist") == ["Shah, Priya"]
    assert "1 document" in clerk.get("/office/families/").content.decode()
    # It waits among the excuses, too, where it is decided.
    assert "Abara, Chidi" in clerk.get("/excuses/").content.decode()


def test_only_the_office_of_the_school_reads_them_and_says_so(home: World) -> None:
    report = tell(home, "ana")
    for who, why in (("whitfield", Forbidden), ("osei", Forbidden), ("lindqvist", NotInScope)):
        with pytest.raises(why):
            mark_read(home.scope(who), home.lincoln.pk, [report.pk])
    assert mark_read(home.scope("lindqvist"), home.washington.pk, [report.pk]) == 0
    assert client_of(home, "tran").get("/office/families/").status_code == 403


def test_the_list_asks_as_much_for_many_reports_as_for_one(home: World) -> None:
    clerk = client_of(home, "mayfield")

    def asked() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get("/office/families/").status_code == 200
        return len(asked)

    tell(home, "ana", uploads=(upload(),), document_kind="medical")
    one = asked()
    tell(home, "ana", "Castillo", uploads=(upload(),), document_kind="medical")
    tell(home, "ana", "Delgado")
    assert asked() == one
