"""An app imports only from those below it, and inside an app the same holds; also inside functions."""

import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

from tests.architecture.sources import APPS, ROOT

LAYERS = ["rules", "models", "access", "selectors", "services", "views"]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*APPS, "attendance_site", cache_dir=None)


def test_every_import_contract_is_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_contracts_name_every_app_and_every_layer() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    between, inside = contracts[:2]
    assert between["layers"] == ["attendance_site", *reversed(APPS)]
    named = [layer.strip("() ") for line in inside["layers"] for layer in line.split("|")]
    assert [layer for layer in reversed(named) if layer in LAYERS] == LAYERS


@pytest.mark.parametrize("number", range(len(APPS)), ids=APPS)
def test_no_app_imports_one_above_it(graph: grimp.ImportGraph, number: int) -> None:
    mine = graph.find_descendants(APPS[number]) | {APPS[number]}
    above = tuple(f"{app}." for app in [*APPS[number + 1 :], "attendance_site"])
    wrong = [(each, used) for each in mine for used in graph.find_modules_directly_imported_by(each)
             if f"{used}.".startswith(above)]  # fmt: skip
    assert wrong == []


def test_the_site_is_imported_by_no_app_and_the_demo_by_commands_alone(graph: grimp.ImportGraph) -> None:
    demo = {module for module in graph.modules if module.startswith(("attendance.demo", "interventions.demo"))}
    users = {user for module in demo for user in graph.find_modules_that_directly_import(module)} - demo
    assert all(".management.commands." in user for user in users)


def test_the_graph_that_was_looked_at_is_the_whole_house(graph: grimp.ImportGraph) -> None:
    assert len(graph.modules) >= 200
    assert graph.count_imports() >= 500
