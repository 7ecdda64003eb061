"""A candidate's part in a case: where they are reached, and their withdrawal."""

from django.db import transaction
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import record_event
from second_opinion.cases import policies
from second_opinion.cases.models import Candidacy
from second_opinion.cases.services.journey import _locked_row


@transaction.atomic
def withdraw_candidacy(*, actor: Person | None, candidacy: Candidacy) -> Candidacy:
    """End one candidate's part in the case; no reason is asked for, and twice changes nothing.

    `actor` is None for the candidate, whom a personal link and no account stands for; otherwise
    somebody who passes the candidate's wish on. What was assessed of a withdrawn candidate opens
    with the rest if it was sealed, and is waited for no longer.
    """
    case = _locked_row(candidacy.case)
    fresh = Candidacy.objects.select_for_update().get(pk=candidacy.pk)
    if fresh.is_withdrawn:
        return fresh
    if actor is None:
        require(policies.can_candidates_withdraw(case))
    else:
        require(policies.may_withdraw_candidacy(actor, case))
    fresh.withdrawn_at = timezone.now()
    fresh.save(update_fields=["withdrawn_at"])
    record_event(
        actor=actor,
        verb="candidacy.withdrawn",
        subject=fresh,
        case=case,
        details={"case": case.pseudonym, "by": "candidate" if actor is None else "staff"},
    )
    candidacy.withdrawn_at = fresh.withdrawn_at
    return fresh


@transaction.atomic
def enter_contact(
    *, actor: Person, candidacy: Candidacy, email: str, language: str = ""
) -> Candidacy:
    """Note where a candidate is reached, and in which language; the words stay out of the log."""
    require(policies.may_enter_contact(actor, candidacy.case))
    candidacy.email = email.strip().lower()
    candidacy.language = language or candidacy.language
    candidacy.full_clean()
    candidacy.save(update_fields=["email", "language"])
    record_event(
        actor=actor,
        verb="candidacy.contact_entered",
        subject=candidacy,
        case=candidacy.case,
        details={"case": candidacy.case.pseudonym},
    )
    return candidacy
