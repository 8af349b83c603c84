"""axe looks at every page there is: those that no other browser test shows it are opened here, without a server.

A new page needs a line in `PAGES`, or a browser test of its own marked `shows(name)`; one without either fails by name.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from tests.access.addresses import addresses
from tests.attendance.pages.visitors import client_of
from tests.in_browser.conftest import REFLOW, SIZES, Window, assert_accessible, photograph
from tests.in_browser.told import Rows, told
from tests.world import World

HERE = Path(__file__).parent
NOBODY = ""


@dataclass(frozen=True)
class Shown:
    """Who opens an address, a stranger where nobody is named; what stands in it: ids by the kind of row, or words."""

    who: str
    args: tuple[str, ...] = ()

    def path(self, name: str, rows: Rows) -> str:
        """The address itself."""
        return reverse(name, args=[rows.get(each, each) for each in self.args])


DISTRICT, OFFICE = Shown("reyes"), Shown("mayfield")
OF_STUDENT = Shown("mayfield", ("student",))

PAGES = {
    "account_change_password": Shown("nia"),
    "account_inactive": Shown(NOBODY),
    "account_logout": DISTRICT,
    "account_reset_password_from_key": Shown(NOBODY, ("1", "set-password")),
    "account_reset_password_from_key_done": Shown(NOBODY),
    "adopt_calendar": DISTRICT,
    "assessments": OFFICE,
    "colleges": DISTRICT,
    "end_student_fact": Shown("mayfield", ("student", "mode", "mode_id")),
    "enter_accommodation": OF_STUDENT,
    "enter_own_schedule": OF_STUDENT,
    "enter_student_mode": OF_STUDENT,
    "lms": DISTRICT,
    "lms_file": Shown("reyes", ("lms_file",)),
    "lms_unused": DISTRICT,
    "month_amendments": Shown("reyes", ("school", "month")),
    "new_campaign": DISTRICT,
    "new_partner": DISTRICT,
    "outreach_worker": Shown("reyes", ("worker",)),
    "school_paper": OFFICE,
    "student_case": Shown("osei", ("student",)),
    "waiver": Shown("reyes", ("waiver",)),
}

FAULTS = ["403.html", "403_csrf.html", "404.html", "500.html", "socialaccount/authentication_error.html"]

NO_PAGES = {
    **dict.fromkeys(["healthz", "readyz"], "a word for whoever keeps the process running"),
    "language": "keeps a choice and leads back",
    **dict.fromkeys(
        ["openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled"],
        "leads to the district's own sign-in, and back from it",
    ),
    "account_set_password": "leads to the letter by which a password is set",
    **dict.fromkeys(
        ["import_work", "school_live", "district_board_live", "family_today_live", "month_work", "campaign_work"],
        "the part of a page that moves; the page has it too",
    ),
    **dict.fromkeys(
        [
            "disengaged_csv", "disposal_proof", "document", "family_document", "family_letter_pdf", "import_findings",
            "letter_batch", "letter_list_csv", "letter_pdf", "month_amendments_file", "month_file", "month_findings",
            "month_package", "month_sheet", "packet_file", "queue_csv", "school_week_csv", "waiver_document",
            "warnings_csv", "what_if_moved_file",
        ],
        "a file",
    ),
    **dict.fromkeys(
        [
            "add_case_step", "add_document", "case_whereabouts", "change_referral", "close_case", "copy_bells",
            "decide_excuse", "end_case_step", "family_add_document", "family_take_back", "hand_over_case",
            "lift_hold", "log_case_contact", "plan_case_step", "reopen_case", "reopen_case_step", "seal_document",
            "withdraw_case_contact", "withdraw_case_note", "withdraw_excuse", "write_case_note",
        ],
        "an act: who only looks is led to the page it stands on, which also says a refusal",
    ),
}  # fmt: skip


@pytest.mark.browser
@pytest.mark.shows(*PAGES)
def test_axe_finds_nothing_on_the_pages_that_no_other_test_shows_it(opened_world: World, window: Window) -> None:
    rows, faults = told(opened_world), []
    for who, pages in groupby(sorted(PAGES, key=_opener), _opener):
        window.sit_down(opened_world.users[who] if who else None)
        for name in pages:
            try:
                _look(window, name, PAGES[name].path(name, rows))
            except AssertionError as fault:
                faults.append(f"{name}: {fault}")
    assert not faults, "\n\n".join(faults)


def _opener(name: str) -> str:
    return PAGES[name].who


def _look(window: Window, name: str, path: str) -> None:
    window.open(path)
    for scheme, size in (("light", (REFLOW, 640)), ("dark", SIZES["laptop"])):
        window.hold(size, scheme)
        photograph(window.page, f"{name}-{size[0]}-{scheme}")
        assert_accessible(window.page)


@pytest.mark.browser
@pytest.mark.parametrize("template", FAULTS)
def test_axe_finds_nothing_on_a_page_that_says_what_went_wrong(window: Window, template: str) -> None:
    window.show("/nowhere/", HttpResponse(render_to_string(template), status=HTTPStatus.NOT_FOUND))
    window.hold((REFLOW, 640), "light")
    assert_accessible(window.page)


@pytest.mark.browser
def test_axe_is_asked_for_targets_that_a_thumb_can_hit(window: Window) -> None:
    """WCAG 2.2 asks for 24 pixels; axe's rule for it is off unless one asks."""
    small = '<a href="#a" style="display: inline-block; width: 12px; height: 12px">a</a>'
    page = f'<!doctype html><html lang="en"><title>Small</title><main><h1>Small</h1><nav>{small * 2}</nav></main>'
    window.show("/nowhere/", HttpResponse(page, status=HTTPStatus.NOT_FOUND))
    with pytest.raises(AssertionError, match="target-size"):
        assert_accessible(window.page)


def test_every_page_is_shown_to_axe(world: World) -> None:
    """By name: an address is in `PAGES`, its page is shown by another test, or it answers to no GET or with no page."""
    asked, elsewhere = client_of(world, "reyes"), shown_elsewhere()
    known = PAGES.keys() | NO_PAGES.keys() | elsewhere
    new = [each for each in addresses() if not each.is_for_programs and each.name not in known]
    assert [each.name for each in new if asked.get(each.path).status_code != HTTPStatus.METHOD_NOT_ALLOWED] == []
    assert not PAGES.keys() & elsewhere, "shown twice"
    assert known <= {each.name for each in addresses()}, "no address has this name any more"


def shown_elsewhere() -> set[str]:
    """The names in the marks `shows` of the other tests of this folder; a fixture holds those to what they say."""
    return {name for module in HERE.glob("test_*.py") if module.name != Path(__file__).name for name in _marks(module)}


def _marks(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.shows":
            yield from (ast.literal_eval(each) for each in node.args)
