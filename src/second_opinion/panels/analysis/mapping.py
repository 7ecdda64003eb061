"""Free text to entries of the vocabulary: suggestions, which a person confirms or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from second_opinion.accounts.models import Organisation
from second_opinion.engine.matching import LOOKED_AT, Meaning, by_meaning
from second_opinion.engine.matching.vocabulary import Likely
from second_opinion.panels.analysis.vocabularies import vocabulary_to_search
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
    vocabulary = vocabulary_to_search(provider, with_proposed=with_proposed)
    model = meaning_model()
    looked_at = most if model is None else max(most, LOOKED_AT)
    found = [
        (words, vocabulary.likely(words, most=looked_at)) for words in _phrases(text)[:MOST_PHRASES]
    ]
    keys = {one.key for _, likely in found for one in likely}
    entries = vocabulary_of(provider, keys=keys, with_proposed=with_proposed)
    return [
        Suggestion(
            words, tuple(entries[one.key] for one in _ordered(words, likely, entries, model, most))
        )
        for words, likely in found
    ]


def phrases_left_out(text: str) -> int:
    """How many phrases of a text are beyond what is looked at."""
    return max(len(_phrases(text)) - MOST_PHRASES, 0)


def _ordered(
    words: str,
    likely: tuple[Likely, ...],
    entries: Mapping[str, Entry],
    model: Meaning | None,
    most: int,
) -> tuple[Likely, ...]:
    """By writing; and by meaning too, where a model of that is installed."""
    if model is None:
        return likely[:most]
    texts = {one.key: _texts(entries[one.key]) for one in likely}
    return by_meaning(words, likely, texts, meaning=model, most=most)


def _texts(entry: Entry) -> list[str]:
    return [text for text in (*entry.labels, entry.means_sv, entry.means_en) if text]


def _phrases(text: str) -> list[str]:
    """Parted at signs, and at and; the whole where that leaves nothing."""
    parts = [part.strip() for part in _BETWEEN.split(text)]
    found = [part for part in parts if len(part) >= SHORTEST_PHRASE]
    return list(dict.fromkeys(found))
