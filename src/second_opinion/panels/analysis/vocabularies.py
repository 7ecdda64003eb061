"""A provider's vocabulary to search in. What was read in is thousands: worked out once and kept."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from second_opinion.accounts.models import Organisation
from second_opinion.engine.matching.vocabulary import Vocabulary, Word
from second_opinion.panels.selectors.vocabulary import (
    Entry,
    entries_of_library,
    entries_read_in,
    index_of,
    last_read_in,
    own_entries,
)

FORM = 1  # of what is kept; another where `Vocabulary.arrays` or its way of taking apart changes


def vocabulary_to_search(provider: Organisation, *, with_proposed: bool = False) -> Vocabulary:
    """The library, what was read in, and the provider's own, which weigh as the others do."""
    own = own_entries(provider, with_proposed=with_proposed)
    return _with_own(provider.pk, made_of(provider), _words(own.values()))


def made_of(provider: Organisation) -> str:
    """The same while neither the library nor what was read in has changed."""
    read = last_read_in(provider)
    told = f"{FORM} {_library_told()} {read.pseudonym if read else ''}"
    return hashlib.sha256(told.encode()).hexdigest()


def worked_out(provider: Organisation) -> bytes:
    """What `VocabularyIndex` keeps. With all of ESCO it takes ten seconds of a processor."""
    kept = io.BytesIO()
    np.savez_compressed(kept, **_all_of(provider).arrays())  # type: ignore[arg-type]  # its stubs
    return kept.getvalue()


@lru_cache(maxsize=4)
def _with_own(provider: int, of: str, own: tuple[Word, ...]) -> Vocabulary:
    """Made once for the same words; a provider's new entry makes another out of the same rest."""
    return _rest(provider, of).beside(own)


@lru_cache(maxsize=4)
def _rest(provider: int, of: str) -> Vocabulary:
    """As it is kept; worked out on the spot where that is of something else, or not there yet."""
    found = index_of(Organisation(pk=provider))
    if found is None or found.made_of != of:
        return _all_of(Organisation(pk=provider))
    with np.load(io.BytesIO(bytes(found.content))) as arrays:
        return Vocabulary.of_arrays(dict(arrays))


def _all_of(provider: Organisation) -> Vocabulary:
    entries = entries_of_library() | entries_read_in(provider)
    return Vocabulary(_words(entries.values()))


@lru_cache(maxsize=1)
def _library_told() -> str:
    words = [(one.key, one.labels, one.means) for one in _words(entries_of_library().values())]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()


def _words(entries: Iterable[Entry]) -> tuple[Word, ...]:
    return tuple(
        Word(key=one.key, labels=one.labels, means=(one.means_sv, one.means_en)) for one in entries
    )
