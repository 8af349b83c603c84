"""The pages on which records are held and let go, for the district's administrators alone."""

import csv
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from attendance.models import Mark
from students.models import Disposal, DisposalState, LegalHold, RetentionPolicy
from students.services.disposing import dispose
from tests.attendance.pages.visitors import client_of
from tests.retention.old_year import NAME, OldYear
from tests.world import TODAY, World


def text(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_MS31_the_demos_year_is_kept_and_the_page_says_until_when(world: World) -> None:
    page = text(client_of(world, "reyes"), "retention")
    assert "Nothing may be disposed of today" in page
    assert "The first records may go from" in page
    proposal = text(client_of(world, "reyes"), "propose_disposal", world.year.pk, "documentation")
    assert "These records are kept" in proposal
    assert '<form method="post" class="sheet' not in proposal


@pytest.mark.parametrize("person", ["okafor", "mayfield", "whitfield", "novak", "hale"])
def test_to_everybody_but_the_district_there_is_no_such_page(old: OldYear, person: str) -> None:
    client, year = client_of(old.world, person), old.year.pk
    pages = [("retention",), ("legal_holds",), ("retention_policy",), ("propose_disposal", year, "support")]
    for name, *args in pages:
        for answer in (client.get(reverse(name, args=args)), client.post(reverse(name, args=args))):
            assert answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


def test_a_disposal_is_proposed_confirmed_by_another_carried_out_and_proved(old: OldYear) -> None:
    reyes, second = client_of(old.world, "reyes"), client_of(old.world, "second")
    address = reverse("propose_disposal", args=[old.year.pk, "documentation"])
    assert "Marks" in reyes.get(address).content.decode()
    sent = {"submission_id": uuid4(), "reason": "Board, June 4", "typed_name": "2012"}
    assert reyes.post(address, sent).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert reyes.post(address, sent | {"typed_name": NAME}).status_code == HTTPStatus.FOUND
    agreed = Disposal.objects.get()
    there = reverse("disposal", args=[agreed.pk])
    assert "A disposal waits for a second person" in text(second, "retention")
    assert "It waits for another person" in reyes.get(there).content.decode()
    assert reyes.post(there, {"typed_name": NAME}).status_code == HTTPStatus.FORBIDDEN
    assert second.post(there, {"typed_name": "yes"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert second.post(there, {"typed_name": NAME}).status_code == HTTPStatus.FOUND
    dispose(old.world.installation, agreed.pk, instants=lambda: datetime.now(UTC))
    agreed.refresh_from_db()
    assert agreed.state == DisposalState.DONE
    assert not Mark.objects.exists()
    assert agreed.proof_sha256 in second.get(there).content.decode()
    proof = second.get(reverse("disposal_proof", args=[agreed.pk])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(proof.splitlines()))
    assert rows[-1]["SHA-256"] == agreed.proof_sha256
    assert sum(int(row["Rows"]) for row in rows[:-1]) == int(rows[-1]["Rows"]) == agreed.rows_removed
    assert "Nothing is left of them" in reyes.get(address).content.decode()


def test_a_proposal_is_withdrawn(old: OldYear) -> None:
    proposed = old.proposed()
    client = client_of(old.world, "reyes")
    assert client.post(reverse("disposal", args=[proposed.pk]), {"withdraw": "yes"}).status_code == HTTPStatus.FOUND
    assert "Withdrawn by" in text(client, "disposal", proposed.pk)


def test_a_hold_is_placed_and_lifted_with_reasons(old: OldYear) -> None:
    client = client_of(old.world, "reyes")
    sent = {"submission_id": uuid4(), "reason": "Case 12-34", "year_id": old.year.pk}
    nobody = client.post(reverse("legal_holds"), sent | {"state_id": "nobody"})
    assert "No student has the state id nobody" in nobody.content.decode()
    client.post(reverse("legal_holds"), sent)
    hold = LegalHold.objects.get()
    assert "Held: Case 12-34" in text(client, "retention")
    assert "A legal hold stands" in text(client, "propose_disposal", old.year.pk, "documentation")
    empty = client.post(reverse("lift_hold", args=[hold.pk]), {"reason": ""})
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    client.post(reverse("lift_hold", args=[hold.pk]), {"reason": "Settled"})
    assert "Settled" in text(client, "legal_holds")
    assert client.get(reverse("lift_hold", args=[hold.pk])).status_code == HTTPStatus.FOUND


def test_a_policy_is_entered_and_never_under_five_years(old: OldYear) -> None:
    client = client_of(old.world, "reyes")
    sent = {"documentation_years": 4, "support_years": 3, "starts_on": TODAY.isoformat(), "reason": "Board, May 1"}
    assert client.post(reverse("retention_policy"), sent).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(reverse("retention_policy"), sent | {"documentation_years": 9}).status_code == HTTPStatus.FOUND
    assert RetentionPolicy.objects.get().documentation_years == 9
    assert "Kept through May 24, 2022" in text(client, "retention")
