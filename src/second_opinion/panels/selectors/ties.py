"""Ties as they were declared, and rulings on what was found."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.selectors import organisations_where, people_with
from second_opinion.accounts.states import Role
from second_opinion.audit.services import decrypt
from second_opinion.cases.models import Candidacy, Case
from second_opinion.panels.models import Party, Ruling, Tie, TieRule
from second_opinion.panels.states import RulingOutcome

DEFAULT_LONGEST = 2  # relations in a chain
DEFAULT_YEARS = 5  # back


@dataclass(frozen=True, slots=True)
class LookBack:
    """longest : relations in a chain; years : back, for what has ended"""

    longest: int
    years: int


def tie_rule_of(provider: Organisation) -> LookBack:
    newest = TieRule.objects.filter(provider=provider).last()
    if newest is None:
        return LookBack(DEFAULT_LONGEST, DEFAULT_YEARS)
    return LookBack(newest.longest, newest.years)


def current_ties(provider: Organisation, *, of: Iterable[Person] = ()) -> QuerySet[Tie]:
    """A register's, and those that end at these people wherever they stand.

    What a candidate or a client has told of an assessor stays in the register it was told to.
    Without those that a correction has replaced, or that never were.
    """
    people = list(of)
    theirs = Q(one__person__in=people) | Q(other__person__in=people)
    asked = Q(provider=provider) | Q(theirs, told_in__isnull=True)
    return Tie.objects.filter(asked, replaced_by__isnull=True, is_mistaken=False).select_related(
        *(
            f"{end}__{link}"
            for end in ("one", "other")
            for link in ("person", "organisation", "candidacy")
        ),
        "author",
        "told_in__proposal__case",
        "stands_for",
    )


def own_ties(person: Person) -> list[Tie]:
    """Those that end at this person, in every register that they stand in.

    Without what candidates and clients have told of them: only those who run cases read that.
    """
    at_an_end = Q(one__person=person) | Q(other__person=person)
    stands = Q(told_in__isnull=True, replaced_by__isnull=True, is_mistaken=False)
    return list(
        Tie.objects.filter(at_an_end, stands).select_related(
            "one__person", "one__organisation", "other__person", "other__organisation", "provider"
        )
    )


def ties_told_of(case: Case, people: Collection[Person]) -> list[Tie]:
    """What was declared of a case's candidates and of its provider's assessors among these people.

    For coordinators.
    """
    assessors = people_with({Role.ASSESSOR}, case.provider).filter(
        pk__in=[person.pk for person in people]
    )
    at_an_end = Q(one__candidacy__case=case) | Q(other__candidacy__case=case)
    at_an_end |= Q(one__person__in=assessors) | Q(other__person__in=assessors)
    return list(current_ties(case.provider, of=assessors).filter(at_an_end))


def ties_told_by(teller: Candidacy | Person, assessor: Person) -> list[Tie]:
    """What a candidate, or somebody at the client, has told of an assessor; as they told it."""
    by = {"candidacy": teller} if isinstance(teller, Candidacy) else {"author": teller}
    told = {f"told_in__{field}": who for field, who in by.items()}
    return list(
        Tie.objects.filter(other__person=assessor, replaces__isnull=True, **told).select_related(
            "one__person", "one__candidacy", "other__person", "told_in__proposal__case"
        )
    )


def ties_about(candidacy: Candidacy) -> list[tuple[Tie, Party]]:
    """What was noted of one candidate, and with whom it ties them."""
    at_an_end = Q(one__candidacy=candidacy) | Q(other__candidacy=candidacy)
    return [
        (tie, tie.other if tie.one.candidacy_id == candidacy.pk else tie.one)
        for tie in current_ties(candidacy.case.provider).filter(at_an_end)
    ]


def tie_of(person: Person, pseudonym: UUID) -> Tie | None:
    """One's own, or one of a register whose coordinator one is; newest version only."""
    kept = organisations_where(person, Role.COORDINATOR)
    own = Q(one__person=person) | Q(other__person=person)
    own &= Q(told_in__isnull=True)
    return (
        Tie.objects.filter(own | Q(provider__in=kept), replaced_by__isnull=True, is_mistaken=False)
        .filter(pseudonym=pseudonym)
        .select_related("one", "other", "provider")
        .first()
    )


def rulings_of(case: Case) -> dict[tuple[int, str], Ruling]:
    """By assessor and finding."""
    rulings = Ruling.objects.filter(case=case).select_related("author", "assessor")
    return {(ruling.assessor_id, ruling.finding): ruling for ruling in rulings}


def ruled_out_in(case: Case) -> frozenset[int]:
    """Keys of those of whom somebody has ruled that they have a conflict of interest here."""
    upheld = Ruling.objects.filter(case=case, outcome=RulingOutcome.UPHELD)
    return frozenset(upheld.values_list("assessor_id", flat=True))


def reason_of(ruling: Ruling) -> str:
    return decrypt(ruling.reason, case=ruling.case, label=ruling.label).decode()
