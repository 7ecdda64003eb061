import os

from second_opinion.cli.compile_loops import clear_outdated
from second_opinion.engine import warming


def test_compiling_ahead_says_what_it_does_in_one_line(call, monkeypatch):
    monkeypatch.setattr(warming, "compile_loops", lambda: None)

    answer = call("compile")

    assert answer.code == 0
    assert answer.out.startswith("Compiling the measurement loops")
    assert answer.out.endswith("s.\n")
    assert answer.out.count("\n") == 1


def test_where_nothing_can_be_kept_it_says_so_and_how_to_mend_it(call, monkeypatch):
    monkeypatch.setattr(warming, "compile_loops", lambda: None)
    monkeypatch.setattr("second_opinion.engine.compiling.kept_in", lambda loop: None)

    answer = call("compile")

    assert answer.code == 0
    assert "NUMBA_CACHE_DIR" in answer.out


def test_compiled_code_from_before_a_loop_changed_is_removed_and_no_other(tmp_path):
    for name, changed in {"old.nbi": 10, "old.1.nbc": 10, "new.nbi": 30, "old.py": 10}.items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (changed, changed))

    clear_outdated([tmp_path, tmp_path / "not-made-yet"], newest=20)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.nbi", "old.py"]
