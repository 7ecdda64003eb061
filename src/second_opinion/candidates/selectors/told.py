"""What may be seen of a candidate's side of a case. The coordinator's sight starts at the case."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import has_role, mail_state, token_hash
from second_opinion.accounts.states import MailState, Role
from second_opinion.audit.selectors import outbox_rows_of
from second_opinion.audit.services import decrypt
from second_opinion.candidates.models import Acknowledgement, Mailing, Notice, PersonalLink
from second_opinion.candidates.states import HowAcknowledged, LinkRole, MailKind
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a notice. Paragraphs are parted by blank lines; "- " begins an item of a list."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    mailing: Mailing
    state: MailState
    error: str


def candidacy_run_by(person: Person, pseudonym: UUID) -> Candidacy | None:
    """A candidacy for the coordinators of its provider; the client never comes this way."""
    candidacy = (
        Candidacy.objects.filter(pseudonym=pseudonym)
        .select_related("case__provider", "case__client", "case__orderer", "case__coordinator")
        .first()
    )
    if candidacy is None or not has_role(person, Role.COORDINATOR, candidacy.case.provider):
        return None
    if cases.case_for(person, candidacy.case.pseudonym) is None:  # the order is being written
        return None
    return candidacy


def link_of_token(token: str) -> PersonalLink | None:
    """The link with this token, live or not; None for a stranger's."""
    return _links().filter(token_hash=token_hash(token)).first()


def live_link(pseudonym: UUID | str, *, role: LinkRole = LinkRole.CANDIDATE) -> PersonalLink | None:
    """A link opens the pages of its own role, and no others."""
    link = _links().filter(pseudonym=pseudonym, role=role).first()
    return link if link is not None and link.is_live else None


def newest_notice(candidacy: Candidacy) -> Notice | None:
    """For the coordinators: the newest version, sent or not."""
    return candidacy.notices.order_by("version").last()


def notice_of(candidacy: Candidacy) -> Notice | None:
    """For the candidate: the newest version that was sent to them."""
    return candidacy.notices.filter(Exists(_sent_with(OuterRef("pk")))).order_by("version").last()


def sections_of(notice: Notice) -> tuple[Section, ...]:
    text = decrypt(notice.content, case=notice.candidacy.case, label=notice_label(notice.pseudonym))
    return tuple(Section(**section) for section in json.loads(text))


def notice_label(pseudonym: UUID) -> str:
    return f"notice:{pseudonym}"


def reason_label(pseudonym: UUID) -> str:
    return f"acknowledgement:{pseudonym}"


def acknowledgement_of(candidacy: Candidacy) -> Acknowledgement | None:
    """Of the newest notice that was sent, or of a later one; None while they have not read it."""
    current = _current_acknowledgements().filter(candidacy=candidacy)
    return current.select_related("notice", "recorded_by").order_by("notice__version").last()


def has_acknowledged(candidacy: Candidacy) -> bool:
    """Nothing is assessed before this is true; no query after `is_acknowledged` was annotated."""
    return acknowledgement_of(candidacy) is not None


def untold_in(of_cases: Collection[Case]) -> QuerySet[Candidacy]:
    """Who is still in these cases, and has neither been mailed a notice nor been told otherwise."""
    mailed = Mailing.objects.filter(kind=MailKind.NOTICE, candidacy=OuterRef("pk"))
    told = Acknowledgement.objects.filter(candidacy=OuterRef("pk"))
    remaining = Candidacy.objects.filter(case__in=of_cases, withdrawn_at__isnull=True)
    return remaining.exclude(Exists(mailed)).exclude(Exists(told))


def has_answered(candidacy: Candidacy) -> bool:
    """Whether anything has been heard of a candidate: then nobody reminds them any more."""
    return has_acknowledged(candidacy) or candidacy.question_rows.exists()


def is_acknowledged(candidacy_field: str) -> Exists:
    """`has_acknowledged` for a query whose rows name a candidacy in that field."""
    return Exists(_current_acknowledgements().filter(candidacy=OuterRef(candidacy_field)))


def reason_of(acknowledgement: Acknowledgement) -> str:
    """Why it was not given on the page; for the coordinators."""
    if acknowledgement.how == HowAcknowledged.PAGE:
        return ""
    case = acknowledgement.candidacy.case
    return decrypt(
        acknowledgement.reason, case=case, label=reason_label(acknowledgement.pseudonym)
    ).decode()


def mails_to(candidacy: Candidacy) -> list[MailLine]:
    """All that was mailed to a candidate, newest first, and how far each mail has come."""
    own = candidacy.mailings.filter(referee__isnull=True)
    return [
        _mail_line(mailing) for mailing in own.select_related("candidacy__case").order_by("-pk")
    ]


def _mail_line(mailing: Mailing) -> MailLine:
    row = outbox_rows_of(mailing.pseudonym).first()
    return MailLine(
        mailing=mailing,
        state=mail_state(
            mailing,
            is_practice=mailing.candidacy.case.is_practice,
            is_delayed=bool(row and row.last_error),
        ),
        error=row.last_error if row else "",
    )


def _links() -> QuerySet[PersonalLink]:
    return PersonalLink.objects.filter(candidacy__case__removed_at__isnull=True).select_related(
        "candidacy__case__provider",
        "candidacy__case__client",
        "candidacy__case__coordinator",
        "referee",
    )


def _sent_with(notice: OuterRef) -> QuerySet[Mailing]:
    return Mailing.objects.filter(kind=MailKind.NOTICE, notice=notice)


def _current_acknowledgements() -> QuerySet[Acknowledgement]:
    """Those that no later notice has been sent after."""
    later = Mailing.objects.filter(
        Q(notice__version__gt=OuterRef("notice__version")),
        kind=MailKind.NOTICE,
        candidacy=OuterRef("candidacy"),
    )
    return Acknowledgement.objects.exclude(Exists(later))
