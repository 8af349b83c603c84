"""Programs as they ask: with a token of somebody, and what comes back."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.test import Client

from students.rules.token_scopes import TOKEN_SCOPES
from students.services.api_tokens import make_token
from tests.world import World

API = "/api/v1"
EVERYTHING = tuple(TOKEN_SCOPES)


class Caller:
    """A program that asks with one token."""

    def __init__(self, token: str) -> None:
        self.headers = {"Authorization": f"Bearer {token}"}
        self.client = Client()

    def get(self, path: str, **asked: Any) -> HttpResponse:
        return self.client.get(API + path, asked, headers=self.headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            API + path,
            json.dumps(body if body is not None else {}),
            content_type="application/json",
            headers=self.headers | named,
        )


def caller_of(world: World, name: str, scopes: Sequence[str] = EVERYTHING) -> Caller:
    """A program of somebody's."""
    return Caller(make_token(world.scope(name), name="Warehouse", scopes=scopes, days=90).text)


def rows(response: HttpResponse) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.content
    return response.json()["results"]


def ids(response: HttpResponse) -> list[int]:
    return [row["id"] for row in rows(response)]


def assert_problem(response: HttpResponse, status: int, kind: str) -> dict[str, Any]:
    """The problem that an answer is, in the one shape."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"] == f"urn:first-bell:problem:{kind}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    return problem
