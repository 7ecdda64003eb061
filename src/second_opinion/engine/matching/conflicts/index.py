"""Which entries can be one, without comparing each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
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
    compared: a register of thousands is searched in a moment. Entries that are written the same
    way are compared once for all of them: a common name may stand there a thousand times.
    """

    def __init__(self, parties: Sequence[Party]) -> None:
        self._parties = parties
        self._writings: dict[Party, list[int]] = defaultdict(list)
        self._by_mail: dict[str, list[int]] = defaultdict(list)
        for place, party in enumerate(parties):
            self._writings[written(party)].append(place)
            if party.mail and not party.is_firm:
                self._by_mail[_mail_key(party)].append(place)
        self._sharing: dict[tuple[bool, str], set[Party]] = defaultdict(set)
        self._loose: set[Party] = set()
        for writing in self._writings:
            for key in _keys(writing):
                self._sharing[writing.is_firm, key].add(writing)
            if _is_loose(writing):
                self._loose.add(writing)
        self._known: dict[Party, dict[Party, Comparison]] = {}

    def alike(self, place: int) -> tuple[Identity, ...]:
        """The other entries that are one with this one, or similar; in order of their places."""
        others = {
            other
            for writing in self.writings_alike(written(self._parties[place]))
            for other in self._writings[writing]
        }
        found = others.union(self.of_one_mail(place)) - {place}
        return tuple(self.identity(place, other) for other in sorted(found))

    def identity(self, place: int, other: int) -> Identity:
        """Of two entries that are alike."""
        party = self._parties[place]
        if other in self.of_one_mail(place):
            comparison = compared(party, self._parties[other])
        else:
            comparison = self._compared(written(party))[written(self._parties[other])]
        is_same = comparison.likeness is Likeness.SAME
        is_certain = is_same and (party.is_firm or comparison.reasons == ONE_ADDRESS)
        return Identity(one=place, other=other, comparison=comparison, is_certain=is_certain)

    def written_as(self, writing: Party) -> Sequence[int]:
        """Places of the entries that are written this way."""
        return self._writings[writing]

    def writings_alike(self, writing: Party) -> Collection[Party]:
        """Those that may mean the same; itself too, where a namesake would be a question."""
        return self._compared(writing).keys()

    def of_one_mail(self, place: int) -> Sequence[int]:
        """Places of the people at one's own address, one's own place among them."""
        party = self._parties[place]
        return () if party.is_firm else self._by_mail.get(_mail_key(party), ())

    def _compared(self, writing: Party) -> dict[Party, Comparison]:
        """What may mean the same as it, and why."""
        if writing not in self._known:
            comparisons = {other: compared(writing, other) for other in self._sharers(writing)}
            self._known[writing] = {
                other: comparison
                for other, comparison in comparisons.items()
                if comparison.likeness is not Likeness.DIFFERENT
            }
        return self._known[writing]

    def _sharers(self, writing: Party) -> set[Party]:
        """Those with so much in common that they are compared; itself among them."""
        if writing.is_firm:
            return set().union(*(self._sharing[True, key] for key in _keys(writing)))
        hits = Counter(
            other
            for word in _words(writing)
            for other in set().union(*(self._sharing[False, key] for key in _word_keys(word)))
        )
        is_loose = _is_loose(writing)
        return {
            other for other, count in hits.items() if count > 1 or is_loose or other in self._loose
        }


def written(party: Party) -> Party:
    """What of an entry the comparison of names reads: a person's address stands apart from it."""
    return replace(party, key="", mail=party.mail if party.is_firm else "")


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
