"""The mails to whom a report is shared with, how they went, and what came back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import enqueue, record_event
from second_opinion.candidates.models import Mailing
from second_opinion.candidates.services import mark_returned
from second_opinion.cases import policies as cases
from second_opinion.cases.models import Case, Letter
from second_opinion.cases.services import mark_letter_returned
from second_opinion.reports.errors import ReportError
from second_opinion.reports.models import Share, ShareMail
from second_opinion.reports.states import ShareMailKind

SHARE_MAIL = "share.mail"


def queue_share_mail(
    *, share: Share, kind: ShareMailKind, author: Person | None = None
) -> ShareMail:
    """Ask for a mail to the share's address, inside the caller's transaction."""
    mail = ShareMail.objects.create(share=share, kind=kind, author=author)
    _record(mail, "share.mail_queued", actor=author)
    if not share.version.case.is_practice:  # of practice nothing goes out
        enqueue(kind=SHARE_MAIL, subject=mail)
    return mail


@transaction.atomic
def mark_share_mail_sent(*, mail: ShareMail) -> None:
    _mark(mail, "sent_at", verb="share.mail_sent")


@transaction.atomic
def mark_share_mail_refused(*, mail: ShareMail) -> None:
    """The mail server says for good that it will not take it: trying again would be of no use."""
    _mark(mail, "refused_at", verb="share.mail_refused")


@transaction.atomic
def drop_share_mail(*, mail: ShareMail) -> None:
    """The share has ended, or a later mail takes its place."""
    _mark(mail, "dropped_at", verb="share.mail_dropped")


@transaction.atomic
def mark_mail_returned(*, actor: Person, case: Case, mail: UUID) -> None:
    """Any mail of the case, to whomever it went: it came back to a coordinator's mailbox."""
    require(cases.may_run(actor, case))
    if letter := Letter.objects.filter(case=case, pseudonym=mail).first():
        mark_letter_returned(actor=actor, letter=letter)
    elif mailing := Mailing.objects.filter(candidacy__case=case, pseudonym=mail).first():
        mark_returned(actor=actor, mailing=mailing)
    elif shared := ShareMail.objects.filter(share__version__case=case, pseudonym=mail).first():
        if shared.returned_at is None:
            _mark(shared, "returned_at", verb="share.mail_returned", actor=actor)
    else:
        raise ReportError(_("There is no such mail in this case. Nothing was changed."))


def _mark(mail: ShareMail, field: str, *, verb: str, actor: Person | None = None) -> None:
    setattr(mail, field, timezone.now())
    mail.save(update_fields=[field])
    _record(mail, verb, actor=actor)


def _record(mail: ShareMail, verb: str, *, actor: Person | None) -> None:
    case = mail.share.version.case
    record_event(
        actor=actor,
        verb=verb,
        subject=mail,
        case=case,
        details={"case": case.pseudonym, "kind": mail.kind},
    )
