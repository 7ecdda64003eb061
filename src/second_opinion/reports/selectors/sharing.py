"""With whom a report is shared, and who holds such a link."""

from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import has_role, token_hash
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Case
from second_opinion.reports.models import Share
from second_opinion.reports.selectors.deciders import is_orderer


def shares_visible_to(person: Person, *, case: Case) -> QuerySet[Share]:
    """For who ordered the case and for the coordinators, newest first, with their openings."""
    orders = is_orderer(person, case)
    if not orders and not has_role(person, Role.COORDINATOR, case.provider):
        return Share.objects.none()
    return (
        Share.objects.filter(version__case=case)
        .select_related("version", "made_by")
        .annotate(n_openings=Count("openings"), opened_last=Max("openings__at"))
        .order_by("-pk")
    )


def live_shares_of(case: Case) -> QuerySet[Share]:
    return Share.objects.filter(
        version__case=case, closed_at__isnull=True, expires_at__gt=timezone.now()
    )


def share_of_token(token: str) -> Share | None:
    """The live share with this token; None for a stranger's, and for one that has ended."""
    return _live(_shares().filter(token_hash=token_hash(token)).first())


def live_share(pseudonym: UUID | str) -> Share | None:
    return _live(_shares().filter(pseudonym=pseudonym).first())


def _live(share: Share | None) -> Share | None:
    return share if share is not None and share.is_live else None


def _shares() -> QuerySet[Share]:
    return Share.objects.select_related("version__case__client", "version__case__provider")
