"""Free text to entries of the vocabulary: suggestions, which a person confirms or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from second_opinion.accounts.models import Organisation
from second_opinion.engine.matching import LOOKED_AT, by_meaning
from second_opinion.engine.matching.vocabulary import Likely, Vocabulary, Word
from second_opinion.panels.selectors.vocabulary import Entry, vocabulary_of
from second_opinion.solvers.meaning import meaning_model

MOST_PHRASES = 24
SHORTEST_PHRASE = 3  # characters
_BETWEEN = re.compile(r"[.;,\n•]|\s(?:och|samt|and|as well as)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """words : of the text; entries : that they may mean, the most alike first"""

    words: str
    entries: tuple[Entry, ...]


def suggestions_for(
    text: str, provider: Organisation, *, most: int = 5, with_proposed: bool = False
) -> list[Suggestion]:
    """For each phrase of a text, the entries written most like it. Nothing is chosen by this.

    Phrases beyond the first 24 are not looked at: see phrases_left_out.
    with_proposed : also entries that assessors have proposed and nobody has confirmed
    """
    entries = vocabulary_of(provider, with_proposed=with_proposed)
    vocabulary = _vocabulary(
        tuple((one.key, one.labels, (one.means_sv, one.means_en)) for one in entries.values())
    )
    return [
        Suggestion(
            words, tuple(entries[one.key] for one in _likely(vocabulary, words, entries, most))
        )
        for words in _phrases(text)[:MOST_PHRASES]
    ]


def phrases_left_out(text: str) -> int:
    """How many phrases of a text are beyond what is looked at."""
    return max(len(_phrases(text)) - MOST_PHRASES, 0)


def _likely(
    vocabulary: Vocabulary, words: str, entries: Mapping[str, Entry], most: int
) -> tuple[Likely, ...]:
    """By writing; and by meaning too, where a model of that is installed."""
    model = meaning_model()
    if model is None:
        return vocabulary.likely(words, most=most)
    likely = vocabulary.likely(words, most=LOOKED_AT)
    texts = {one.key: _texts(entries[one.key]) for one in likely}
    return by_meaning(words, likely, texts, meaning=model, most=most)


def _texts(entry: Entry) -> list[str]:
    return [text for text in (*entry.labels, entry.means_sv, entry.means_en) if text]


def _phrases(text: str) -> list[str]:
    """Parted at signs, and at and; the whole where that leaves nothing."""
    parts = [part.strip() for part in _BETWEEN.split(text)]
    found = [part for part in parts if len(part) >= SHORTEST_PHRASE]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4)
def _vocabulary(words: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]) -> Vocabulary:
    """Made once for the same words; a provider's new entry makes another."""
    return Vocabulary([Word(key=key, labels=labels, means=means) for key, labels, means in words])
