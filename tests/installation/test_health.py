"""What probes are told: alive without asking anybody, ready when classes can be marked."""

from http import HTTPStatus

import pytest
from django.test import Client


def test_a_living_process_says_so_and_asks_nobody(client: Client, broker_away: None) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (HTTPStatus.OK, b"ok")


def test_a_living_process_says_so_without_its_database(client: Client, database_away: None) -> None:
    assert client.get("/healthz").status_code == HTTPStatus.OK


@pytest.mark.django_db
def test_a_whole_installation_is_ready(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == HTTPStatus.OK
    assert response.json() == {"ready": True, "database": "ok", "redis": "ok"}


@pytest.mark.django_db
def test_without_its_broker_it_is_ready_for_marking_and_says_what_waits(client: Client, broker_away: None) -> None:
    response = client.get("/readyz")
    assert response.status_code == HTTPStatus.OK
    assert response.json()["ready"] is True
    assert "months and nightly work wait" in response.json()["redis"]


def test_with_a_migration_to_come_it_is_not_ready(client: Client, migration_to_come: None) -> None:
    response = client.get("/readyz")
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.json()["database"] == "migrations are not applied"


def test_without_its_database_it_is_not_ready_and_names_no_address(client: Client, database_away: None) -> None:
    response = client.get("/readyz")
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.json() == {"ready": False, "database": "does not answer", "redis": "ok"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_leave_no_session_and_are_kept_by_no_cache(client: Client, path: str) -> None:
    response = client.get(path)
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]
    assert client.post(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.django_db
def test_a_probe_asks_the_database_two_short_questions(client: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(2):
        client.get("/readyz")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_without_tls_is_not_sent_elsewhere(client: Client, settings, path: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path).status_code == HTTPStatus.OK
    assert client.get("/today/").status_code == HTTPStatus.MOVED_PERMANENTLY
