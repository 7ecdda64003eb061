import json
import os
import stat
from pathlib import Path

import click
import pytest

from second_opinion.cli.errors import OutputError
from second_opinion.cli.output import as_json, require_writable, write_whole


def test_file_is_written_with_the_rights_that_the_umask_gives(tmp_path):
    target = tmp_path / "report.pdf"
    (tmp_path / "ordinary").write_bytes(b"")

    write_whole({target: b"new"})

    assert target.read_bytes() == b"new"
    assert target.stat().st_mode == (tmp_path / "ordinary").stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ordinary", "report.pdf"]


def test_file_that_is_replaced_keeps_its_rights(tmp_path):
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")
    target.chmod(0o640)

    write_whole({target: b"new"})

    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_link_stays_a_link_and_its_file_is_replaced(tmp_path):
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_bytes(b"old")
    link.symlink_to(real)

    write_whole({link: b"new"})

    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_device_is_written_to_and_never_replaced():
    write_whole({Path(os.devnull): b"gone"})

    assert not Path(os.devnull).is_file()


def test_nothing_is_written_when_one_of_several_cannot_be(tmp_path):
    first, second = tmp_path / "report.pdf", tmp_path / "missing" / "report.html"
    first.write_bytes(b"old")

    with pytest.raises(OutputError, match="Nothing was written"):
        write_whole({first: b"new", second: b"new"})

    assert first.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_full_disk_leaves_the_old_file_and_no_draft(tmp_path, monkeypatch):
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OutputError, match="No space left on device"):
        write_whole({target: b"new"})

    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_interruption_leaves_the_old_file_and_no_draft(tmp_path, monkeypatch):
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")

    def interrupted(descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)

    with pytest.raises(KeyboardInterrupt):
        write_whole({target: b"new"})

    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_folder_as_target_is_refused_before_any_work(tmp_path):
    with pytest.raises(OutputError, match="This is a folder; name a file in it"):
        require_writable([tmp_path])


def test_target_in_a_missing_folder_is_refused_before_any_work(tmp_path):
    with pytest.raises(OutputError, match=r"There is no folder .*; make it first"):
        require_writable([tmp_path / "missing" / "report.pdf"])


def test_target_in_a_locked_folder_is_refused_before_any_work(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere

    with pytest.raises(OutputError, match="You may not write in"):
        require_writable([tmp_path / "report.pdf"])


def test_two_outputs_to_one_file_and_an_output_over_an_input_are_refused(tmp_path):
    case = tmp_path / "case.toml"
    (tmp_path / "link").symlink_to(tmp_path)

    with pytest.raises(click.UsageError, match="is named twice"):
        require_writable([tmp_path / "a", tmp_path / "link" / "a"])
    with pytest.raises(click.UsageError, match="is named twice"):
        require_writable([tmp_path / "link" / "case.toml"], inputs=[case])


def test_json_says_null_for_what_is_not_a_number_and_keeps_every_script():
    body = {"a": float("nan"), "b": [1.5, float("inf")], "c": {"d": ("Åsa", None)}}

    content = as_json(body)

    assert content.endswith(b"}\n")
    assert "Åsa".encode() in content
    assert json.loads(content) == {"a": None, "b": [1.5, None], "c": {"d": ["Åsa", None]}}
