"""`second-opinion redact`, as it is run."""

import json

from second_opinion.cli.main import run


def redact(*arguments):
    return run(["redact", *map(str, arguments)])


def test_the_text_the_notes_and_the_map(tmp_path, capfd):
    document, kept = tmp_path / "cv.txt", tmp_path / "map.json"
    document.write_text("Anna Ek, 070-123 45 67. Hon ledde inköp på Nordverk. Kalmarsund, 2004.")

    known = ("--person", "Anna Ek", "--organisation", "Nordverk AB")

    assert redact(document, *known, "--map", kept) == 0

    told = capfd.readouterr()
    assert "[person 1], [telefon]. [hen] ledde inköp på [organisation 1]." in told.out
    assert "Look at '2004'" in told.err
    found = json.loads(kept.read_text())
    assert found["schema"] == "second-opinion/redaction/1"
    assert found["masks"][0]["original"] == "Anna Ek"
    assert kept.stat().st_mode & 0o077 == 0


def test_a_map_that_exists_is_not_written_over(tmp_path, capfd):
    document, kept = tmp_path / "cv.txt", tmp_path / "map.json"
    document.write_text("Anna Ek")
    kept.write_text("other")

    assert redact(document, "--map", kept) == 1

    assert kept.read_text() == "other"
    assert capfd.readouterr().out == ""


def test_a_file_that_is_missing_is_named(tmp_path, capfd):
    assert redact(tmp_path / "no.txt") == 1

    assert "There is no file" in capfd.readouterr().err
