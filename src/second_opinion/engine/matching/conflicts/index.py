"""Which entries can be one, without comparing each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from second_opinion.engine.matching.conflicts.relations import Identity, Party
from second_opinion.engine.matching.names import (
    Comparison,
    Likeness,
    PersonName,
    compare_firms,
    compare_people,
)
from second_opinion.engine.matching.names.firms import core_of
from second_opinion.engine.matching.names.spelling import sound_of, words_of

ONE_ADDRESS = ("one mail address",)


class NameIndex:
    """Finds the entries that an entry is, or may be.

    Two names that the comparison does not call different share, for every word that it pairs, the
    word's sound or what is left of it without one letter. So only those that share as much are
    compared: a register of thousands is searched in a moment.
    """

    def __init__(self, parties: Sequence[Party]) -> None:
        self._parties = parties
        self._places: dict[tuple[bool, str], set[int]] = defaultdict(set)
        self._with_initials: set[int] = set()
        self._known: dict[int, tuple[Identity, ...]] = {}
        for place, party in enumerate(parties):
            for key in _keys(party):
                self._places[party.is_firm, key].add(place)
            if _is_loose(party):
                self._with_initials.add(place)

    def alike(self, place: int) -> tuple[Identity, ...]:
        """The other entries that are one with this one, or similar; in order of their places."""
        if place not in self._known:
            found = (self._compared(place, other) for other in sorted(self._candidates(place)))
            self._known[place] = tuple(one for one in found if one is not None)
        return self._known[place]

    def _compared(self, place: int, other: int) -> Identity | None:
        party = self._parties[place]
        comparison = compared(party, self._parties[other])
        if comparison.likeness is Likeness.DIFFERENT:
            return None
        is_same = comparison.likeness is Likeness.SAME
        is_certain = is_same and (party.is_firm or comparison.reasons == ONE_ADDRESS)
        return Identity(one=place, other=other, comparison=comparison, is_certain=is_certain)

    def _candidates(self, place: int) -> set[int]:
        party = self._parties[place]
        if party.is_firm:
            found = set().union(*(self._places[True, key] for key in _keys(party)))
            return found - {place}
        hits = Counter(
            other
            for word in _words(party)
            for other in set().union(*(self._places[False, key] for key in _word_keys(word)))
        )
        is_loose = _is_loose(party)
        found = {
            other
            for other, count in hits.items()
            if count > 1 or is_loose or other in self._with_initials
        }
        return (found | self._places[False, _mail_key(party)]) - {place}


def compared(one: Party, other: Party) -> Comparison:
    """Of two persons, or of two firms."""
    if one.is_firm:
        return compare_firms(
            one.name,
            other.name,
            numbers=(one.number, other.number),
            domains=(one.mail, other.mail),
        )
    return compare_people(_person(one), _person(other))


def _person(party: Party) -> PersonName:
    return PersonName(name=party.name, former=party.former, mail=party.mail)


def _is_loose(party: Party) -> bool:
    """Whether one word in common is enough to be compared: initials, and former names."""
    return bool(party.former) or any(len(word) == 1 for word in words_of(party.name))


def _words(party: Party) -> set[str]:
    return {word for name in (party.name, *party.former) for word in words_of(name)}


def _keys(party: Party) -> Iterator[str]:
    if not party.is_firm:
        for word in _words(party):
            yield from _word_keys(word)
        if party.mail:
            yield _mail_key(party)
        return
    core = core_of(party.name)
    yield from _word_keys("".join(core))
    yield "".join(map(sound_of, core))
    yield "".join(sorted(core))
    yield from core[:1]
    if party.number:
        yield f"number {''.join(each for each in party.number if each.isdigit())[-10:]}"
    if party.mail:
        yield _mail_key(party)


@lru_cache(maxsize=1 << 15)
def _word_keys(word: str) -> frozenset[str]:
    """Its sound; and itself short of each letter, which two words a slip apart have in common."""
    if len(word) < 4:
        return frozenset({sound_of(word)} if len(word) > 1 else ())
    shorter = (word[:at] + word[at + 1 :] for at in range(len(word)))
    return frozenset({sound_of(word), word, *shorter})


def _mail_key(party: Party) -> str:
    mail = party.mail.strip().casefold()
    return f"mail {mail.rpartition('@')[2].removeprefix('www.') if party.is_firm else mail}"
