"""A slow phone: the first page is light, can be put on the home screen, and leaves nothing of a child behind."""

import json
import re
import struct
from http import HTTPStatus
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve, reverse

from tests.families import family_client, family_of
from tests.world import World

MOST_BYTES = 100_000
ROOT = Path(__file__).resolve().parents[3]


def static_file(address: str) -> Path:
    """The file behind an address under /static/, whose name may carry the hash of what is in it."""
    name = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", address.removeprefix("/static/"))
    found = finders.find(name)
    assert found, name
    return Path(found)


def loaded(page: str) -> set[str]:
    """What a browser fetches with a page: style sheets, scripts and icons."""
    return set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))


def test_the_first_load_of_today_is_under_100_kilobytes_before_it_is_compressed(opened_world: World) -> None:
    family_of(opened_world, "Ana", "Abara", "Castillo", "Grant")
    client = family_client(opened_world, "Ana")
    for path in (reverse("family"), reverse("family_today", args=[opened_world.students["Abara"].pk])):
        page = client.get(path).content
        files = [static_file(each) for each in loaded(page.decode())]
        assert len(page) < 20_000
        assert len(page) + sum(each.stat().st_size for each in files) < MOST_BYTES
        assert len(files) >= 7


def test_the_portal_can_be_put_on_the_home_screen(client: Client, opened_world: World) -> None:
    family_of(opened_world, "Ana", "Abara", "Castillo")
    page = family_client(opened_world, "Ana").get(reverse("family")).content.decode()
    [address] = re.findall(r'<link rel="manifest" href="([^"]+)"', page)
    manifest = json.loads(static_file(address).read_text())
    assert resolve(manifest["start_url"]).url_name == "family"
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        # The bytes of a PNG's own width and height.
        width, height = struct.unpack(">II", static_file(f"/static/{icon['src']}").read_bytes()[16:24])
        assert f"{width}x{height}" == icon["sizes"]
    [touch] = re.findall(r'<link rel="apple-touch-icon" href="([^"]+)"', page)
    assert static_file(touch).read_bytes().startswith(b"\x89PNG")


def test_nothing_of_a_child_is_kept_on_a_shared_phone(opened_world: World) -> None:
    family_of(opened_world, "Ana", "Abara")
    response = family_client(opened_world, "Ana").get(reverse("family_today", args=[opened_world.students["Abara"].pk]))
    assert response.status_code == HTTPStatus.OK
    assert {"no-store", "private"} <= set(response["Cache-Control"].replace(" ", "").split(","))
    scripts = "".join(path.read_text() for path in (ROOT / "static").rglob("*.js"))
    assert not re.search(r"serviceWorker|caches\.|localStorage|indexedDB", scripts)
