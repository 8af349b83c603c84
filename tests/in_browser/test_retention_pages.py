"""What is kept and let go, looked at: without a server, since nothing moves on these pages."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse

from attendance.services.sealing import ask_to_seal, seal
from students.services.disposals import confirm_disposal, propose_disposal
from students.services.disposing import dispose
from students.services.legal_holds import place_hold
from tests.attendance.acts import excuse, upload
from tests.in_browser.conftest import REFLOW, SIZES, Window, assert_accessible, photograph
from tests.retention.old_year import NAME, OldYear, old_year
from tests.world import World


@pytest.fixture
def old(world: World, settings, tmp_path: Path) -> OldYear:
    settings.DOCUMENTS_DIR = tmp_path
    return old_year(world, tmp_path)


@pytest.mark.browser
@pytest.mark.shows("retention", "retention_policy", "legal_holds", "propose_disposal", "disposal")
def test_axe_finds_nothing_on_the_pages_of_retention(old: OldYear, window: Window) -> None:
    reyes, second = old.world.scope("reyes"), old.world.scope("second")
    why = {"submission_id": uuid4(), "typed_name": NAME, "reason": "Board, June 4"}
    year = [old.year.pk, "documentation"]
    window.sit_down(old.world.users["second"])
    _look(window, "retention")
    _look(window, "retention_policy")
    _look(window, "propose_disposal", *year)
    agreed = propose_disposal(reyes, *year, **why)
    _look(window, "retention", called="retention-waiting")
    _look(window, "disposal", agreed.pk)
    confirm_disposal(second, agreed.pk, typed_name=NAME)
    dispose(old.world.installation, agreed.pk, instants=lambda: datetime.now(UTC))
    _look(window, "disposal", agreed.pk, called="disposal-done")
    place_hold(second, submission_id=uuid4(), reason="Case 12-34", state_id=old.stayed.state_id)
    _look(window, "legal_holds")


def _look(window: Window, name: str, *args: object, called: str = "") -> None:
    window.open(reverse(name, args=args))
    for scheme, size in (("light", (REFLOW, 640)), ("dark", SIZES["laptop"])):
        window.hold(size, scheme)
        photograph(window.page, f"{called or name}-{size[0]}-{scheme}")
        assert_accessible(window.page)


@pytest.mark.browser
def test_axe_finds_nothing_where_a_document_is_asked_for_and_sealed(
    opened_world: World, window: Window, settings, tmp_path
) -> None:
    settings.DOCUMENTS_DIR = tmp_path
    filed = excuse(opened_world, "Abara", uploads=[upload("Lee, sick note.pdf"), upload("p.pdf", b"%PDF-1.4\n%%EOF\n")])
    first, second = filed.documents.all()
    for paper in (first, second):
        ask_to_seal(opened_world.scope("mayfield"), paper.pk, reason="The name on the paper is another’s.")
    seal(opened_world.scope("okafor"), first.pk)
    window.sit_down(opened_world.users["okafor"])
    _look(window, "one_excuse", filed.pk, called="excuse-sealed")
