"""The room's door to the engine: what ties an assessor to a side of a case."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Case
from second_opinion.engine.matching.conflicts import (
    Finding,
    Identity,
    Limits,
    Party,
    Relation,
    Verdict,
    find_conflicts,
)
from second_opinion.panels import selectors
from second_opinion.panels.models import Ruling
from second_opinion.panels.selectors import Known, KnownTie
from second_opinion.panels.selectors.certificates import Instrument
from second_opinion.panels.states import (
    NEVER_CLEARED,
    Ending,
    FoundTie,
    RulingOutcome,
    Side,
    TieKind,
)

DAYS_IN_A_YEAR = 365.25

CONFLICT, UNDATED, QUESTION = Verdict.CONFLICT, Verdict.UNDATED, Verdict.QUESTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link of a chain. kind : None where two entries are, or may be, one."""

    one: str
    other: str
    kind: TieKind | FoundTie | None
    is_certain: bool
    ending: Ending = Ending.HOLDS
    began_on: date | None = None
    ended_on: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A chain between a side and an assessor, and what was decided of it.

    steps : from the target to the assessor
    key : hash of the chain, entry by entry
    """

    assessor: Person
    side: Side
    target: str
    steps: tuple[Step, ...]
    verdict: Verdict
    key: str
    ruling: Ruling | None

    @property
    def is_resolved(self) -> bool:
        return self.ruling is not None and self.ruling.outcome == RulingOutcome.CLEARED

    @property
    def can_be_cleared(self) -> bool:
        """Not what nobody can reason away, and not before somebody has said when it ended."""
        if self.verdict is Verdict.QUESTION:
            return True
        ties = [step.kind for step in self.steps if step.kind is not None]
        is_direct = len(ties) < 2 and (not ties or ties[0] in NEVER_CLEARED)
        return self.verdict is Verdict.CONFLICT and not is_direct


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What only a higher room knows around a case.

    first_assessors : who gave or give the client's own opinion
    ties : between people, such as that they assess in each other's cases
    """

    first_assessors: tuple[Person, ...] = ()
    ties: tuple[KnownTie, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What only a higher room knows when somebody is asked.

    load : cases that each has now, by key; engaged : keys of those who are engaged already
    instruments : that assessors work with in the case
    """

    around: Around
    load: Mapping[int, int] = field(default_factory=dict)
    engaged: frozenset[int] = frozenset()
    instruments: tuple[Instrument, ...] = ()


def conflicts_of(case: Case, assessors: Iterable[Person], *, around: Around) -> list[Conflict]:
    """Every chain between these assessors and the sides of the case; none in practice cases."""
    people = {person.pk: person for person in assessors}
    if case.is_practice or not people:
        return []
    known = selectors.known_of(
        case, (*people.values(), *around.first_assessors), beside=around.ties
    )
    places = {key: place for place, key in enumerate(known.entries)}
    sides = selectors.sides_of(case, around.first_assessors)
    rule = selectors.tie_rule_of(case.provider)
    today = timezone.localdate().toordinal()
    findings = find_conflicts(
        _parties(known),
        [_relation(tie, places) for tie in known.ties],
        sides={side.value: [places[key] for key in keys] for side, keys in sides.items()},
        assessors=[places[f"person:{key}"] for key in people],
        limits=Limits(longest=rule.longest, earliest=today - rule.years * DAYS_IN_A_YEAR),
    )
    rulings = selectors.rulings_of(case)
    names = list(known.entries.values())
    return [_conflict(finding, names, known, people, rulings) for finding in findings]


def unresolved_in(
    case: Case, assessors: Iterable[Person], *, around: Around
) -> dict[int, list[Conflict]]:
    """By assessor's key, what nobody has cleared; those who are free are not in it.

    What was ruled a conflict stays one, whatever has been corrected since: then nothing need be
    found any more, and the list is empty.
    """
    people = list(assessors)
    ruled = selectors.ruled_out_in(case)
    found: dict[int, list[Conflict]] = {one.pk: [] for one in people if one.pk in ruled}
    for conflict in conflicts_of(case, people, around=around):
        if not conflict.is_resolved:
            found.setdefault(conflict.assessor.pk, []).append(conflict)
    return found


def _parties(known: Known) -> list[Party]:
    return [
        Party(
            key=entry.key,
            name=entry.name,
            is_firm=entry.is_firm,
            former=entry.former,
            mail=entry.mail,
            number=entry.number,
        )
        for entry in known.entries.values()
    ]


def _relation(tie: KnownTie, places: dict[str, int]) -> Relation:
    if tie.ending == Ending.UNKNOWN:
        ended = math.nan
    else:
        ended = tie.ended_on.toordinal() if tie.ended_on else math.inf
    return Relation(
        key=tie.key,
        kind=tie.kind.value,
        one=places[tie.one],
        other=places[tie.other],
        ended=ended,
        is_certain=tie.kind != FoundTie.MAIL_DOMAIN,
    )


def _conflict(
    finding: Finding,
    entries: Sequence[selectors.Entry],
    known: Known,
    people: dict[int, Person],
    rulings: dict[tuple[int, str], Ruling],
) -> Conflict:
    assessor = people[int(entries[finding.assessor].key.removeprefix("person:"))]
    key = hashlib.sha256(finding.key.encode()).hexdigest()
    ties = {tie.key: tie for tie in known.ties}
    return Conflict(
        assessor=assessor,
        side=Side(finding.side),
        target=entries[finding.target].name,
        steps=tuple(_step(link, entries, ties) for link in finding.links),
        verdict=finding.verdict,
        key=key,
        ruling=rulings.get((assessor.pk, key)),
    )


def _step(
    link: Relation | Identity, entries: Sequence[selectors.Entry], ties: dict[str, KnownTie]
) -> Step:
    one, other = entries[link.one].name, entries[link.other].name
    if isinstance(link, Identity):
        return Step(one=one, other=other, kind=None, is_certain=link.is_certain)
    tie = ties[link.key]
    return Step(
        one=one,
        other=other,
        kind=tie.kind,
        is_certain=link.is_certain,
        ending=tie.ending,
        began_on=tie.began_on,
        ended_on=tie.ended_on,
        document=tie.document,
    )
