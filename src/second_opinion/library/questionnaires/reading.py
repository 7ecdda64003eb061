"""A file of one questionnaire, read with strict checks: the questionnaire, or all its faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from second_opinion.library.criteria.faults import Fault
from second_opinion.library.criteria.reading import document_of, place_of, sentence_of
from second_opinion.library.questionnaires.entry import Questionnaire

_OF_A_KEY = "A key is of small letters a to z, figures and -, and begins with a letter."
_OF_KEYED = "An item is keyed plus or minus: whether agreeing is more of what the scale measures."


def read_questionnaire(path: Path) -> Questionnaire | list[Fault]:
    """The questionnaire in a file; instead of it every fault that keeps it from being used."""
    found = document_of(path)
    if isinstance(found, Fault):
        return [found]
    read = checked(found, file=path.name)
    if isinstance(read, Questionnaire) and read.key != path.stem:
        sentence = f"The key is {read.key} and the file is {path.name}: give both the same name."
        return [Fault(file=path.name, place="key", sentence=sentence)]
    return read


def checked(written: dict[str, Any], *, file: str) -> Questionnaire | list[Fault]:
    """The same for what stands in a file already read."""
    try:
        read = Questionnaire.model_validate(written)
    except ValidationError as error:
        return [
            Fault(file=file, place=_place(written, details), sentence=_sentence(details))
            for details in error.errors()
        ]
    faults = [Fault(file=file, place=place, sentence=sentence) for place, sentence in read.faults()]
    return faults or read


def _place(written: dict[str, Any], details: ErrorDetails) -> str:
    """An item by its id, where it has one; anything else as it stands in the file."""
    match details["loc"]:
        case ("item", int(number), *_rest):
            row = written["item"][number]
            named = row.get("id") if isinstance(row, dict) else None
            return f"item {named or number + 1}" + "".join(f", {step}" for step in _rest)
        case location:
            return place_of(location)


def _sentence(details: ErrorDetails) -> str:
    if details["loc"][-1] == "keyed" and details["type"] == "enum":
        return _OF_KEYED
    if details["type"] == "string_pattern_mismatch" and details["loc"][-1] != "sha256":
        return _OF_A_KEY
    return sentence_of(details)
