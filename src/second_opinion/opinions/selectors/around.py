"""What a check for conflicts of interest has to know and only this room does."""

from django.db.models import Count

from second_opinion.accounts.models import Person
from second_opinion.accounts.states import Role
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from second_opinion.instruments.selectors import instruments_of
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels.analysis import Around, Asking, unresolved_in
from second_opinion.panels.selectors import KnownTie
from second_opinion.panels.selectors.proposals import has_told_tie
from second_opinion.panels.states import TieKind

GIVES_FIRST = (Role.ORDERER, Role.DECIDER, Role.ASSESSOR)  # at the client


def around_of(case: Case) -> Around:
    """Who gives the client's own opinion, and who assesses in their cases as they in theirs."""
    first = tuple(
        Person.objects.filter(opinions__candidacy__case=case, opinions__kind=OpinionKind.FIRST)
        .distinct()
        .order_by("pk")
    )
    return Around(first_assessors=first, ties=tuple(_each_others_cases(case, first)))


def names_at_client(case: Case) -> list[str]:
    """Whom an assessor is asked about on the client's side, before they see anything.

    Whoever could give the client's own opinion is among them, asked for one or not, and all are in
    one list by name: so nothing can be read from it of whether there is one, nor whose it is.
    """
    could_give = Person.objects.filter(
        is_active=True,
        memberships__role__in=GIVES_FIRST,
        memberships__organisation=case.client_id,
    )
    first = around_of(case).first_assessors  # who has left the client since, too
    people = (case.orderer, *cases.deciders_of(case), *could_give, *first)
    return sorted({person.name for person in people})


def _each_others_cases(case: Case, first: tuple[Person, ...]) -> list[KnownTie]:
    """One gave an independent opinion where the other gave the client's own, and the reverse."""
    if not first:
        return []
    path = "candidacy__case__candidacies__opinions"
    met = (
        Opinion.objects.filter(cases.is_real("candidacy__case__"), **{f"{path}__kind": "first"})
        .exclude(kind=OpinionKind.FIRST)
        .exclude(candidacy__case=case)
        .values_list("assessor_id", f"{path}__assessor_id")
    )
    pairs = set(met)
    here = {person.pk for person in first}
    return [
        KnownTie(
            key=f"each-other:{one}:{other}",
            kind=TieKind.EACH_OTHERS_CASES,
            one=f"person:{one}",
            other=f"person:{other}",
        )
        for one, other in sorted(pairs)
        if other in here and one != other and (other, one) in pairs
    ]


def asking_in(case: Case) -> Asking:
    """For those who ask assessors: who has how much to do for them, and who is engaged.

    What somebody does for another provider is that provider's to know.
    """
    unsealed = Opinion.objects.filter(
        cases.is_real("candidacy__case__"),
        candidacy__case__provider=case.provider_id,
        sealed_at__isnull=True,
        candidacy__withdrawn_at__isnull=True,
        candidacy__case__state__in=[CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT],
    ).exclude(kind=OpinionKind.FIRST)
    rows = unsealed.values_list("assessor_id").annotate(
        n=Count("candidacy__case_id", distinct=True)
    )
    engaged = Opinion.objects.filter(candidacy__case=case).values_list("assessor_id", flat=True)
    return Asking(
        around=around_of(case),
        load=dict(rows),
        engaged=frozenset(engaged),
        instruments=instruments_of(case),
    )


def is_tie_open(opinion: Opinion) -> bool:
    """True while a tie that a candidate or the client told of its assessor is not cleared.

    No query for opinions out of `opinions_of` of whose assessors nobody has told anything.
    """
    has_told: bool | None = getattr(opinion, "has_told_tie", None)
    if has_told is None:
        told = has_told_tie(case="candidacy__case", assessor="assessor")
        has_told = Opinion.objects.filter(told, pk=opinion.pk).exists()
    if not has_told:
        return False
    case = opinion.candidacy.case
    return bool(unresolved_in(case, [opinion.assessor], around=around_of(case)))
