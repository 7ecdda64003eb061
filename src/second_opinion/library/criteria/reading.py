"""A file of one criterion, read with strict checks: either the criterion, or all its faults."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from second_opinion.library.criteria.entry import LANGUAGES, LibraryCriterion
from second_opinion.library.criteria.faults import Fault

LARGEST_FILE = 200_000  # bytes; a criterion takes about ten thousand


def read_criterion(path: Path) -> LibraryCriterion | list[Fault]:
    """The criterion in a file; instead of it every fault that keeps it from being read."""
    found = document_of(path)
    if isinstance(found, Fault):
        return [found]
    key = str(found.get("key", ""))
    try:
        criterion = LibraryCriterion.model_validate(found)
    except ValidationError as error:
        return [
            Fault(
                file=path.name,
                criterion=key,
                place=place_of(details["loc"]),
                sentence=sentence_of(details),
            )
            for details in error.errors()
        ]
    if criterion.key != path.stem:
        sentence = f"The key is {key} and the file is {path.name}: give both the same name."
        return [Fault(file=path.name, criterion=key, place="key", sentence=sentence)]
    return criterion


def document_of(path: Path) -> dict[str, Any] | Fault:
    """The tables of a TOML file; instead of them why it cannot be read."""
    try:
        content = path.read_bytes()
        if len(content) > LARGEST_FILE:
            return Fault(
                file=path.name,
                sentence=f"The file is larger than {LARGEST_FILE:,} bytes; one criterion is not.",
            )
        return tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        return Fault(file=path.name, sentence=f"The file cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        return Fault(file=path.name, sentence="This is not text in UTF-8. Save it as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        return Fault(
            file=path.name,
            sentence=f"This is no TOML: {error}. A text stands in quotation marks on one line.",
        )


def place_of(location: Sequence[int | str]) -> str:
    """The field as its writer would point to it: "Swedish, past_behaviour 2, probes 1"."""
    words: list[str] = []
    for step in location:
        if isinstance(step, int):
            words[-1] += f" {step + 1}"
        elif step != "[key]":
            words.append(LANGUAGES.get(step, step))
    return ", ".join(words)


def sentence_of(details: ErrorDetails) -> str:
    """What is wrong with one field, and how to mend it."""
    kind, context = details["type"], details.get("ctx", {})
    texts = {
        "missing": "This is missing. Write it; the reference of the format says what it holds.",
        "extra_forbidden": "There is no such field. Look for a spelling mistake, or take it out.",
        "string_type": "This has to be a text in quotation marks.",
        "bool_type": "This has to be true or false.",
        "bool_parsing": "This has to be true or false.",
        "tuple_type": "This has to be a list in square brackets.",
        "dict_type": "This has to be a table of its own.",
        "model_type": "This has to be a table of its own.",
        "too_short": "There are too few: at least {min_length} are needed.",
        "too_long": "There are too many: at most {max_length} fit.",
        "string_too_short": "This is empty or too short.",
        "string_too_long": "This is longer than {max_length} characters. Say it shorter.",
        "enum": "This has to be one of {expected}.",
        "literal_error": "A level is one of 1, 2, 3, 4 and 5.",
        "string_pattern_mismatch": (
            "A key is of small letters a to z, figures and _, and begins with a letter."
        ),
    }
    if kind == "value_error":
        said = str(context["error"])
        return f"{said[0].upper()}{said[1:]}."
    return texts.get(kind, f"{details['msg']}.").format(**context)
