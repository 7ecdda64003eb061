"""What an order says, for the rooms and pages that need it."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.states import Role
from second_opinion.audit.services import decrypt
from second_opinion.cases.models import Belief, Candidacy, Case, FirstOpinionWaiver, Order
from second_opinion.cases.selectors.practice import is_real
from second_opinion.cases.selectors.profile import deciders_of
from second_opinion.cases.states import IS_OPENED, ReportOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a second opinion, in the orderer's own words."""

    words: str
    signed_by: str
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReader:
    """Who gets a report, and whether it is the candidate's own version of it."""

    who: str
    is_candidate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BeliefContent:
    """What the orderer would decide today.

    sure_of_ten : of ten decisions like this one, how many would be right
    """

    would_hire: bool
    sure_of_ten: int


def order_of(case: Case) -> Order:
    """What the order says; empty for a case from before orders were written here."""
    return Order.objects.filter(case=case).select_related("signed_by").first() or Order(case=case)


def why_of(case: Case) -> Why | None:
    """None until it is signed: no candidate is told without it."""
    order = order_of(case)
    if order.signed_at is None or order.signed_by is None:
        return None
    return Why(words=order.why, signed_by=order.signed_by.name, signed_at=order.signed_at)


def role_preview_of(case: Case) -> str:
    return order_of(case).role_preview


def how_chosen_of(case: Case) -> str:
    """How the finalists were found and chosen."""
    return order_of(case).how_chosen


def minutes_allowed_of(case: Case) -> int:
    """How many minutes of each candidate's time may be asked for."""
    return order_of(case).minutes_allowed


def report_order_of(case: Case) -> ReportOrder:
    return ReportOrder(order_of(case).report_order)


def report_readers_of(case: Case) -> tuple[ReportReader, ...]:
    """The client's people who read the report, then each candidate with their own version."""
    further = order_of(case).further_readers.splitlines()
    deciders = [person.name for person in deciders_of(case)]
    client = [case.orderer.name, *deciders, *(line.strip() for line in further if line.strip())]
    candidates = case.candidacies.filter(withdrawn_at__isnull=True)
    return (
        *(ReportReader(who=name, is_candidate=False) for name in dict.fromkeys(client)),
        *(ReportReader(who=candidacy.name, is_candidate=True) for candidacy in candidates),
    )


def first_opinion_waiver_of(case: Case) -> FirstOpinionWaiver | None:
    """Set where the client wants no opinion of its own first; every later report says so."""
    return FirstOpinionWaiver.objects.filter(case=case).select_related("person").first()


def belief_label(belief: Belief) -> str:
    return f"belief:{belief.pseudonym}"


def belief_nonce_label(belief: Belief) -> str:
    return f"belief-nonce:{belief.pseudonym}"


def belief_of(person: Person, candidacy: Candidacy) -> BeliefContent | None:
    """One's own; once the case is open, also for the provider's coordinators. Nobody else's."""
    belief = Belief.objects.filter(candidacy=candidacy).select_related("candidacy__case").first()
    if belief is None:
        return None
    case = belief.candidacy.case
    runs = person.memberships.filter(role=Role.COORDINATOR, organisation=case.provider)
    if belief.person_id == person.pk or (case.state in IS_OPENED and runs.exists()):
        return belief_content(belief)
    return None


def has_belief(candidacy: Candidacy) -> bool:
    return Belief.objects.filter(candidacy=candidacy).exists()


def is_belief_sealed(candidacy: Candidacy) -> bool:
    return Belief.objects.filter(candidacy=candidacy, sealed_at__isnull=False).exists()


def sealed_beliefs_of(case: Case) -> dict[str, BeliefContent]:
    """By candidate, only once the case is open: what the client believed before the report."""
    if case.state not in IS_OPENED:
        return {}
    beliefs = Belief.objects.filter(candidacy__case=case, sealed_at__isnull=False)
    return {
        belief.candidacy.name: belief_content(belief)
        for belief in beliefs.select_related("candidacy__case")
    }


def belief_content(belief: Belief) -> BeliefContent:
    """It is unblinded: whoever calls it has found the belief through a selector above."""
    written = json.loads(belief_text(belief))
    return BeliefContent(would_hire=written["would_hire"], sure_of_ten=written["sure_of_ten"])


def belief_text(belief: Belief) -> bytes:
    """The canonical text that a belief's commitment is to."""
    return decrypt(belief.content, case=belief.candidacy.case, label=belief_label(belief))


def belief_nonce(belief: Belief) -> bytes:
    return decrypt(belief.nonce, case=belief.candidacy.case, label=belief_nonce_label(belief))


def providers_for(client: Organisation) -> QuerySet[Organisation]:
    """Whom a client can order from: those it has worked with, and for the first case anybody."""
    providers = Organisation.objects.filter(
        memberships__role=Role.COORDINATOR, memberships__person__is_active=True
    ).distinct()
    known = providers.filter(run_cases__client=client)
    return known if known.exists() else providers.exclude(pk=client.pk)


def coordinator_at(provider: Organisation, *, client: Organisation) -> Person | None:
    """Who ran the client's latest case at this provider, otherwise the first coordinator there."""
    latest = (
        Case.objects.filter(is_real(), provider=provider, client=client).order_by("-pk").first()
    )
    coordinators = Person.objects.filter(
        is_active=True, memberships__role=Role.COORDINATOR, memberships__organisation=provider
    ).order_by("pk")
    if latest is not None and latest.coordinator in coordinators:
        return latest.coordinator
    return coordinators.first()


def people_who_can_decide(client: Organisation) -> QuerySet[Person]:
    return Person.objects.filter(
        is_active=True, memberships__role=Role.DECIDER, memberships__organisation=client
    ).order_by("name", "pk")
