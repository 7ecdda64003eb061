"""Practice cases: everybody in them but the one who practises is made up, and plays along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import require
from second_opinion.accounts.selectors import organisations_where
from second_opinion.accounts.services import found_organisation, make_up_person
from second_opinion.accounts.states import Role
from second_opinion.audit.services import destroy_case_key, record_event
from second_opinion.candidates import selectors as told
from second_opinion.candidates import services as candidates
from second_opinion.candidates.selectors import Section
from second_opinion.candidates.states import HowAcknowledged
from second_opinion.candidates.writing.notice import KEYS
from second_opinion.cases import selectors as cases
from second_opinion.cases import services as moves
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import CaseState, ReportOrder
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.opinions import services as assessing
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports import policies
from second_opinion.reports.services.deciding import record_decision
from second_opinion.reports.services.forgetting import forget_case
from second_opinion.reports.writing.practice import Told, practice_words

DAYS = 14


@transaction.atomic
def begin_practice_case(*, actor: Person) -> Case:
    """An order that has come in, for a coordinator to run; only they see it."""
    provider = organisations_where(actor, Role.COORDINATOR).first()
    if provider is None:
        raise NotAllowedError(_("Only a coordinator can practise running a case."))
    return _order(actor, provider, coordinator=actor, words=practice_words(actor.language))


@transaction.atomic
def begin_practice_assessment(*, actor: Person) -> Opinion:
    """A made-up candidate who has been told, for an assessor to assess; only they see it."""
    provider = organisations_where(actor, Role.ASSESSOR).first()
    if provider is None:
        raise NotAllowedError(_("Only an assessor can practise an assessment."))
    words = practice_words(actor.language)
    coordinator = make_up_person(
        name=words.coordinator, organisation=provider, role=Role.COORDINATOR
    )
    case = _order(actor, provider, coordinator=coordinator, words=words)
    moves.lock_profile(actor=coordinator, case=case)
    candidacy = case.candidacies.get()
    candidates.write_notice(
        actor=coordinator,
        candidacy=candidacy,
        sections=[Section(key=key, heading=words.notice, text=words.notice) for key in KEYS],
        language=candidacy.language,
    )
    candidates.note_acknowledgement(
        actor=coordinator, candidacy=candidacy, how=HowAcknowledged.PHONE, reason=words.notice
    )
    moves.start_assessment(actor=coordinator, case=case)
    return assessing.engage_assessor(
        actor=coordinator, candidacy=candidacy, assessor=actor, kind=OpinionKind.SECOND
    )


@transaction.atomic
def play_others(*, actor: Person, case: Case) -> bool:
    """Let the made-up people do what waits for them; False where nothing does."""
    require(policies.may_practise(actor, case))
    act = _acts().get(CaseState(case.state))
    with translation.override(actor.language):
        return act is not None and act(actor, case)


@transaction.atomic
def remove_practice(*, actor: Person, case: Case) -> None:
    """Take a practice case away: nobody sees it, its words go, and its key is destroyed.

    The log and whatever else is append-only stays; without the key nobody can read it.
    """
    require(policies.may_practise(actor, case))
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    fresh.removed_at = timezone.now()
    fresh.save(update_fields=["removed_at"])
    forget_case(case=fresh)
    record_event(actor=actor, verb="practice.removed", subject=fresh, case=fresh)
    transaction.on_commit(lambda: destroy_case_key(fresh))


def _order(actor: Person, provider: Organisation, *, coordinator: Person, words: Told) -> Case:
    client = found_organisation(actor=None, name=words.client)
    orderer = make_up_person(name=words.orderer, organisation=client, role=Role.ORDERER)
    number = Case.objects.filter(provider=provider).order_by("pk").values("pk").last()
    case = moves.order_case(
        actor=orderer,
        client=client,
        provider=provider,
        orderer=orderer,
        coordinator=coordinator,
        practised_by=actor,
        reference=f"{words.mark} {number['pk'] + 1 if number else 1}",
        role=words.role,
        due_on=timezone.localdate() + timedelta(days=DAYS),
        open_questions=words.questions,
        candidates=[words.candidate],
        language=actor.language,
        details={
            "why": words.why,
            "how_chosen": words.how_chosen,
            "role_preview": words.preview,
            "report_order": ReportOrder.SAME_TIME,  # so that nobody waits for a reply
        },
    )
    case.candidacies.update(email="practice@practice.invalid")
    moves.write_profile(
        actor=coordinator,
        case=case,
        criteria=words.criteria,
        grounds={
            entry.name: moves.Grounds(reason=words.reason, methods=words.methods)
            for entry in words.criteria
        },
    )
    return case


def _acts() -> dict[CaseState, Callable[[Person, Case], bool]]:
    return {
        CaseState.PROFILE_LOCKED: _acknowledge,
        CaseState.IN_ASSESSMENT: _assess,
        CaseState.REPORTED: _decide,
    }


def _acknowledge(_actor: Person, case: Case) -> bool:
    """The candidate reads what was sent."""
    waiting = [
        (candidacy, notice)
        for candidacy in cases.remaining_candidacies_of(case)
        if (notice := told.notice_of(candidacy)) and not told.has_acknowledged(candidacy)
    ]
    for candidacy, notice in waiting:
        candidates.acknowledge(candidacy=candidacy, notice=notice)
    return bool(waiting)


def _assess(actor: Person, case: Case) -> bool:
    """The candidate reads first; then a made-up assessor gives an opinion, and seals it."""
    if _acknowledge(actor, case):
        return True
    words = practice_words(actor.language)
    candidacies = [
        candidacy
        for candidacy in cases.remaining_candidacies_of(case)
        if told.has_acknowledged(candidacy) and not candidacy.opinions.exists()
    ]
    if not candidacies:
        return False
    assessor = make_up_person(name=words.assessor, organisation=case.provider, role=Role.ASSESSOR)
    for candidacy in candidacies:
        opinion = assessing.engage_assessor(
            actor=actor, candidacy=candidacy, assessor=assessor, kind=OpinionKind.SECOND
        )
        _give(opinion, candidacy, words)
    return True


def _give(opinion: Opinion, candidacy: Candidacy, words: Told) -> None:
    ratings = [
        RatingEntry(criterion=criterion.name, score=score, evidence=(words.evidence,))
        for criterion, score in zip(
            cases.criteria_of(candidacy.case), (4.0, 3.0, 4.0), strict=False
        )
    ]
    assessor = opinion.assessor
    assessing.record_opinion(
        actor=assessor, opinion=opinion, ratings=ratings, conclusion=words.conclusion
    )
    assessing.seal_opinion(actor=assessor, opinion=opinion)


def _decide(actor: Person, case: Case) -> bool:
    """The made-up client hires its candidate."""
    words = practice_words(actor.language)
    hired = cases.remaining_candidacies_of(case).first()
    record_decision(
        actor=case.orderer, case=case, hired=hired, reasons=words.decision, against=words.decision
    )
    return True
