"""The interview guide in an assessor's hands: fixed at its first use, and departed from."""

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import record_event
from second_opinion.instruments.models import Deviation, Guide
from second_opinion.instruments.selectors import guide_of
from second_opinion.instruments.services import freeze_guide, record_deviation
from second_opinion.instruments.states import DeviationKind
from second_opinion.opinions import policies
from second_opinion.opinions.errors import GuideError
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.services.until_opening import locked_row
from second_opinion.opinions.states import OpinionKind


@transaction.atomic
def take_up_guide(*, actor: Person, opinion: Opinion) -> Guide | None:
    """The guide to interview by, frozen from now on; none for the client's own assessors."""
    require(policies.may_record(actor, opinion))
    if opinion.kind == OpinionKind.FIRST:
        return None
    case = opinion.candidacy.case
    require(policies.may_use_guide(actor, case))
    known = guide_of(case)
    if known is not None and known.is_frozen:
        return known
    guide = freeze_guide(case=case)
    record_event(
        actor=actor,
        verb="guide.frozen",
        subject=opinion,
        case=case,
        details={"guide": guide.pseudonym, "sha256": guide.content_hash},
        is_hidden_until_opening=True,
    )
    return guide


@transaction.atomic
def log_deviation(
    *, actor: Person, opinion: Opinion, question: str, kind: DeviationKind, because: str
) -> Deviation:
    """Say where this interview went another way than its guide, and why. It stays as it is."""
    opinion = locked_row(opinion)
    guide = take_up_guide(actor=actor, opinion=opinion)
    if guide is None:
        raise GuideError(_("The client's own assessment has no interview guide."))
    deviation = record_deviation(
        actor=actor,
        guide=guide,
        candidacy=opinion.candidacy,
        question=question,
        kind=kind,
        because=because,
    )
    record_event(
        actor=actor,
        verb="guide.deviated",
        subject=opinion,
        case=opinion.candidacy.case,
        is_hidden_until_opening=True,
    )
    return deviation
