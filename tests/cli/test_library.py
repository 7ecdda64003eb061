from second_opinion.library.criteria import CONTENT


def test_the_criteria_that_come_along_have_nothing_to_mend(call):
    answer = call("library", "check")

    assert (answer.code, answer.err) == (0, "")
    assert "nothing to mend" in answer.out


def test_a_criterion_is_copied_and_adapted_and_every_fault_is_told(call, tmp_path):
    folder = tmp_path / "ours"
    assert call("library", "copy", "collaboration", folder).code == 0
    file = folder / "collaboration.toml"
    assert file.read_bytes() == (CONTENT / "collaboration.toml").read_bytes()
    assert call("library", "check", folder).code == 0

    text = file.read_text(encoding="utf-8").replace("Works so", "Is humble and works so")
    file.write_text(text, encoding="utf-8")
    answer = call("library", "check", folder)

    assert answer.code == 1
    assert (
        "collaboration.toml, criterion collaboration, English, definition: “humble”" in answer.out
    )
    assert "1 fault in 1 file" in answer.err


def test_a_copy_never_writes_over_a_file(call, tmp_path):
    call("library", "copy", "collaboration", tmp_path)

    answer = call("library", "copy", "collaboration", tmp_path)

    assert answer.code == 1
    assert "left as it is" in answer.err


def test_criteria_are_listed_by_words(call):
    assert call("library", "list", "konflikt").out.split()[0] == "handling_conflict"
    assert "Hantera konflikter" in call("library", "list", "conflict", "--language=sv").out
    assert call("library", "list", "trapetskonstnär").code == 1


def test_an_unknown_criterion_is_told(call, tmp_path):
    assert (
        "There is no criterion nothing_such"
        in call("library", "copy", "nothing_such", tmp_path).err
    )


def test_the_firms_own_are_listed_with_the_others(call, tmp_path, monkeypatch):
    call("library", "copy", "collaboration", tmp_path)
    text = (tmp_path / "collaboration.toml").read_text(encoding="utf-8")
    ours = text.replace('key = "collaboration"', 'key = "remote_work"')
    ours = ours.replace('name = "Samarbete"', 'name = "Distansarbete"')
    ours = ours.replace('name = "Collaboration"', 'name = "Remote work"')
    (tmp_path / "collaboration.toml").unlink()
    (tmp_path / "remote_work.toml").write_text(ours, encoding="utf-8")
    monkeypatch.setenv("SECOND_OPINION_CRITERIA_FOLDER", str(tmp_path))

    assert call("library", "list", "remote").out.split()[0] == "remote_work"
