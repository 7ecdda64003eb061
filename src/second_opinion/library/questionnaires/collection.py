"""All questionnaires that can be used: our own, and those that were installed in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from second_opinion.library.criteria.faults import Fault
from second_opinion.library.questionnaires.entry import Questionnaire
from second_opinion.library.questionnaires.reading import read_questionnaire

CONTENT = Path(__file__).with_name("content")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireCollection:
    """What can be used, by key, and what keeps other files from being offered."""

    questionnaires: Mapping[str, Questionnaire]
    faults: tuple[Fault, ...]


def questionnaires(folder: Path | None = None) -> QuestionnaireCollection:
    """Ours and those in a folder; of two with the same key the folder's counts.

    A folder that is not there holds none. A file is read anew when it has changed: what is
    installed while the service runs is offered at once.
    """
    found: dict[str, Questionnaire] = {}
    faults: list[Fault] = []
    for path in _files(folder):
        read = _read(path, path.stat().st_mtime_ns)
        if isinstance(read, Questionnaire):
            found[read.key] = read
        else:
            faults += read
    return QuestionnaireCollection(questionnaires=MappingProxyType(found), faults=tuple(faults))


def _files(folder: Path | None) -> Iterator[Path]:
    yield from sorted(CONTENT.glob("*.toml"))
    if folder is not None and folder.is_dir():
        yield from sorted(folder.glob("*.toml"))


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> Questionnaire | list[Fault]:
    return read_questionnaire(path)
