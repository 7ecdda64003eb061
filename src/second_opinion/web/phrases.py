"""Phrases of a text and the competences that they may mean, as pages offer them and are sent them.

Each phrase has a number, and what is chosen for it is sent under names that end in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from second_opinion.accounts.models import Organisation
from second_opinion.panels.analysis import MOST_PHRASES, suggestions_for
from second_opinion.panels.selectors.vocabulary import Entry, vocabulary_of
from second_opinion.panels.services import OwnWord
from second_opinion.panels.states import Level

OWN = "own"  # chosen for a phrase that the vocabulary has nothing for


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An entry that a phrase may mean, in the reader's language."""

    entry: Entry
    label: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """chosen : an entry's key, OWN, or nothing; word : what is entered where OWN is chosen"""

    number: int
    words: str
    options: tuple[Option, ...]
    chosen: str
    level: int
    word: OwnWord
    is_gap: bool = True
    counts_double: bool = False

    @property
    def is_own(self) -> bool:
        return self.chosen == OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was sent for one phrase. level : 0 where none was."""

    number: int
    words: str
    key: str
    level: int
    word: OwnWord

    @property
    def is_own(self) -> bool:
        return self.key == OWN


def phrases_in(
    text: str,
    provider: Organisation,
    *,
    written_in: str,
    sent: Mapping[str, str],
    with_proposed: bool = False,
) -> list[Phrase]:
    """Each with what may be meant; as it was sent, where the page is shown again after a refusal.

    written_in : the text's language
    """
    chosen = {one.words: one for one in chosen_in(sent)}
    phrases = []
    found = suggestions_for(text, provider, with_proposed=with_proposed) if text.strip() else []
    for number, one in enumerate(found, 1):
        was = chosen.get(one.words)
        phrases.append(
            Phrase(
                number=number,
                words=one.words,
                options=options_of(one.entries),
                chosen=was.key if was else "",
                level=was.level if was else Level.SKILLED,
                word=was.word if was and was.is_own else _as_written(one.words, written_in),
            )
        )
    return phrases


def options_of(entries: Collection[Entry]) -> tuple[Option, ...]:
    language = get_language() or "en"
    return tuple(
        Option(entry=entry, label=entry.label(language), means=entry.means(language))
        for entry in entries
    )


def option_of(key: str, provider: Organisation) -> tuple[Option, ...]:
    """The one entry of that key; none where there is none."""
    return options_of(vocabulary_of(provider, keys=[key]).values())


def chosen_in(sent: Mapping[str, str]) -> list[Chosen]:
    """What was chosen for each phrase; nothing of those that none of the entries fits."""
    return [
        Chosen(
            number=number,
            words=sent.get(f"words-{number}", "")[:200],
            key=key,
            level=_whole(sent.get(f"level-{number}", "")),
            word=OwnWord(
                sv=sent.get(f"sv-{number}", ""),
                en=sent.get(f"en-{number}", ""),
                means=sent.get(f"means-{number}", ""),
                also=sent.get(f"also-{number}", ""),
            ),
        )
        for number in range(1, MOST_PHRASES + 1)
        if (key := sent.get(f"key-{number}", ""))
    ]


def _as_written(words: str, language: str) -> OwnWord:
    return OwnWord(sv=words) if language == "sv" else OwnWord(en=words)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0
