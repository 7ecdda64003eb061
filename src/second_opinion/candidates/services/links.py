"""Personal links: made when a mail goes out, renewed by their holder, closed by a coordinator."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.accounts.selectors import token_hash
from second_opinion.accounts.services.links import new_token
from second_opinion.audit.services import record_event
from second_opinion.candidates import selectors
from second_opinion.candidates.models import PersonalLink, Referee
from second_opinion.candidates.services.mails import queue_mail
from second_opinion.candidates.states import LinkRole, MailKind
from second_opinion.cases import policies as cases
from second_opinion.cases.models import Candidacy

LINK_LIVES = timedelta(days=30)
MOST_RENEWALS = 3
RENEWALS_WITHIN = timedelta(hours=1)


def make_token(*, candidacy: Candidacy, referee: Referee | None = None) -> tuple[PersonalLink, str]:
    """A new link and its token, which exists in the mail and nowhere else."""
    token = new_token()
    link = PersonalLink.objects.create(
        candidacy=candidacy,
        role=LinkRole.CANDIDATE if referee is None else LinkRole.REFEREE,
        referee=referee,
        token_hash=token_hash(token),
        expires_at=timezone.now() + LINK_LIVES,
    )
    return link, token


@transaction.atomic
def renew_link(*, token: str) -> None:
    """Mail a new link to the stored address; a stranger's token does nothing, and tells nothing.

    A link that a coordinator has closed is not renewed: it may be in wrong hands.
    """
    link = selectors.link_of_token(token)
    if link is None or link.closed_at is not None:
        return
    candidacy = Candidacy.objects.select_for_update().get(pk=link.candidacy_id)
    is_referees = link.role == LinkRole.REFEREE
    referee = selectors.referee_of_link(link)
    if is_referees and referee is None:
        return
    kind = MailKind.REFERENCE_LINK if is_referees else MailKind.LINK
    recent = candidacy.mailings.filter(
        kind=kind, referee=referee, queued_at__gt=timezone.now() - RENEWALS_WITHIN
    )
    if (is_referees or candidacy.email) and recent.count() < MOST_RENEWALS:
        queue_mail(candidacy=candidacy, kind=kind, referee=referee)


@transaction.atomic
def close_links(*, actor: Person, candidacy: Candidacy) -> int:
    """Close all of a candidate's links at once, as when a mail went to a wrong address."""
    require(cases.may_run(actor, candidacy.case))
    own = candidacy.links.filter(role=LinkRole.CANDIDATE, closed_at__isnull=True)
    closed = own.update(closed_at=timezone.now())
    record_event(
        actor=actor,
        verb="candidate.links_closed",
        subject=candidacy,
        case=candidacy.case,
        details={"links": closed},
    )
    return closed
