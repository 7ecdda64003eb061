"""A TOML file as a table, or the sentence that says why it is none."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from second_opinion.ingest.errors import CaseFileError


def parsed(text: str, *, path: Path, example: str) -> Mapping[str, object]:
    """What a file's text says.

    Parameters
    ----------
    path : where the text is from, for the sentence
    example : the sentence that says how to get a whole file to start from

    Raises
    ------
    CaseFileError : empty, no TOML, or nested too deeply
    """
    if not text.strip():
        raise CaseFileError(place=str(path), found="The file is empty.", mend=example)
    try:
        return tomllib.loads(text)
    except RecursionError as fault:
        raise CaseFileError(
            place=str(path), found="Lists or tables are nested too deeply.", mend=example
        ) from fault
    except ValueError as fault:  # also what Python says of a number with thousands of digits
        raise CaseFileError(
            place=str(path),
            found=f"This is not TOML: {fault}.",
            mend=f"Correct that place; {example}",
        ) from fault
