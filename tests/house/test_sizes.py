"""Nothing in the house outgrows its reader."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES = {"src": 400, "scripts": 400, "benchmarks": 400, "tests": 600}
MOST_FUNCTION_LINES = 40
DRAWERS = {"utils", "helpers", "common", "misc"}

FILES = [
    path.relative_to(ROOT)
    for folder in MOST_LINES
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]


def body_lines(function):
    """Lines after the signature and the docstring: a long list of keywords is data, not logic."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return function.end_lineno - body[0].lineno + 1 if body else 0


def test_files_are_found():
    assert len(FILES) > 50


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_file_is_no_longer_than_one_can_read(path):
    n_lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())

    assert n_lines <= MOST_LINES[path.parts[0]]


@pytest.mark.parametrize("path", [path for path in FILES if path.parts[0] == "src"], ids=str)
def test_a_function_is_no_longer_than_one_can_hold_in_mind(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))

    long = {
        node.name: body_lines(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and body_lines(node) > MOST_FUNCTION_LINES
    }

    assert long == {}


def test_no_module_is_a_drawer():
    assert [path for path in FILES if DRAWERS & {path.stem, *path.parts}] == []
