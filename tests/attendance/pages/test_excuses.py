"""The pages of excuses: what waits, one excuse with its documents, and a document itself."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.demo.papers import letter, photo
from attendance.models import AttendancePolicy, Decision, Document, DocumentKind, DocumentOpening, Excuse, ExcuseReason
from attendance.rules.excuse import suffices
from attendance.rules.policy import policy_on
from attendance.selectors.excuse_facts import fact_of, numbered
from attendance.selectors.excuse_list import ACCEPTED, REFUSED, WAITING, Asked, excuse_list
from attendance.selectors.policies import policies
from attendance.services.excuse_decisions import decide_excuse
from attendance.services.excuses import withdraw_excuse
from tests.attendance.acts import excuse, upload
from tests.attendance.pages.visitors import client_of
from tests.world import NOW, TODAY, YESTERDAY, World, date, make_world

NEW = {"document_kind": "none", "document_seen_on": None}


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def text_of(response: Any) -> str:
    return response.content.decode()


def file(content: bytes, name: str = "letter.pdf") -> BytesIO:
    sent = BytesIO(content)
    sent.name = name
    return sent


def send_document(world: World, held: Excuse, *files: BytesIO, by: str = "mayfield", **given: str) -> HttpResponse:
    sent = {"submission_id": str(uuid4()), "kind": "medical", "seen_on": "", "documents": list(files)}
    return client_of(world, by).post(reverse("add_document", args=[held.pk]), sent | given)


def send_decision(world: World, held: Excuse, by: str = "mayfield", **given: str) -> HttpResponse:
    sent = {"seen": "", "decision": "refused", "reason": "The paper is of another child."}
    return client_of(world, by).post(reverse("decide_excuse", args=[held.pk]), sent | given)


def test_the_office_sees_what_waits_the_oldest_first_with_its_due_date(opened: World) -> None:
    excuse(opened, "Abara", day=date(2020, 10, 26), **NEW)
    excuse(opened, "Castillo", day=date(2020, 10, 19), document_kind="parent_note")
    excuse(opened, "Nguyen")
    page = text_of(client_of(opened, "mayfield").get("/excuses/"))
    assert page.index("Castillo") < page.index("Abara")
    assert "Nguyen" not in page
    assert "was due Oct 23" in page
    assert "Pending until Oct 30" in page
    assert "Not sufficient (MS-34)" in page
    overdue = text_of(client_of(opened, "mayfield").get("/excuses/?overdue=yes"))
    assert "Castillo" in overdue
    assert "Abara" not in overdue
    accepted = text_of(client_of(opened, "mayfield").get("/excuses/?state=accepted"))
    assert "Nguyen" in accepted
    assert "not on file" in accepted


@pytest.mark.parametrize("state", ["", "accepted", "on_paper", "by_note", "refused", "withdrawn", "every", "nonsense"])
def test_every_state_has_its_words_when_nothing_is_in_it(opened: World, state: str) -> None:
    answer = client_of(opened, "okafor").get("/excuses/", {"state": state, "school": "99", "page": "x"})
    assert answer.status_code == 200
    assert "No excuse fits" in text_of(answer)


def test_the_list_costs_the_same_however_long_it_is(opened: World, settings) -> None:
    def cost() -> int:
        client = client_of(opened, "okafor")
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert client.get("/excuses/?state=every").status_code == 200
        return len(counted)

    excuse(opened, "Abara", uploads=[upload()])
    one = cost()
    for name in ("Castillo", "Nguyen"):
        excuse(opened, name, uploads=[upload(), upload("b.png", photo())])
        excuse(opened, name, day=TODAY, **NEW)
    assert cost() == one


@pytest.mark.parametrize(
    ("person", "status"),
    [("whitfield", 403), ("osei", 403), ("novak", 403), ("tran", 200), ("hale", 200), ("lindqvist", 200)],
)
def test_RD60_the_list_is_for_those_who_know_reasons_and_shows_their_schools_alone(
    opened: World, person: str, status: int
) -> None:
    held = excuse(opened, "Abara", **NEW)
    answer = client_of(opened, person).get("/excuses/")
    assert answer.status_code == status
    assert ("Abara" in text_of(answer)) is (person in ("tran", "hale"))
    assert "Enter the decision" not in text_of(answer), "who only reads has no forms"
    assert client_of(opened, person).get(reverse("one_excuse", args=[held.pk])).status_code == (
        200 if person in ("tran", "hale") else 404
    )


def test_a_document_is_added_on_the_page_and_the_day_is_judged_anew(opened: World) -> None:
    held = excuse(opened, "Abara", **NEW)
    answer = send_document(opened, held, file(letter(["Fever"])), file(photo(), "photo.png"), back="/excuses/?page=2")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/excuses/?page=2")
    page = text_of(client_of(opened, "mayfield").get(reverse("one_excuse", args=[held.pk])))
    assert "letter.pdf" in page
    assert "photo.png" in page
    assert "Accepted (RD-08)" in page
    answer = send_document(opened, held, kind="parent_note", back="https://elsewhere.example/")
    assert answer.headers["Location"] == reverse("one_excuse", args=[held.pk]), "never to another site"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([file(b"<html>", "scan.pdf")], "scan.pdf: Only PDF, JPEG, PNG or HEIC"),
        ([file(photo() + bytes(40_000_000), "photo.png")], "A file is larger than 10 MB."),
        ([file(photo(), f"{number}.png") for number in range(6)], "At most 5 files at once."),
        ([file(b"", "empty.pdf")], "empty"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_beside_the_form(
    opened: World, files: list[BytesIO], words: str
) -> None:
    held = excuse(opened, "Abara", **NEW)
    for each in files:
        each.seek(0)
    answer = send_document(opened, held, *files)
    assert answer.status_code == 422
    assert words in text_of(answer)
    held.refresh_from_db()
    assert (held.document_kind, Document.objects.count()) == ("none", 0)


def test_a_decision_is_made_in_place_and_refused_in_words(opened: World) -> None:
    held = excuse(opened, "Abara", **NEW)
    answer = send_decision(opened, held, decision="accepted", back="/excuses/")
    assert answer.status_code == 422
    assert "There is no document yet" in text_of(answer)
    assert send_decision(opened, held, back="/excuses/").headers["Location"] == "/excuses/"
    stale = send_decision(opened, held, by="okafor", decision="pending", reason="Look again.")
    assert stale.status_code == 409
    assert "Somebody else has decided this excuse since (Refused)" in text_of(stale)
    page = text_of(client_of(opened, "okafor").get(reverse("one_excuse", args=[held.pk])))
    assert "Refused by" in page
    assert "The paper is of another child." in page
    assert send_decision(opened, held, by="tran").status_code == 403
    assert send_decision(opened, held, by="lindqvist").status_code == 404
    assert client_of(opened, "okafor").get(reverse("decide_excuse", args=[held.pk])).status_code == 302


def test_RD60_a_document_is_saved_and_never_shown_and_each_opening_is_listed(opened: World) -> None:
    held = excuse(opened, "Abara", uploads=[upload("Abara’s letter.png")])
    address = reverse("document", args=[held.documents.get().pk])
    for stranger in ("whitfield", "osei", "lindqvist", "novak"):
        assert client_of(opened, stranger).get(address).status_code == 404
    answer = client_of(opened, "tran").get(address)
    assert b"".join(answer.streaming_content) == letter(["Excused from school."])
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Abara")
    assert answer.headers["Content-Disposition"].endswith(".pdf")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    assert DocumentOpening.objects.get().opened_by == opened.users["tran"]
    page = text_of(client_of(opened, "mayfield").get(reverse("one_excuse", args=[held.pk])))
    assert "Who opened them" in page
    assert opened.users["tran"].full_name in page


def test_a_document_without_its_bytes_says_so(opened: World, settings, tmp_path) -> None:
    held = excuse(opened, "Abara", uploads=[upload()])
    settings.DOCUMENTS_DIR = tmp_path
    answer = client_of(opened, "okafor").get(reverse("document", args=[held.documents.get().pk]))
    assert answer.status_code == 410
    assert "bytes of this document are missing" in text_of(answer)


class TheListsFilter(TestCase):
    """What the database filters by and what the rule says are the same for every excuse that there could be."""

    def setUp(self) -> None:
        self.world = make_world()

    @given(
        facts=st.lists(
            st.tuples(
                st.sampled_from(ExcuseReason.values),
                st.sampled_from(DocumentKind.values),
                st.sampled_from(["", *Decision.values]),
                st.booleans(),
            ),
            max_size=8,
        ),
        listed=st.sampled_from([None, dict.fromkeys(ExcuseReason.values, DocumentKind.values)]),
        notes=st.sampled_from([{}, {"illness": 1}, {"illness": 2, "other": 1}]),
    )
    @settings(max_examples=30)
    def test_ST03_the_list_and_the_rule_agree_on_what_stands(self, facts, listed, notes) -> None:
        AttendancePolicy.objects.update(undocumented_notes_per_term=notes)
        if listed:
            AttendancePolicy.objects.update(accepted_documents=listed)
        okafor = self.world.users["okafor"]
        Excuse.objects.bulk_create(
            Excuse(
                submission_id=uuid4(), student=self.world.students["Abara"], starts_on=YESTERDAY, ends_on=YESTERDAY,
                reason=reason, document_kind=kind, document_seen_on=None if kind == "none" else TODAY,
                entered_by=okafor, entered_at=NOW, decision=decision,
                **({"decided_by": okafor, "decided_at": NOW, "decision_reason": "x"} if decision else {}),
                **({"withdrawn_by": okafor, "withdrawn_at": NOW, "withdrawn_reason": "x"} if gone else {}),
            )
            for reason, kind, decision, gone in facts
        )  # fmt: skip
        scope = self.world.scope("okafor")
        policy = policy_on(YESTERDAY, policies(scope))
        rows = list(numbered(Excuse.objects.filter(withdrawn_at=None)))
        accepted = {row.pk for row in rows if suffices(fact_of(row), policy)}
        refused = {row.pk for row in rows if row.decision == "refused"}
        shown = {
            state: {each.line.id for each in excuse_list(scope, Asked(state)).lines}
            for state in (ACCEPTED, REFUSED, WAITING)
        }
        assert shown == {ACCEPTED: accepted, REFUSED: refused, WAITING: {row.pk for row in rows} - accepted - refused}


def test_a_withdrawn_or_refused_excuse_no_longer_waits(opened: World) -> None:
    scope = opened.scope("okafor")
    gone, refused = excuse(opened, "Abara", **NEW), excuse(opened, "Castillo", **NEW)
    withdraw_excuse(scope, gone.pk, reason="Of another child.")
    decide_excuse(scope, refused.pk, decision="refused", reason="No paper came.")
    listed = {
        state: [each.name for each in excuse_list(scope, Asked(state)).lines] for state in ("", "withdrawn", "refused")
    }
    assert listed[""] == []
    assert [len(listed["withdrawn"]), len(listed["refused"])] == [1, 1]
