"""A person at the marking page, as a browser speaks for them: cookies, CSRF token, submission id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from attendance_site.services.site_processes import FIRST_PAGE, HOST

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_CHOICE = re.compile(r'name="mark-(\d+)" value="(\w+)"( checked)?')


class Unexpected(Exception):
    """The site answered otherwise than a benchmark can go on from."""


@dataclass(frozen=True)
class Form:
    """A class's marks, ready to be sent."""

    path: str
    body: str


class Browser:
    """One person's cookies. Each request has a connection of its own: a teacher's page stands open for longer than
    the server keeps one.
    """

    def __init__(self, port: int) -> None:
        """Nobody is signed in yet."""
        self._port = port
        self._cookies = SimpleCookie()

    def sign_in(self, username: str, password: str) -> None:
        """Sign in by the page. Raises Unexpected."""
        hidden = dict(_HIDDEN.findall(self.open(FIRST_PAGE)))
        self.send(Form(FIRST_PAGE, urlencode(hidden | {"login": username, "password": password})))

    def changed_form(self, meeting_id: int, reason: str) -> Form:
        """The form of a taken class with every mark turned: who was present is absent, all others present."""
        path = f"/meetings/{meeting_id}/"
        page = self.open(path)
        fields = dict(_HIDDEN.findall(page)) | {"reason": reason}
        for student, status, is_checked in _CHOICE.findall(page):
            if is_checked:
                fields[f"mark-{student}"] = "absent" if status == "present" else "present"
                fields[f"detail-{student}"] = ""
        return Form(path, urlencode(fields))

    def send(self, form: Form) -> None:
        """Send a form, which the site must answer by leading on. Raises Unexpected."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{HOST}:{self._port}"}
        status, text = self._ask("POST", form.path, form.body, headers)
        if status != 302:
            raise Unexpected(f"{form.path} answered {status}:\n{text[:2000]}")

    def open(self, path: str) -> str:
        """The text of a page. Raises Unexpected."""
        status, text = self._ask("GET", path, None, {})
        if status != 200:
            raise Unexpected(f"{path} answered {status}:\n{text[:2000]}")
        return text

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str]:
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())
        connection = HTTPConnection(HOST, self._port, timeout=30)
        try:
            connection.request(method, path, body, headers | {"Cookie": cookies})
            answer = connection.getresponse()
            text = answer.read().decode()
            for header in answer.headers.get_all("Set-Cookie", []):
                self._cookies.load(header)
            return answer.status, text
        finally:
            connection.close()
