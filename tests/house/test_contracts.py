"""The import contracts hold, and each of them notices when it is broken."""

import os
import shutil
import subprocess
import sysconfig
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
NAMES = {contract["id"]: contract["name"] for contract in CONTRACTS}
ROOMS = [layer.strip("()") for layer in CONTRACTS[0]["layers"]]  # from the top down

# What is planted, and the contract that must notice it.
PLANTED = {
    "a lower room imports a higher one": (
        "rooms",
        {"accounts/selectors/planted.py": "import second_opinion.reports\n"},
    ),
    "a room that nobody drew": ("rooms", {"helpers/__init__.py": ""}),
    "a selector calls a service": (
        "inside-with-writing",
        {"cases/selectors/planted.py": "import second_opinion.cases.services\n"},
    ),
    "a drawer inside a room": ("inside", {"opinions/utils.py": ""}),
    "a service makes a PDF": (
        "inside-reports",
        {"reports/services/planted.py": "import second_opinion.reports.rendering\n"},
    ),
    "what is written calls a service": (
        "inside-with-writing",
        {"candidates/writing/planted.py": "import second_opinion.candidates.services\n"},
    ),
    "a drawer inside reports": ("inside-reports", {"reports/helpers.py": ""}),
    "the engine imports Django": (
        "pure-engine",
        {"engine/simulation/planted.py": "from django.db import models\n"},
    ),
    "the engine reads the clock": (
        "pure-engine",
        {"engine/simulation/planted.py": "import datetime\n"},
    ),
    "the engine imports a room": (
        "pure-engine",
        {"engine/simulation/planted.py": "import second_opinion.ingest\n"},
    ),
    "a page reaches past analysis": (
        "doors-to-the-engine",
        {"web/planted.py": "import second_opinion.engine.ratings\n"},
    ),
    "a page decides on a challenge and leaves the engagement": (
        "challenges-are-decided-whole",
        {"web/planted.py": "import second_opinion.panels.services.deciding\n"},
    ),
    "two neighbours in a circle": (
        "no-circles",
        {
            "engine/simulation/this.py": "from second_opinion.engine.simulation import that\n",
            "engine/simulation/that.py": "from second_opinion.engine.simulation import this\n",
        },
    ),
}


def lint(folder, *contracts):
    chosen = [f"--contract={contract}" for contract in contracts]
    return subprocess.run(
        [Path(sysconfig.get_path("scripts"), "lint-imports"), "--no-logo", "--no-cache", *chosen],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy")
    only_code = shutil.ignore_patterns("__pycache__", "static", "locale", "templates")
    shutil.copytree(ROOT / "src", folder / "src", ignore=only_code)
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=only_code)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def plant(folder, files):
    """Write the files; a module that has the name of a folder that is needed becomes one."""
    for name, text in files.items():
        path = folder / "src" / "second_opinion" / name
        module = path.parent.with_suffix(".py")
        if module.exists():
            path.parent.mkdir()
            module.rename(path.parent / "__init__.py")
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text, encoding="utf-8")


def test_the_package_as_it_is_keeps_every_contract():
    linted = lint(ROOT)

    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize("violation", PLANTED)
def test_a_planted_violation_is_named(violation, copy, tmp_path):
    contract, files = PLANTED[violation]
    folder = tmp_path / "planted"
    shutil.copytree(copy, folder)
    plant(folder, files)

    linted = lint(folder, contract)

    assert linted.returncode == 1, linted.stdout + linted.stderr
    assert f"{NAMES[contract]} BROKEN" in linted.stdout


def test_every_contract_has_a_violation_planted():
    assert {contract for contract, _ in PLANTED.values()} == set(NAMES)


def test_every_room_with_tables_is_held_to_the_layers_inside():
    held = {
        container.removeprefix("second_opinion.")
        for contract in CONTRACTS
        if contract["id"] in {"inside", "inside-with-writing", "inside-reports"}
        for container in contract["containers"]
    }

    rooms = {
        config.name.removeprefix("second_opinion.")
        for config in apps.get_app_configs()
        if config.name.startswith("second_opinion.") and config.models
    }

    assert rooms <= held


def test_tables_point_only_at_tables_of_their_own_room_or_below():
    def height(model):
        return -ROOMS.index(model._meta.app_config.name.split(".")[1])

    ours = [m for m in apps.get_models() if m.__module__.startswith("second_opinion.")]
    upward = [
        f"{model._meta.label}.{link.name} -> {link.related_model._meta.label}"
        for model in ours
        for link in model._meta.get_fields()
        if link.is_relation and link.concrete and link.related_model in ours
        if height(link.related_model) > height(model)
    ]

    assert upward == []
    assert ours  # an empty list of tables would prove nothing
