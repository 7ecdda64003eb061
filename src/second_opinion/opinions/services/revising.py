"""A rating that its assessor sees otherwise after the opening: a new version beside the old."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import encrypt, record_event
from second_opinion.cases import selectors as cases
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.opinions import policies, selectors
from second_opinion.opinions.analysis import NONCE_LENGTH, canonical_revision, commitment_to
from second_opinion.opinions.errors import IncompleteError, InvalidRatingError, ReasonMissingError
from second_opinion.opinions.models import Opinion, Revision
from second_opinion.opinions.services.discussing import tell_the_others
from second_opinion.opinions.services.until_opening import (
    check_rating,
    locked_case,
    locked_row,
    tidied,
)


@transaction.atomic
def revise_rating(
    *,
    actor: Person,
    opinion: Opinion,
    rating: RatingEntry,
    reason: str,
    report_given_at: datetime | None,
) -> Revision:
    """Keep a revised rating beside the sealed one, committed to in the log as that one was.

    The sealed opinion stays, and so does every earlier revision. The others are told by mail that
    there is something new. The same rating twice is refused: it would be no revision.
    """
    locked_case(opinion.candidacy.case)
    opinion = locked_row(opinion)
    require(policies.may_revise(actor, opinion, report_given_at=report_given_at))
    rating, reason = tidied(rating), reason.strip()
    _check(opinion, rating, reason)
    revision = _sealed(opinion, rating, reason)
    is_sitting = selectors.has_just_contributed(actor, opinion.candidacy)
    revision.save()
    record_event(
        actor=actor,
        verb="rating.revised",
        subject=revision,
        case=opinion.candidacy.case,
        details={
            "case": opinion.candidacy.case.pseudonym,
            "opinion": opinion.pseudonym,
            "commitment": revision.commitment,
        },
    )
    if not is_sitting:
        tell_the_others(opinion.candidacy.case, author=actor)
    return revision


def _sealed(opinion: Opinion, rating: RatingEntry, reason: str) -> Revision:
    case, nonce = opinion.candidacy.case, secrets.token_bytes(NONCE_LENGTH)
    criterion = {one.name: one for one in cases.criteria_of(case)}[rating.criterion]
    revision = Revision(opinion=opinion, criterion=criterion, number=opinion.revisions.count() + 1)
    text = canonical_revision(revision, rating=rating, reason=reason)
    revision.commitment = commitment_to(text, nonce=nonce)
    label = selectors.revision_label(revision.pseudonym)
    revision.content = encrypt(text, case=case, label=label)
    label = selectors.revision_nonce_label(revision.pseudonym)
    revision.nonce = encrypt(nonce, case=case, label=label)
    return revision


def _check(opinion: Opinion, rating: RatingEntry, reason: str) -> None:
    case = opinion.candidacy.case
    check_rating(case, rating, {one.name: one for one in cases.criteria_of(case)})
    if not reason:
        raise ReasonMissingError(
            _("Say why you rate it otherwise now: the reason stands beside both ratings.")
        )
    if lacks := selectors.missing_of(rating, kind=opinion.kind):
        raise IncompleteError(_("What you revise still lacks %(what)s.") % {"what": lacks})
    if rating == selectors.rating_as_it_stands(opinion, rating.criterion):
        raise InvalidRatingError(_("This is the rating as it stands. Nothing was saved."))
