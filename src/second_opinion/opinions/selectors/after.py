"""After the opening: ratings that were revised, and what is said of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.audit.services import decrypt
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case, Criterion
from second_opinion.cases.states import IS_OPENED, CaseState
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.opinions.models import Opinion, Remark, Revision
from second_opinion.opinions.selectors.contents import Revised, content_of, revised_of, revisions_of
from second_opinion.opinions.selectors.opinions import opinions_visible_to

ONE_SITTING = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One opinion on one criterion: as it was sealed, and as it was revised since, oldest first."""

    opinion: Opinion
    rating: RatingEntry | None
    revised: tuple[Revised, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """A remark, or a revision with its reason as the words."""

    author: str
    at: datetime
    words: str
    revised: Revised | None = None


def is_in_discussion(person: Person, case: Case) -> bool:
    """An opened case's coordinators, and those who sealed an opinion in it.

    Who orders the case or decides in it joins only when the report is released to the client.
    """
    if case.state not in IS_OPENED:
        return False
    if has_role(person, Role.COORDINATOR, case.provider):
        return True
    if case.state == CaseState.OPENED and _is_for_the_client(person, case):
        return False
    return _sealed_in(case).filter(assessor=person).exists()


def case_known_to(person: Person, pseudonym: UUID) -> Case | None:
    """A case that this person sees or assesses in; whether they may read more is a policy's."""
    seen = cases.cases_visible_to(person).values("pk")
    assessed = Opinion.objects.filter(assessor=person).values("candidacy__case")
    return (
        Case.objects.filter(Q(pk__in=seen) | Q(pk__in=assessed), pseudonym=pseudonym)
        .select_related("client", "provider")
        .first()
    )


def candidacy_known_to(person: Person, pseudonym: UUID) -> Candidacy | None:
    """The same of a candidate in it."""
    found = Candidacy.objects.filter(pseudonym=pseudonym).select_related("case").first()
    if found is None or (case := case_known_to(person, found.case.pseudonym)) is None:
        return None
    found.case = case
    return found


def people_in_discussion(case: Case) -> list[Person]:
    """Those who are told that there is something new: the assessors, and who runs the case."""
    people = Person.objects.filter(
        Q(pk__in=_sealed_in(case).values("assessor")) | Q(pk=case.coordinator_id), is_active=True
    )
    return [person for person in people if is_in_discussion(person, case)]


def views_in(case: Case, *, person: Person) -> dict[tuple[int, int], list[View]]:
    """Every opinion that this person may see, by the keys of candidacy and criterion."""
    opinions = (
        opinions_visible_to(person, case=case)
        .filter(sealed_at__isnull=False)
        .prefetch_related("revisions__opinion__candidacy__case", "revisions__criterion")
    )
    criteria = cases.criteria_of(case)
    found: dict[tuple[int, int], list[View]] = {}
    for opinion in opinions:
        rated = {rating.criterion: rating for rating in content_of(opinion).ratings}
        revised = revisions_of(opinion)
        for criterion in criteria:
            view = View(
                opinion=opinion,
                rating=rated.get(criterion.name),
                revised=tuple(one for one in revised if one.revision.criterion_id == criterion.pk),
            )
            found.setdefault((opinion.candidacy_id, criterion.pk), []).append(view)
    return found


def contributions_to(candidacy: Candidacy, criterion: Criterion) -> list[Contribution]:
    """Remarks and revisions in the order of time; for those who are in the discussion."""
    said = [
        Contribution(author=remark.author.name, at=remark.at, words=words_of_remark(remark))
        for remark in _remarks().filter(candidacy=candidacy, criterion=criterion)
    ]
    said += [
        Contribution(
            author=revision.opinion.assessor.name,
            at=revision.at,
            words=(revised := revised_of(revision)).reason,
            revised=revised,
        )
        for revision in _revisions().filter(opinion__candidacy=candidacy, criterion=criterion)
    ]
    return sorted(said, key=lambda one: one.at)


def newest_remark(candidacy: Candidacy, criterion: Criterion) -> Remark | None:
    return _remarks().filter(candidacy=candidacy, criterion=criterion).last()


def has_just_contributed(person: Person, candidacy: Candidacy) -> bool:
    """Whether the others were told so short a while ago that one mail is enough."""
    since = timezone.now() - ONE_SITTING
    return (
        Remark.objects.filter(
            author=person, candidacy__case=candidacy.case_id, at__gt=since
        ).exists()
        or Revision.objects.filter(
            opinion__assessor=person, opinion__candidacy__case=candidacy.case_id, at__gt=since
        ).exists()
    )


def words_of_remark(remark: Remark) -> str:
    case = remark.candidacy.case
    return decrypt(remark.content, case=case, label=remark_label(remark.pseudonym)).decode()


def revisions_in(case: Case) -> QuerySet[Revision]:
    """Of candidates who are still in the case, oldest first."""
    remaining = cases.remaining_candidacies_of(case)
    return _revisions().filter(opinion__candidacy__in=remaining)


def discussed_in(case: Case) -> list[tuple[Candidacy, Criterion]]:
    """What anybody has said anything of, each once, by candidate and criterion."""
    remaining = cases.remaining_candidacies_of(case)
    remarks = _remarks().filter(candidacy__in=remaining)
    in_order = remarks.order_by("candidacy__position", "criterion__position", "pk")
    return list(
        {
            (remark.candidacy_id, remark.criterion_id): (remark.candidacy, remark.criterion)
            for remark in in_order
        }.values()
    )


def number_said(case: Case) -> dict[tuple[int, int], int]:
    """How much was said, by keys of candidacy and criterion; two queries for a whole case."""
    counts: dict[tuple[int, int], int] = {}
    pairs = [
        *Remark.objects.filter(candidacy__case=case).values_list("candidacy_id", "criterion_id"),
        *Revision.objects.filter(opinion__candidacy__case=case).values_list(
            "opinion__candidacy_id", "criterion_id"
        ),
    ]
    for pair in pairs:
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def remark_label(pseudonym: UUID) -> str:
    return f"remark:{pseudonym}"


def _is_for_the_client(person: Person, case: Case) -> bool:
    return person.pk == case.orderer_id or cases.is_decider(person, case)


def _sealed_in(case: Case) -> QuerySet[Opinion]:
    return Opinion.objects.filter(candidacy__case=case, sealed_at__isnull=False)


def _remarks() -> QuerySet[Remark]:
    return Remark.objects.select_related("candidacy__case", "criterion", "author")


def _revisions() -> QuerySet[Revision]:
    return Revision.objects.select_related(
        "opinion__candidacy__case", "opinion__assessor", "criterion"
    ).order_by("pk")
