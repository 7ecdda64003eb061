"""All criteria that can be chosen: our own, and a firm's own folder in front of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from second_opinion.library.criteria.entry import LANGUAGES, LibraryCriterion, Wording
from second_opinion.library.criteria.faults import Fault
from second_opinion.library.criteria.linting import lint
from second_opinion.library.criteria.reading import read_criterion

CONTENT = Path(__file__).with_name("content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What can be chosen, by key, and what keeps other files from being offered."""

    criteria: Mapping[str, LibraryCriterion]
    faults: tuple[Fault, ...]

    def search(self, text: str) -> list[LibraryCriterion]:
        """Those in which every word of the text begins a word, in either language.

        A hit in the name comes before one in the search words, and that before one in the rest.
        """
        wanted = text.casefold().split()
        ranked = [
            (rank, criterion.wording("sv").name.casefold(), criterion)
            for criterion in self.criteria.values()
            if (rank := _rank(criterion, wanted)) is not None
        ]
        return [criterion for *_order, criterion in sorted(ranked, key=lambda row: row[:2])]


@lru_cache(maxsize=8)
def collection(folder: Path | None = None) -> Collection:
    """Our criteria and those in a folder; of two with the same key the folder's counts.

    A file with a fault is not offered, and the others are: one mistake stops nobody's work.
    """
    criteria, faults = _of_folder(CONTENT)
    if folder is not None:
        own, own_faults = _of_folder(folder, beside=criteria)
        criteria, faults = criteria | own, faults + own_faults
    return Collection(criteria=MappingProxyType(criteria), faults=tuple(faults))


def folder_faults(folder: Path) -> list[Fault]:
    """All that is to be mended in a folder of criteria."""
    beside = {} if folder == CONTENT else collection().criteria
    return _of_folder(folder, beside=beside)[1]


def _of_folder(
    folder: Path, *, beside: Mapping[str, LibraryCriterion] = MappingProxyType({})
) -> tuple[dict[str, LibraryCriterion], list[Fault]]:
    """beside: criteria that are offered too, unless the folder has one with the same key."""
    if not folder.is_dir():
        return {}, [Fault(file=str(folder), sentence="There is no such folder.")]
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        sentence = "There is no file in it whose name ends in .toml."
        return {}, [Fault(file=str(folder), sentence=sentence)]
    criteria: dict[str, LibraryCriterion] = {}
    faults: list[Fault] = []
    for path in paths:
        found = read_criterion(path)
        wrong = found if isinstance(found, list) else lint(found, file=path.name)
        others = {**beside, **criteria}.values()
        wrong = wrong or _same_name(others, found, file=path.name)
        faults += wrong
        if not wrong and isinstance(found, LibraryCriterion):
            criteria[found.key] = found
    return criteria, faults


def _same_name(
    others: Iterable[LibraryCriterion], found: LibraryCriterion | list[Fault], *, file: str
) -> list[Fault]:
    if isinstance(found, list):
        return []
    return [
        Fault(
            file=file,
            criterion=found.key,
            place=f"{name}, name",
            sentence=f"{other.key} has the same name. Give each its own.",
        )
        for other in others
        if other.key != found.key
        for language, name in LANGUAGES.items()
        if other.wording(language).name.casefold() == found.wording(language).name.casefold()
    ]


def _rank(criterion: LibraryCriterion, wanted: list[str]) -> int | None:
    """The worst place that a word was found at, 0 the best; None where one was not found."""
    places = [_places(criterion.wording(language)) for language in LANGUAGES]
    ranks = [
        min(
            (
                rank
                for place in places
                for rank, text in enumerate(place)
                if _begins_a_word(text, word)
            ),
            default=None,
        )
        for word in wanted
    ]
    found = [rank for rank in ranks if rank is not None]
    return max(found, default=0) if len(found) == len(ranks) else None


def _places(wording: Wording) -> tuple[str, str, str]:
    return (
        wording.name.casefold(),
        " ".join(wording.words).casefold(),
        f"{wording.definition} {wording.why}".casefold(),
    )


def _begins_a_word(text: str, word: str) -> bool:
    return f" {word}" in f" {text}"
