"""What stands in an opinion and in its revisions. Nothing here asks who reads it.

Whoever calls these has found the opinion through a selector that does.
"""

import json
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from second_opinion.audit.services import decrypt
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.opinions.models import Opinion, Revision
from second_opinion.opinions.states import OpinionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an assessor has written so far, or sealed. Ratings in the order of the criteria.

    profile : hash of the locked requirement profile that it was written on
    """

    ratings: tuple[RatingEntry, ...] = ()
    conclusion: str = ""
    profile: str = ""


def content_of(opinion: Opinion) -> Content:
    """It is unblinded: whoever calls it has found the opinion through a selector above."""
    if opinion.content is None:
        return Content()
    written = json.loads(sealed_content(opinion))
    return Content(
        ratings=tuple(
            RatingEntry(
                criterion=rating["criterion"],
                score=rating["score"],
                evidence=tuple(rating["evidence"]),
                reason_not_observed=rating["reason_not_observed"],
            )
            for rating in written["ratings"]
        ),
        conclusion=written["conclusion"],
        profile=written["profile"],
    )


def missing_of(rating: RatingEntry | None, *, kind: str) -> str:
    """What a criterion still lacks before the opinion can be sealed; empty when it is done.

    The client's own assessors may leave evidence out; for the others it is what a rating rests on.
    """
    if rating is None or (rating.score is None and not rating.reason_not_observed):
        return _("a score, or why it was not observed")
    if rating.score is not None and not rating.evidence and kind != OpinionKind.FIRST:
        return _("what the score rests on")
    return ""


def sealed_content(opinion: Opinion) -> bytes:
    """The canonical text that an opinion's commitment is to."""
    return decrypt(opinion.content, case=opinion.candidacy.case, label=content_label(opinion))


def nonce_of(opinion: Opinion) -> bytes:
    return decrypt(opinion.nonce, case=opinion.candidacy.case, label=nonce_label(opinion))


def content_label(opinion: Opinion) -> str:
    return f"opinion:{opinion.pseudonym}"


def nonce_label(opinion: Opinion) -> str:
    return f"nonce:{opinion.pseudonym}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A rating as it was revised, and why; the original stands in the sealed opinion."""

    revision: Revision
    rating: RatingEntry
    reason: str


def revisions_of(opinion: Opinion) -> list[Revised]:
    """Oldest first."""
    return [revised_of(revision) for revision in opinion.revisions.all()]


def rating_as_it_stands(opinion: Opinion, criterion: str) -> RatingEntry | None:
    """The newest revision of a rating, or the sealed one where there is none."""
    revised = [one.rating for one in revisions_of(opinion) if one.rating.criterion == criterion]
    if revised:
        return revised[-1]
    sealed = content_of(opinion).ratings
    return next((rating for rating in sealed if rating.criterion == criterion), None)


def revised_of(revision: Revision) -> Revised:
    """It is unblinded: whoever calls it has found the revision through an opened opinion."""
    written = json.loads(revision_content(revision))
    return Revised(
        revision=revision,
        rating=RatingEntry(
            criterion=written["criterion"],
            score=written["score"],
            evidence=tuple(written["evidence"]),
            reason_not_observed=written["reason_not_observed"],
        ),
        reason=written["reason"],
    )


def revision_content(revision: Revision) -> bytes:
    """The canonical text that a revision's commitment is to."""
    case = revision.opinion.candidacy.case
    return decrypt(revision.content, case=case, label=revision_label(revision.pseudonym))


def revision_nonce(revision: Revision) -> bytes:
    case = revision.opinion.candidacy.case
    return decrypt(revision.nonce, case=case, label=revision_nonce_label(revision.pseudonym))


def revision_label(pseudonym: UUID) -> str:
    return f"revision:{pseudonym}"


def revision_nonce_label(pseudonym: UUID) -> str:
    return f"revision-nonce:{pseudonym}"
