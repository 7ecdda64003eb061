"""Mails as their readers read them: before they are sent, and in the list of what was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.candidates.models import Referee
from second_opinion.candidates.services import LINK_LIVES
from second_opinion.candidates.states import MailKind
from second_opinion.candidates.writing.mails import code_words, mail_words
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.cases.states import LetterKind
from second_opinion.cases.writing.letters import Words, letter_words
from second_opinion.library.directions import isolated
from second_opinion.reports.models import ReportVersion
from second_opinion.reports.selectors import SentMail
from second_opinion.reports.states import ShareMailKind
from second_opinion.reports.writing.mails import share_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One mail, and to whom it goes: everybody who reads it in the same words."""

    to: str
    language: str
    words: Words


def letter_previews(
    kind: LetterKind,
    case: Case,
    readers: Iterable[Person],
    *,
    about: ReportVersion | None = None,
    author: Person | None = None,
) -> tuple[Preview, ...]:
    """Of a mail to those who sign in, once for each language; its author gets none."""
    names: dict[str, list[str]] = {}
    for reader in {reader.pk: reader for reader in readers}.values():
        if author is None or reader.pk != author.pk:
            names.setdefault(reader.language, []).append(reader.name)
    return tuple(
        Preview(
            to=", ".join(map(isolated, to)),
            language=language,
            words=_letter(kind, case, language, about),
        )
        for language, to in names.items()
    )


def candidate_previews(case: Case, kind: MailKind = MailKind.NEWS) -> tuple[Preview, ...]:
    """Of a mail to all candidates who remain and have given an address."""
    return tuple(
        candidate_preview(candidacy, kind)
        for candidacy in remaining_candidacies_of(case).exclude(email="")
    )


def candidate_preview(candidacy: Candidacy, kind: MailKind = MailKind.NEWS) -> Preview:
    """Its link is made when it is sent, and is the candidate's alone."""
    return Preview(
        to=f"{candidacy}, {candidacy.email}",
        language=candidacy.language,
        words=_to_candidate(kind, candidacy.language),
    )


def share_preview(language: str) -> Preview:
    """Of the mail with the link; until when it works hangs on what is chosen."""
    words = share_words(ShareMailKind.LINK, language=language, until=None)
    return Preview(to=_("the address that you write"), language=language, words=words)


def discussion_preview(case: Case, language: str) -> Preview:
    """To everybody else in the discussion, once for a sitting."""
    words = _letter(LetterKind.DISCUSSION, case, language, None)
    return Preview(to=_("everybody else in the discussion"), language=language, words=words)


def referee_preview(referee: Referee, kind: MailKind) -> Preview:
    """Its link is made when it is sent, and is the referee's alone."""
    return Preview(
        to=f"{referee.name}, {referee.email}",
        language=referee.language,
        words=_to_candidate(kind, referee.language),
    )


def words_of(mail: SentMail) -> Words:
    """What a mail that was sent says; links of one's own, and codes, are left out of it."""
    if isinstance(mail.kind, MailKind):
        return _to_candidate(mail.kind, mail.language)
    if isinstance(mail.kind, ShareMailKind):
        return share_words(mail.kind, language=mail.language, until=mail.until)
    return letter_words(
        mail.kind,
        language=mail.language,
        reference=mail.case.reference,
        case=mail.case.pseudonym,
        about=mail.about or mail.case.pseudonym,
    )


def _letter(kind: LetterKind, case: Case, language: str, about: ReportVersion | None) -> Words:
    return letter_words(
        kind,
        language=language,
        reference=case.reference,
        case=case.pseudonym,
        about=(about or case).pseudonym,
    )


def _to_candidate(kind: MailKind, language: str) -> Words:
    if kind == MailKind.CODE:
        return code_words(language=language, code="…")
    address = f"{settings.SECOND_OPINION_PUBLIC_URL}/personal/…/"
    return mail_words(
        kind, language=language, address=address, until=timezone.localdate() + LINK_LIVES
    )
