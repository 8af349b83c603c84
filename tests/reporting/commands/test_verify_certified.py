"""verify_month of what the district certified: the package as it is handed out, and the chain as it is kept."""

import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from reporting.rules.archives import members_of
from reporting.rules.certification_chain import Link, hash_of
from reporting.rules.certified_package import CERTIFICATION, certified_zip, chain_in
from reporting.rules.package import zipped
from students import clock
from tests.reporting.months import AFTER
from tests.reporting.signing import certified_month
from tests.world import World


def test_a_certified_package_is_handed_out_with_its_chain_and_verified_with_and_without_the_database(
    committed_world: World, client: Client, tmp_path: Path, capsys
) -> None:
    world = committed_world
    with pytest.raises(CommandError, match="Name a package, or check the chain"):
        call_command("verify_month")
    certified = certified_month(world)
    client.force_login(world.users["okafor"])
    with clock.stopped_at(AFTER):
        first, second = (client.get(reverse("month_package", args=[certified.run_id])) for _ in range(2))
    assert first.content == second.content
    assert first.headers["Content-Disposition"] == 'attachment; filename="S_2500_008_112020.zip"'
    members = members_of(first.content)
    [held] = chain_in(members.pop(CERTIFICATION))
    assert held.hash == certified.hash
    assert zipped(members) == bytes(certified.run.package.content)
    path = tmp_path / "S_2500_008_112020.zip"
    path.write_bytes(first.content)
    zipfile.ZipFile(path).extractall(tmp_path / "unpacked")
    for place in (path, tmp_path / "unpacked"):
        call_command("verify_month", place)
        assert "sums hold. Certified by Daniel Reyes at 2020-11-09" in capsys.readouterr().out
    call_command("verify_month", "--chain")
    assert "The chain holds: 1 certification," in capsys.readouterr().out
    call_command("verify_month", path, "--chain")
    said = capsys.readouterr().out
    assert "The chain holds" in said
    assert "S_2500_008_112020.zip: verified." in said
    _rewritten(path, held)
    call_command("verify_month", path)
    with pytest.raises(CommandError, match="1 of 1 packages differ"):
        call_command("verify_month", path, "--chain")
    assert "certification.json: Certification 1 is another in this copy" in capsys.readouterr().err


def _rewritten(path: Path, held: Link) -> None:
    """Another chain around the same package, made by somebody who knows how."""
    members = members_of(path.read_bytes())
    del members[CERTIFICATION]
    content = held.content.replace("Daniel Reyes", "Al Forger")
    path.write_bytes(certified_zip(zipped(members), [Link(content, hash_of(content))]))
