"""Rows of the register to a shortlist with its reasons."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from django.utils import timezone

from second_opinion.accounts.models import Organisation, Person
from second_opinion.cases.models import Case
from second_opinion.engine.matching import (
    NO_PLACE,
    NOTHING_COVERED,
    QUALITY,
    Register,
    Ties,
    shortlist,
)
from second_opinion.engine.matching import Listed as EngineListed
from second_opinion.engine.matching import Need as EngineNeed
from second_opinion.engine.matching import Proof as EngineProof
from second_opinion.panels.analysis.conflicts import Around, unresolved_in
from second_opinion.panels.analysis.sharing import shared_firms, shared_with_first
from second_opinion.panels.selectors.assessors import (
    Registered,
    registered_at,
)
from second_opinion.panels.selectors.certificates import (
    TOLD_AHEAD,
    Certificates,
    Instrument,
    certificates_in,
)
from second_opinion.panels.selectors.proposals import Need, needs_of
from second_opinion.panels.selectors.vocabulary import vocabulary_of
from second_opinion.panels.states import Proof

LENGTH = 5


class Gate(StrEnum):
    """Why somebody cannot be asked; the first that is closed is told."""

    NOT_CONFIRMED = "not confirmed"
    CONFLICT = "conflict"
    CERTIFICATE = "certificate"
    LANGUAGE = "language"
    TOO_LATE = "too late"
    ASKED = "asked already"
    NO_PLACE = NO_PLACE
    NOTHING_COVERED = NOTHING_COVERED


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedShown:
    """label : of the entry; shown, required : levels, shown 0 where nothing is; covered : 0 to 1

    is_gap : the client cannot judge it itself; weight : beside the other needs, 2.0 for double
    """

    label: str
    shown: int
    required: int
    proof: Proof | None
    covered: float
    is_gap: bool
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """price : kronor; correlation : of this assessor's errors with the first's; None: not known

    ending : certificates that this case takes and that end before it is due or within two months
    asked_language : the case's, where they have named none and it has to be asked; else empty
    """

    person: Person
    score: float
    covers_gap: bool
    needs: tuple[NeedShown, ...]
    load: int
    cap: int
    price: float | None
    days: int | None
    correlation: float | None
    shared: tuple[str, ...]
    firm: str = ""  # where the employer that they share is one that was declared
    ending: tuple[tuple[str, date], ...] = ()
    asked_language: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """instrument : that they lack a certificate on, where that is the gate"""

    person: Person
    gate: Gate
    instrument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    listed: tuple[Listed, ...]
    further: int
    left_out: tuple[LeftOut, ...]


def shortlist_for(
    case: Case,
    *,
    around: Around,
    load: Mapping[int, int],
    taken: frozenset[int] = frozenset(),
    instruments: Sequence[Instrument] = (),
    language: str,
    length: int | None = LENGTH,
) -> Shortlist | None:
    """Who can be asked, with reasons; None before anybody has confirmed what the case needs.

    load : cases that each has now, by key
    taken : keys of those asked or engaged already
    length : how many are listed at most; None for all who pass
    instruments : that assessors work with here; some may take a certificate
    language : of the labels
    """
    needs = needs_of(case)
    registered = registered_at(case.provider)
    if not needs:
        return None
    if not registered:
        return Shortlist(listed=(), further=0, left_out=())
    people = {str(one.person.pk): one for one in registered}
    certificates = certificates_in(registered, case.provider)
    firms = shared_firms(case, registered, around.first_assessors)
    lacking = lacking_of(registered, instruments, case.provider)
    found = shortlist(
        [_engine_need(need) for need in needs],
        _register(
            case, registered, needs, load, shared_with_first(case, registered, around, firms)
        ),
        gates=gates_in(case, registered, around, taken, frozenset(lacking)),
        length=length or len(registered),
    )
    entries = vocabulary_of(case.provider, keys=[need.key for need in needs])
    labels = {key: entry.label(language) for key, entry in entries.items()}
    has_first = bool(around.first_assessors)
    return Shortlist(
        listed=tuple(
            replace(
                _listed(one, people, labels, has_first=has_first),
                firm=firms.get(people[one.name].person.pk, ""),
                ending=_ending(case, people[one.name].person, certificates, instruments),
                asked_language="" if people[one.name].shown.languages else case.language,
            )
            for one in found.listed
        ),
        further=found.further,
        left_out=tuple(
            LeftOut(person, Gate(one.gate), lacking.get(person.pk, ""))
            for one in found.left_out
            for person in (people[one.name].person,)
        ),
    )


def _engine_need(need: Need) -> EngineNeed:
    return EngineNeed(competence=need.key, level=need.level, weight=need.weight, is_gap=need.is_gap)


def _ending(
    case: Case, person: Person, certificates: Certificates, instruments: Sequence[Instrument]
) -> tuple[tuple[str, date], ...]:
    before = max(case.due_on, timezone.localdate() + TOLD_AHEAD)
    found = certificates.ending(person, instruments, before=before)
    return tuple((instrument.name, day) for instrument, day in found)


def _register(
    case: Case,
    registered: Sequence[Registered],
    needs: Sequence[Need],
    load: Mapping[int, int],
    ties: Ties,
) -> Register:
    shown = np.zeros((len(registered), len(needs)))
    quality = np.zeros_like(shown)
    for row, one in enumerate(registered):
        for competence in one.shown.competences:
            for column, need in enumerate(needs):
                if need.key == competence.key:
                    shown[row, column] = competence.level
                    quality[row, column] = QUALITY[EngineProof(competence.proof_now.value)]
    return Register(
        names=[str(one.person.pk) for one in registered],
        shown=shown,
        quality=quality,
        load=np.array([load.get(one.person.pk, 0) for one in registered]),
        cap=np.array([one.shown.cap for one in registered]),
        price=np.array(
            [math.nan if one.shown.price is None else one.shown.price for one in registered]
        ),
        earliest=np.array([_days(one) for one in registered], dtype=float),
        ties=ties,
        lots=np.array([lot_of(case, one.person) for one in registered], dtype=np.uint64),
    )


def lot_of(case: Case, person: Person) -> int:
    """Drawn by hash out of the two pseudonyms: the same each time, and another in every case."""
    drawn = hashlib.sha256(f"{case.pseudonym}:{person.pseudonym}".encode()).digest()
    return int.from_bytes(drawn[:8])


def _days(one: Registered) -> float:
    if one.shown.free_from is None:
        return 0.0
    return float(max((one.shown.free_from - timezone.localdate()).days, 0))


def lacking_of(
    registered: Sequence[Registered], instruments: Sequence[Instrument], provider: Organisation
) -> dict[int, str]:
    """By key, an instrument of these that somebody has no valid certificate on."""
    certificates = certificates_in(registered, provider)
    return {
        one.person.pk: lacked.name
        for one in registered
        if (lacked := certificates.lacking(one.person, instruments))
    }


def gates_in(
    case: Case,
    registered: Sequence[Registered],
    around: Around,
    taken: frozenset[int],
    lacking: frozenset[int],
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """By a gate's name: who of the register passes it, in its order."""
    unresolved = unresolved_in(case, [one.person for one in registered], around=around)
    today = timezone.localdate()
    is_open = {
        Gate.NOT_CONFIRMED: [one.confirmed is not None for one in registered],
        Gate.CONFLICT: [one.person.pk not in unresolved for one in registered],
        Gate.CERTIFICATE: [one.person.pk not in lacking for one in registered],
        Gate.LANGUAGE: [one.shown.works_in(case.language) is not False for one in registered],
        Gate.TOO_LATE: [(one.shown.free_from or today) <= case.due_on for one in registered],
        Gate.ASKED: [one.person.pk not in taken for one in registered],
    }
    return {gate.value: np.array(each, dtype=np.bool_) for gate, each in is_open.items()}


def _listed(
    one: EngineListed,
    people: Mapping[str, Registered],
    labels: Mapping[str, str],
    *,
    has_first: bool,
) -> Listed:
    registered = people[one.name]
    proofs = {each.key: each.proof_now for each in registered.shown.competences}
    return Listed(
        person=registered.person,
        score=one.score,
        covers_gap=one.covers_gap,
        needs=tuple(
            NeedShown(
                label=labels.get(each.need.competence, each.need.competence),
                shown=int(each.shown),
                required=int(each.need.level),
                proof=proofs.get(each.need.competence),
                covered=each.covered,
                is_gap=each.need.is_gap,
                weight=each.need.weight,
            )
            for each in one.needs
        ),
        load=one.load,
        cap=one.cap,
        price=None if math.isnan(one.price) else one.price,
        days=None if math.isnan(one.earliest) else int(one.earliest),
        correlation=one.correlation.value if has_first else None,
        shared=one.correlation.shared,
    )
