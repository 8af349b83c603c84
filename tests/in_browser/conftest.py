"""A real Chromium against a live server. With PICTURES=1 pages are photographed into tests/screenshots/, which git
ignores: somebody wants to look at them. Without, each is opened and checked at the same sizes, in half the time.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from students.models import User
from tests.browser import chromium_path

PICTURES = bool(os.environ.get("PICTURES"))
SCREENSHOTS = Path(__file__).resolve().parent.parent / "screenshots"
SIZES = {"phone": (360, 740), "laptop": (1280, 800)}
# Each size and each scheme once: axe takes most of the time.
CHECKED = {("phone", "light"), ("laptop", "dark")}
# What people with AA needs are promised; "best-practice" rules of axe are advice.
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The width at which a page still asks nobody to scroll sideways: a laptop's at 400 percent (WCAG 1.4.10).
REFLOW = 320
# The names of the addresses whose pages axe found nothing on in the present test.
LOOKED_AT: set[str] = set()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests."""
    # A tab of a context that has another of the same server shares its process, in which axe is compiled already: half
    # the time of a look.
    asked = ["--no-sandbox", "--process-per-site"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=asked)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def _shows_what_it_promises(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whoever is marked to show pages to axe shows them: `test_every_page` counts on it."""
    LOOKED_AT.clear()
    yield
    promised = {name for mark in request.node.iter_markers("shows") for name in mark.args}
    assert promised <= LOOKED_AT, f"not shown to axe: {sorted(promised - LOOKED_AT)}"


@pytest.fixture
def signed_in_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open a browser window in which somebody is signed in; every console error fails the test."""
    contexts = []
    complaints: list[str] = []

    def open_page(user: User | None = None, **options) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        if user:
            context.add_cookies([{"name": "sessionid", "value": _session(user), "url": live_server.url}])
        _listen(context, complaints)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def _listen(context: BrowserContext, complaints: list[str]) -> None:
    context.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))


def _is_complaint(said) -> bool:
    # A refused save answers 409 or 422, which Chromium logs as a failure to load.
    return said.type == "error" and "Failed to load resource" not in said.text


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.session.session_key


@dataclass
class Camera:
    """Opens a page, asks axe about it in every size, and photographs it in both schemes and on paper."""

    context: BrowserContext
    server: str

    def shoot(
        self, path: str, name: str, user: User | None = None, prepare: Callable[[Page], None] | None = None
    ) -> None:
        """Fail on a breach of AA or a page too wide; its pictures are `name-<size>-<scheme>.png`.

        What is prepared is prepared in each size. A page that is only looked at is opened once, and made small.
        """
        self._sit_down(user)
        if prepare or PICTURES:
            for size in SIZES:
                page = self._opened(size, path, name)
                if prepare:
                    prepare(page)
                _look(page, name, size)
                page.close()
        else:
            page = self._opened("laptop", path, name)
            _look(page, name, "laptop")
            _hold_as_a_phone(page)
            _wait_for_the_phone(page)
            _look(page, name, "phone")
            page.close()

    def _sit_down(self, user: User | None) -> None:
        self.context.clear_cookies()
        if user:
            self.context.add_cookies([{"name": "sessionid", "value": _session(user), "url": self.server}])

    def _opened(self, size: str, path: str, name: str) -> Page:
        page = self.context.new_page()
        if size == "phone":
            width, height = SIZES["phone"]
            # A picture lets go of what the browser's tools hold.
            page.set_viewport_size({"width": width, "height": height})
            _hold_as_a_phone(page)
        assert page.goto(f"{self.server}{path}").status < 500, f"{name} broke"
        if size == "phone":
            _wait_for_the_phone(page)
        return page


def _hold_as_a_phone(page: Page) -> None:
    """What the browser's own tools do when a page is to be seen as on a phone: its width, and a finger for a mouse."""
    width, height = SIZES["phone"]
    page.emulate_media(media="screen")
    tools = page.context.new_cdp_session(page)
    screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": True}
    tools.send("Emulation.setDeviceMetricsOverride", screen)
    tools.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})


def _wait_for_the_phone(page: Page) -> None:
    width, _ = SIZES["phone"]
    page.wait_for_function(f"matchMedia('(max-width: {width}px) and (pointer: coarse)').matches")


def _look(page: Page, name: str, size: str) -> None:
    width, _ = SIZES[size]
    # What was prepared may have sent a form: the next page is under way, and is the one to be looked at.
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than a {size}"
    for scheme in ("light", "dark"):
        if not PICTURES and (size, scheme) not in CHECKED:
            continue
        page.emulate_media(color_scheme=scheme)
        photograph(page, f"{name}-{size}-{scheme}")
        if (size, scheme) in CHECKED:
            assert_accessible(page)
    assert page.evaluate(f"matchMedia('(max-width: {width}px)').matches"), f"{name} was not seen on a {size}"
    if size == "phone":
        page.set_viewport_size({"width": REFLOW, "height": 640})
        assert_no_wider(page, REFLOW)
    if size == "laptop" and PICTURES:
        page.emulate_media(media="print", color_scheme="light")
        photograph(page, f"{name}-print")


def photograph(page: Page, name: str) -> None:
    """Save a picture of the whole page, where pictures were asked for."""
    if PICTURES:
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def assert_accessible(page: Page) -> None:
    """Fail with axe's own words where a page breaks WCAG 2.2 AA."""
    asked = {"runOnly": {"type": "tag", "values": WCAG_22_AA}, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # What it finds nothing on takes longer to send than to look at.
    answer = "asked => axe.run(asked).then(({violations}) => ({violations}))"
    found = AxeResults(page.evaluate(answer, asked))
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    if page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == HTTPStatus.OK:
        LOOKED_AT.add(resolve(urlsplit(page.url).path).url_name)


def assert_no_wider(page: Page, width: int) -> None:
    """Fail where the page would have to be scrolled sideways at this width."""
    page.wait_for_function(f"matchMedia('(width: {width}px)').matches")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{page.url} is {wide} wide, of {width}"


@dataclass(frozen=True)
class Studio:
    """The window of all pages that are only looked at, and what its console has said against them."""

    context: BrowserContext
    complaints: list[str]


@pytest.fixture(scope="session")
def studio(browser: Browser, live_server) -> Iterator[Studio]:
    """A window whose first tab stays, with its process, and the style sheets."""
    width, height = SIZES["laptop"]
    context = browser.new_context(viewport={"width": width, "height": height})
    complaints: list[str] = []
    _listen(context, complaints)
    context.new_page().goto(f"{live_server.url}{settings.STATIC_URL}css/base.css")
    yield Studio(context, complaints)
    context.close()


@pytest.fixture
def camera(studio: Studio, live_server) -> Iterator[Camera]:
    """Photographs pages; every console error fails the test."""
    yield Camera(studio.context, live_server.url)
    for page in studio.context.pages[1:]:
        page.close()
    said = studio.complaints.copy()
    studio.complaints.clear()
    assert not said


@dataclass
class Window:
    """One page of the browser whose questions a test client answers: no server, and nothing is committed.

    A tenth of the time of a page from the live server; what is looked at is the same HTML, style and script.
    """

    page: Page
    client: Client = field(default_factory=Client)
    answers: dict[str, HttpResponse] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page.route("**/*", self._answer)

    def sit_down(self, user: User | None) -> None:
        """Somebody else takes the keyboard."""
        self.client = Client()
        if user:
            self.client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def open(self, path: str) -> None:
        """The page of an address, which must have one for whoever sits here."""
        answer = self.client.get(path)
        assert answer.status_code == HTTPStatus.OK, f"{path}: {answer.status_code} {answer.headers.get('Location', '')}"
        self.show(path, answer)

    def show(self, path: str, answer: HttpResponse) -> None:
        """An answer, as the page of a path."""
        self.answers = {path: answer}
        self.page.goto(f"http://testserver{path}")

    def hold(self, size: tuple[int, int], scheme: Literal["light", "dark"]) -> None:
        """Look through a window of that size; a page too wide for it fails."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        assert_no_wider(self.page, size[0])

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.path.startswith(settings.STATIC_URL):
            route.fulfill(path=finders.find(address.path.removeprefix(settings.STATIC_URL)))
            return
        answer = self.answers.get(route.request.url.removeprefix("http://testserver"))
        if answer is None:
            route.abort()
            return
        route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    """A window without a server behind it."""
    context = browser.new_context(viewport={"width": REFLOW, "height": 640}, has_touch=True)
    yield Window(context.new_page())
    context.close()
