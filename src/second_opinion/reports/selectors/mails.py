"""Everything that was mailed in a person's cases: to those who sign in, and to candidates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import organisations_by_role
from second_opinion.accounts.states import Role
from second_opinion.audit.selectors import delayed_among
from second_opinion.candidates import selectors as candidates
from second_opinion.candidates.models import Mailing
from second_opinion.candidates.states import MailKind, MailState
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case, Letter
from second_opinion.cases.states import LetterKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """One mail, without its words.

    author : who set it off by what they did; empty where it was the software, or a candidate
    about : what its link opens, for a mail to somebody who signs in
    """

    case: Case
    kind: LetterKind | MailKind
    to: str
    language: str
    author: str
    queued_at: datetime
    state: MailState
    about: UUID | None


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
    both = letters.values_list("queued_at", "pseudonym").union(
        mailings.values_list("queued_at", "pseudonym"), all=True
    )
    return both.order_by("-queued_at", "pseudonym")


def sent_mails(found: Sequence[tuple[datetime, UUID]]) -> list[SentMail]:
    """The mails behind these pseudonyms, in their order; in as many queries as for one."""
    pseudonyms = [pseudonym for _, pseudonym in found]
    delayed = delayed_among(pseudonyms)
    letters = Letter.objects.filter(pseudonym__in=pseudonyms)
    mailings = Mailing.objects.filter(pseudonym__in=pseudonyms)
    mails = {
        letter.pseudonym: _of_letter(letter, is_delayed=letter.pseudonym in delayed)
        for letter in letters.select_related("case__provider", "reader", "author")
    } | {
        mailing.pseudonym: _of_mailing(mailing, is_delayed=mailing.pseudonym in delayed)
        for mailing in mailings.select_related("candidacy__case__provider", "author")
    }
    return [mails[pseudonym] for pseudonym in pseudonyms]


def _of_letter(letter: Letter, *, is_delayed: bool) -> SentMail:
    state = MailState.DELAYED if is_delayed else MailState.QUEUED
    state = MailState.PRACTISED if letter.case.is_practice else state
    for at, reached in (
        (letter.sent_at, MailState.SENT),
        (letter.refused_at, MailState.REFUSED),
        (letter.dropped_at, MailState.DROPPED),
    ):
        state = reached if at is not None else state
    return SentMail(
        case=letter.case,
        kind=LetterKind(letter.kind),
        to=letter.reader.name,
        language=letter.reader.language,
        author=letter.author.name if letter.author else "",
        queued_at=letter.queued_at,
        state=state,
        about=letter.about,
    )


def _of_mailing(mailing: Mailing, *, is_delayed: bool) -> SentMail:
    return SentMail(
        case=mailing.candidacy.case,
        kind=MailKind(mailing.kind),
        to=mailing.candidacy.name,
        language=mailing.candidacy.language,
        author=mailing.author.name if mailing.author else "",
        queued_at=mailing.queued_at,
        state=candidates.mail_state(mailing, is_delayed=is_delayed),
        about=None,
    )
