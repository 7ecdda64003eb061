"""Everything that was mailed in a person's cases: to those who sign in, and to candidates."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from second_opinion.accounts.models import Mail, Person
from second_opinion.accounts.selectors import mail_state, organisations_by_role
from second_opinion.accounts.states import MailState, Role
from second_opinion.audit.selectors import delayed_among
from second_opinion.candidates.models import Mailing
from second_opinion.candidates.states import MailKind
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case, Letter
from second_opinion.cases.states import LetterKind
from second_opinion.reports.models import ShareMail
from second_opinion.reports.states import ShareMailKind


class Fate(TypedDict):
    """What is told of every mail in the same way."""

    pseudonym: UUID
    author: str
    queued_at: datetime
    state: MailState


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """One mail, without its words.

    author : who set it off by what they did; empty where it was the software, or a candidate
    about : what its link opens, for a mail to somebody who signs in
    until : the last day of a shared link
    """

    pseudonym: UUID
    case: Case
    kind: LetterKind | MailKind | ShareMailKind
    to: str
    language: str
    author: str
    queued_at: datetime
    state: MailState
    about: UUID | None
    until: date | None = None

    @property
    def can_come_back(self) -> bool:
        """The mail server took it: whether it arrived, only its sender's mailbox tells."""
        return self.state == MailState.SENT


def mails_visible_to(
    person: Person, *, case: Case | None = None
) -> QuerySet[Letter, tuple[datetime, UUID]]:
    """When and by which pseudonym all was mailed, newest first; of one case, or of all.

    For the coordinators of a case's provider and for nobody else.
    """
    runs = cases.cases_visible_to(person).filter(
        provider__in=organisations_by_role(person)[Role.COORDINATOR]
    )
    runs = runs.filter(cases.is_real() if case is None else Q(pk=case.pk)).order_by()
    letters = Letter.objects.filter(case__in=runs).order_by()
    mailings = Mailing.objects.filter(candidacy__case__in=runs).order_by()
    shared = ShareMail.objects.filter(share__version__case__in=runs).order_by()
    found = letters.values_list("queued_at", "pseudonym").union(
        mailings.values_list("queued_at", "pseudonym"),
        shared.values_list("queued_at", "pseudonym"),
        all=True,
    )
    return found.order_by("-queued_at", "pseudonym")


def sent_mails(found: Sequence[tuple[datetime, UUID]]) -> list[SentMail]:
    """The mails behind these pseudonyms, in their order; in as many queries as for one."""
    pseudonyms = [pseudonym for _, pseudonym in found]
    delayed = delayed_among(pseudonyms)
    letters = Letter.objects.filter(pseudonym__in=pseudonyms)
    mailings = Mailing.objects.filter(pseudonym__in=pseudonyms)
    shared = ShareMail.objects.filter(pseudonym__in=pseudonyms)
    mails = [
        *(
            _of_letter(one, delayed)
            for one in letters.select_related("case__provider", "reader", "author")
        ),
        *(
            _of_mailing(one, delayed)
            for one in mailings.select_related("candidacy__case__provider", "referee", "author")
        ),
        *(
            _of_share_mail(one, delayed)
            for one in shared.select_related(
                "share__version__case__provider", "share__made_by", "author"
            )
        ),
    ]
    by_pseudonym = {mail.pseudonym: mail for mail in mails}
    return [by_pseudonym[pseudonym] for pseudonym in pseudonyms]


def _of_letter(letter: Letter, delayed: Collection[UUID]) -> SentMail:
    return SentMail(
        case=letter.case,
        kind=LetterKind(letter.kind),
        to=letter.reader.name,
        language=letter.reader.language,
        about=letter.about,
        **_fate(letter, letter.case, delayed),
    )


def _of_mailing(mailing: Mailing, delayed: Collection[UUID]) -> SentMail:
    candidacy, reader = mailing.candidacy, mailing.referee or mailing.candidacy
    return SentMail(
        case=candidacy.case,
        kind=MailKind(mailing.kind),
        to=reader.name,
        language=reader.language,
        about=None,
        **_fate(mailing, candidacy.case, delayed),
    )


def _of_share_mail(mail: ShareMail, delayed: Collection[UUID]) -> SentMail:
    """The coordinators see with whom a report is shared."""
    case = mail.share.version.case
    return SentMail(
        case=case,
        kind=ShareMailKind(mail.kind),
        to=mail.share.email,
        language=mail.share.made_by.language,
        about=None,
        until=timezone.localdate(mail.share.expires_at),
        **_fate(mail, case, delayed),
    )


def _fate(mail: Mail, case: Case, delayed: Collection[UUID]) -> Fate:
    return Fate(
        pseudonym=mail.pseudonym,
        author=mail.author.name if mail.author else "",
        queued_at=mail.queued_at,
        state=mail_state(mail, is_practice=case.is_practice, is_delayed=mail.pseudonym in delayed),
    )
