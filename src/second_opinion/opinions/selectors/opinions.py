"""What a person may see of opinions, decided here once.

Before the opening everybody sees their own opinion and nothing of another's: no content, count,
length, time or order. The coordinator sees who is engaged and whether each opinion is sealed.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.candidates import selectors as candidates
from second_opinion.candidates.states import Purpose
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import IS_OPENED, Part
from second_opinion.instruments.selectors import with_results
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors.contents import Content, content_of
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels.selectors.proposals import (
    declarations_of,
    has_open_challenge,
    has_told_tie,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """Who is engaged, for the coordinator: a state, and nothing that was computed from content."""

    assessor: str
    candidate: str
    kind: OpinionKind
    is_sealed: bool


def opinions_visible_to(person: Person, *, case: Case) -> QuerySet[Opinion]:
    """One's own; once the case is open, all of them for its coordinators and its assessors."""
    opinions = Opinion.objects.filter(candidacy__case=case).select_related(
        "candidacy__case", "assessor"
    )
    own = opinions.filter(assessor=person)
    if case.state not in IS_OPENED:
        return own
    if has_role(person, Role.COORDINATOR, case.provider) or own.exists():
        return opinions.filter(Q(assessor=person) | Q(sealed_at__isnull=False))
    return opinions.none()


def contents_visible_to(person: Person, *, case: Case) -> list[tuple[Opinion, Content]]:
    return [(opinion, content_of(opinion)) for opinion in opinions_visible_to(person, case=case)]


def opinion_for(assessor: Person, pseudonym: UUID) -> Opinion | None:
    """An assessor's own opinion, to work on."""
    return (
        Opinion.objects.filter(
            cases.is_there_for(assessor, "candidacy__case__"),
            assessor=assessor,
            pseudonym=pseudonym,
        )
        .select_related("candidacy__case__provider", "assessor")
        .first()
    )


def interview_of(assessor: Person, candidacy: Candidacy) -> candidates.Talk | None:
    """The interview that an assessor offers times for themselves."""
    return candidates.talk_about(candidacy, Purpose.INTERVIEW, held_by=assessor)


_KNOWN = (F("candidacy__case__role"), F("candidacy__case__reference"), F("candidacy__name"))


def opinions_of(assessor: Person, *, words: str = "") -> QuerySet[Opinion]:
    """All that this person is engaged for; practice has a page of its own.

    words : each stands in role, reference or the candidate's own name; nobody else's is looked at
    """
    awaited = _unsealed_first_opinions().filter(candidacy__case=OuterRef("candidacy__case"))
    return (
        Opinion.objects.filter(
            cases.is_real("candidacy__case__"), cases.holding(words, *_KNOWN), assessor=assessor
        )
        .select_related("candidacy__case__provider")
        .annotate(
            awaits_first=Exists(awaited),
            is_challenged=has_open_challenge(case="candidacy__case", assessor="assessor"),
            has_told_tie=has_told_tie(case="candidacy__case", assessor="assessor"),
            is_told=candidates.is_acknowledged("candidacy"),
            is_declared=Exists(declarations_of(assessor).filter(case=OuterRef("candidacy__case"))),
        )
    )


def practice_of(assessor: Person) -> QuerySet[Opinion]:
    """Opinions to practise on, one's own, that have not been removed; newest first."""
    return (
        Opinion.objects.filter(
            cases.is_own_practice(assessor, "candidacy__case__"), assessor=assessor
        )
        .select_related("candidacy")
        .order_by("-pk")
    )


def engagements_visible_to(person: Person, *, case: Case) -> list[Engagement]:
    """For the coordinators, by candidate, kind and name: never in an order that tells more."""
    if not has_role(person, Role.COORDINATOR, case.provider):
        return []
    return engagements_of(case)


def engagements_of(case: Case) -> list[Engagement]:
    """For pages that only the provider's coordinators reach."""
    opinions = (
        Opinion.objects.filter(candidacy__case=case)
        .select_related("assessor", "candidacy")
        .order_by("candidacy__position", "kind", "assessor__name", "pk")
    )
    return [
        Engagement(
            assessor=opinion.assessor.name,
            candidate=opinion.candidacy.name,
            kind=OpinionKind(opinion.kind),
            is_sealed=opinion.is_sealed,
        )
        for opinion in opinions
    ]


def is_first_opinion_awaited(opinion: Opinion) -> bool:
    """True while a first opinion of the case is not sealed, and so nobody else may begin.

    No query for opinions out of `opinions_of`.
    """
    awaits: bool | None = getattr(opinion, "awaits_first", None)
    if awaits is None:
        awaits = _unsealed_first_opinions().filter(candidacy__case=opinion.candidacy.case).exists()
    return awaits


def is_challenged(opinion: Opinion) -> bool:
    """True while a candidate of the case waits for an answer about its assessor.

    No query for opinions out of `opinions_of`.
    """
    known: bool | None = getattr(opinion, "is_challenged", None)
    if known is None:
        challenged = has_open_challenge(case="candidacy__case", assessor="assessor")
        known = Opinion.objects.filter(challenged, pk=opinion.pk).exists()
    return known


def is_candidate_told(opinion: Opinion) -> bool:
    """True once the candidate has acknowledged the notice: before that nothing is assessed.

    No query for opinions out of `opinions_of`.
    """
    is_told: bool | None = getattr(opinion, "is_told", None)
    return candidates.has_acknowledged(opinion.candidacy) if is_told is None else is_told


def is_declared(opinion: Opinion) -> bool:
    """True once its assessor has declared their ties to the case; no query out of `opinions_of`.

    The client's own assessors are tied to it as they are, and in practice nobody is real.
    """
    case = opinion.candidacy.case
    if opinion.kind == OpinionKind.FIRST or case.is_practice:
        return True
    known: bool | None = getattr(opinion, "is_declared", None)
    if known is None:
        return declarations_of(opinion.assessor).filter(case=case).exists()
    return known


def _unsealed_first_opinions() -> QuerySet[Opinion]:
    return Opinion.objects.filter(
        kind=OpinionKind.FIRST, sealed_at__isnull=True, candidacy__withdrawn_at__isnull=True
    )


def is_everything_sealed(case: Case) -> bool:
    """Every candidate has an opinion, and no opinion of the case is unsealed.

    Where instruments alone measure, a result stands for the opinion. Candidates who have
    withdrawn are waited for no longer.
    """
    remaining = cases.remaining_candidacies_of(case)
    if Opinion.objects.filter(candidacy__in=remaining, sealed_at__isnull=True).exists():
        return False
    without_opinion = list(remaining.filter(opinions__isnull=True).select_related("case"))
    if without_opinion and cases.is_without_interview(case):
        return len(with_results(without_opinion)) == len(without_opinion)
    return not without_opinion and remaining.exists()


def engaged_people_of(case: Case) -> frozenset[int]:
    """Keys of those engaged for every candidate who remains."""
    remaining = set(cases.remaining_candidacies_of(case).values_list("pk", flat=True))
    engaged: dict[int, set[int]] = {}
    rows = Opinion.objects.filter(candidacy__case=case).values_list("assessor_id", "candidacy_id")
    for assessor, candidacy in rows:
        engaged.setdefault(assessor, set()).add(candidacy)
    return frozenset(person for person, found in engaged.items() if remaining <= found)


def is_anybody_engaged(case: Case) -> bool:
    return Opinion.objects.filter(candidacy__case=case).exists()


def has_opinion_in(person: Person, case: Case) -> bool:
    return Opinion.objects.filter(candidacy__case=case, assessor=person).exists()


def has_unsealed_in(assessor: Person, case: Case) -> bool:
    """Whether they are engaged beside the client's own, and have something left to seal."""
    theirs = Opinion.objects.filter(candidacy__case=case, assessor=assessor)
    return theirs.filter(sealed_at__isnull=True).exclude(kind=OpinionKind.FIRST).exists()


def is_second_assessor(person: Person, candidacy: Candidacy) -> bool:
    """Whether they are engaged for an opinion on this candidate beside the client's own."""
    own = Opinion.objects.filter(candidacy=candidacy, assessor=person)
    return own.exclude(kind=OpinionKind.FIRST).exists()


def assessors_of(case: Case) -> QuerySet[Person]:
    """Whoever is engaged in it, the client's own people too."""
    return Person.objects.filter(
        pk__in=Opinion.objects.filter(candidacy__case=case).values("assessor")
    )


def sealers_of(case: Case) -> QuerySet[Person]:
    """Those engaged who have sealed an opinion."""
    sealed = Opinion.objects.filter(candidacy__case=case, sealed_at__isnull=False)
    return assessors_of(case).filter(pk__in=sealed.values("assessor"))


def is_anything_to_open(case: Case) -> bool:
    """A sealed opinion beside the client's own; or a result, where instruments alone measure."""
    remaining = cases.remaining_candidacies_of(case).select_related("case")
    sealed = Opinion.objects.filter(candidacy__in=remaining, sealed_at__isnull=False)
    if sealed.exclude(kind=OpinionKind.FIRST).exists():
        return True
    return cases.is_without_interview(case) and bool(with_results(remaining))


def shut_out_of(case: Case) -> QuerySet[Opinion]:
    """What was not sealed when the case opened: it stays a draft that only its author reads."""
    opinions = Opinion.objects.filter(
        candidacy__in=cases.remaining_candidacies_of(case), sealed_at__isnull=True
    )
    if case.state not in IS_OPENED:
        return opinions.none()
    return opinions.select_related("assessor", "candidacy")


def has_first_opinion(case: Case) -> bool:
    """Whether anybody is engaged for the client's own opinion."""
    return Opinion.objects.filter(candidacy__case=case, kind=OpinionKind.FIRST).exists()


def assessor_parts(person: Person, case: Case) -> frozenset[Part]:
    """As what a person is engaged in a case."""
    kinds = Opinion.objects.filter(candidacy__case=case, assessor=person).values_list(
        "kind", flat=True
    )
    return frozenset(
        Part.FIRST_ASSESSOR if kind == OpinionKind.FIRST else Part.ASSESSOR for kind in kinds
    )


def is_lone_coordinator(person: Person, case: Case) -> bool:
    """Whether nobody else at the provider could run the case."""
    others = case.provider.memberships.filter(role=Role.COORDINATOR, person__is_active=True)
    return not others.exclude(person=person).exists()


def is_opening_automatic(case: Case) -> bool:
    """Whether the last seal opens the case, because who runs it has an opinion in it.

    So it is for a provider of one person: nobody else may choose the moment.
    """
    return has_opinion_in(case.coordinator, case)
