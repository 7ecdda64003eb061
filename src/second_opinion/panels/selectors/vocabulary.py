"""A provider's vocabulary of competences: the library's, what was read in, and its own entries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from uuid import UUID

from second_opinion.accounts.models import Organisation
from second_opinion.library.competences import COMPETENCES
from second_opinion.panels.models import (
    CompetenceImport,
    ImportedCompetence,
    OwnCompetence,
    VocabularyIndex,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a provider's vocabulary, out of the library, read in, or its own.

    source, identifier : where it was read and what it is called there, as "ESCO 1.2.0"; else empty
    is_proposed : by an assessor, and confirmed by no coordinator yet
    """

    key: str
    sv: str
    en: str
    labels: tuple[str, ...]
    means_sv: str
    means_en: str
    source: str = ""
    identifier: str = ""
    is_proposed: bool = False

    def label(self, language: str) -> str:
        return self.sv if language == "sv" else self.en

    def means(self, language: str) -> str:
        return self.means_sv if language == "sv" else self.means_en


def vocabulary_of(
    provider: Organisation, *, keys: Collection[str] | None = None, with_proposed: bool = False
) -> dict[str, Entry]:
    """The library's entries, after them those that were read in, and the provider's own.

    keys : only these, where a page needs the labels of a few out of thousands
    with_proposed : also what assessors have proposed; a case is mapped to none of these
    """
    entries = {
        **entries_of_library(),
        **_read_in(provider, keys),
        **own_entries(provider, with_proposed=with_proposed),
    }
    if keys is None:
        return entries
    return {key: entry for key, entry in entries.items() if key in keys}


def newest_rows(
    provider: Organisation, identifiers: Collection[str] | None = None
) -> dict[str, ImportedCompetence]:
    """By identifier, as it was read in last."""
    rows = ImportedCompetence.objects.filter(read_in__provider=provider).select_related("read_in")
    if identifiers is not None:
        rows = rows.filter(identifier__in=list(identifiers))
    return {row.identifier: row for row in rows.order_by("pk")}


def last_import(provider: Organisation, source: str) -> CompetenceImport | None:
    return CompetenceImport.objects.filter(provider=provider, source=source).last()


def last_read_in(provider: Organisation) -> CompetenceImport | None:
    return CompetenceImport.objects.filter(provider=provider).last()


def with_something_read_in() -> list[Organisation]:
    return list(
        Organisation.objects.filter(
            pk__in=CompetenceImport.objects.order_by().values("provider")
        ).order_by("pk")
    )


def index_of(provider: Organisation) -> VocabularyIndex | None:
    return VocabularyIndex.objects.filter(provider=provider.pk).first()


def entries_read_in(provider: Organisation) -> dict[str, Entry]:
    """All of them, which may be thousands, by key."""
    return dict(_entries(newest_rows(provider)))


def entries_of_library() -> dict[str, Entry]:
    return {
        one.key: Entry(
            key=one.key,
            sv=one.sv,
            en=one.en,
            labels=one.labels,
            means_sv=one.means_sv,
            means_en=one.means_en,
        )
        for one in COMPETENCES.values()
    }


def _read_in(provider: Organisation, keys: Collection[str] | None) -> Mapping[str, Entry]:
    if keys is None:
        last = last_read_in(provider)
        return _all_read_in(provider.pk, last.pseudonym) if last else {}
    prefix = "http://data.europa.eu/esco/"
    identifiers = [prefix + key[5:] for key in keys if key.startswith("esco:")]
    return _entries(newest_rows(provider, identifiers)) if identifiers else {}


@lru_cache(maxsize=4)
def _all_read_in(provider: int, _last: UUID) -> Mapping[str, Entry]:
    """Thousands, perhaps; read once, for what was read in stays the same until the next import."""
    return _entries(newest_rows(Organisation(pk=provider)))


def _entries(rows: Mapping[str, ImportedCompetence]) -> Mapping[str, Entry]:
    entries = {
        row.key: Entry(
            key=row.key,
            sv=row.sv,
            en=row.en,
            labels=(row.sv, row.en, *row.also_sv.splitlines(), *row.also_en.splitlines()),
            means_sv=row.means_sv,
            means_en=row.means_en,
            source=str(row.read_in),
            identifier=row.identifier,
        )
        for row in rows.values()
    }
    return MappingProxyType(entries)


def own_entries(provider: Organisation, *, with_proposed: bool = False) -> dict[str, Entry]:
    entries = {
        own.key: Entry(
            key=own.key,
            sv=own.sv,
            en=own.en,
            labels=tuple(dict.fromkeys((own.sv, own.en, *own.also.splitlines()))),
            means_sv=own.means,
            means_en=own.means,
            is_proposed=own.is_proposed and not hasattr(own, "confirmation"),
        )
        for own in OwnCompetence.objects.filter(provider=provider).select_related("confirmation")
    }
    return {key: entry for key, entry in entries.items() if with_proposed or not entry.is_proposed}


def own_of(provider: Organisation, keys: Collection[str]) -> list[OwnCompetence]:
    """The provider's own entries among these keys, each with its confirmation at hand."""
    own = OwnCompetence.objects.filter(provider=provider).select_related("confirmation")
    return [one for one in own if one.key in keys]
