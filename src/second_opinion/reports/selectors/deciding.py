"""Quick answers and the client's decision: who sees which, and when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.audit.services import decrypt
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import CaseState
from second_opinion.reports.models import ClientDecision, QuickAnswer
from second_opinion.reports.selectors.deciders import is_decider, orders_or_decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """reasons : the client's own; against : what weighed more than the report, where it did"""

    reasons: str
    against: str = ""


def unanswered_by(person: Person, case: Case) -> QuerySet[Candidacy]:
    """The candidates a decider has not answered on; none for anybody else."""
    remaining = cases.remaining_candidacies_of(case)
    if not is_decider(person, case):
        return remaining.none()
    return remaining.exclude(quick_answers__decider=person)


def must_answer_first(person: Person, case: Case) -> bool:
    """Whether the report stays shut for a decider, so that figures do not replace judgement."""
    return case.state == CaseState.REPORTED and unanswered_by(person, case).exists()


def quick_answers_visible_to(person: Person, *, case: Case) -> QuerySet[QuickAnswer]:
    """One's own; those of all deciders once the decision is made, for who decides or orders."""
    answers = QuickAnswer.objects.filter(candidacy__case=case).select_related(
        "candidacy", "decider"
    )
    if orders_or_decides(person, case) and decision_of(case) is not None:
        return answers
    return answers.filter(decider=person)


def decision_of(case: Case) -> ClientDecision | None:
    return ClientDecision.objects.filter(case=case).select_related("hired", "decided_by").first()


def decision_visible_to(person: Person, *, case: Case) -> ClientDecision | None:
    """For those who decide or order, and the provider's coordinators."""
    may_see = has_role(person, Role.COORDINATOR, case.provider) or orders_or_decides(person, case)
    return decision_of(case) if may_see else None


def words_of(decision: ClientDecision) -> Words:
    label = words_label(decision.pseudonym)
    return Words(**json.loads(decrypt(decision.words, case=decision.case, label=label)))


def words_label(pseudonym: UUID) -> str:
    return f"decision:{pseudonym}"
