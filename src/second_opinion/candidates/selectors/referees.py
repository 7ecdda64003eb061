"""Whom a candidate has named, and what a person has to look at before anybody writes to them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from second_opinion.audit.services import decrypt
from second_opinion.candidates.models import PersonalLink, Referee, RefereeReview
from second_opinion.candidates.selectors.words import words_of
from second_opinion.candidates.states import LinkRole, RefereeQuestion, Relation
from second_opinion.cases.models import Candidacy

# Where everybody may have their mail: that two share one of these says nothing.
PUBLIC_DOMAINS = frozenset(
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.se", "live.se",
        "live.com", "icloud.com", "me.com", "yahoo.com", "yahoo.se", "telia.com", "bredband.net",
        "comhem.se", "proton.me", "protonmail.com", "msn.com",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Where and when they worked together, by whole months."""

    employer: str
    began: date
    ended: date | None  # None: still


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What a coordinator made of the questions, in words."""

    review: RefereeReview
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A referee with what is to be looked at; `open_questions` are those no review has answered."""

    referee: Referee
    together: Together
    questions: tuple[RefereeQuestion, ...]
    open_questions: tuple[RefereeQuestion, ...]
    review: Reviewed | None

    @property
    def may_be_written_to(self) -> bool:
        is_held = bool(self.open_questions) or (
            self.review is not None and not self.review.review.counts
        )
        return self.referee.is_released and not is_held


def referees_of(
    candidacy: Candidacy, *, noticed: Iterable[tuple[int, RefereeQuestion]] = ()
) -> list[Named]:
    """Those the candidate has not taken back; for the candidate and the coordinators.

    noticed : by key of the referee, what only a higher room can have noticed
    """
    rows = list(
        candidacy.referees.filter(removed_at__isnull=True).select_related("candidacy__case__client")
    )
    return [_named(row, rows, list(noticed)) for row in rows]


def together_of(referee: Referee) -> Together:
    text = decrypt(referee.about, case=referee.candidacy.case, label=referee.label)
    stored = json.loads(text)
    return Together(
        employer=stored["employer"],
        began=date.fromisoformat(stored["began"]),
        ended=date.fromisoformat(stored["ended"]) if stored["ended"] else None,
    )


def referee_of_link(link: PersonalLink) -> Referee | None:
    """Whose link it is; None for a candidate's, and where the candidate has taken them back."""
    if link.role != LinkRole.REFEREE or link.referee is None or not link.referee.is_released:
        return None
    return link.referee


def _named(
    row: Referee, others: list[Referee], noticed: list[tuple[int, RefereeQuestion]]
) -> Named:
    questions = (*_questions(row, others), *(kind for key, kind in noticed if key == row.pk))
    review = row.reviews.select_related("candidacy__case", "author").order_by("pk").last()
    answered = set(review.kinds) if review else set()
    return Named(
        referee=row,
        together=together_of(row),
        questions=questions,
        open_questions=tuple(kind for kind in questions if kind.value not in answered),
        review=Reviewed(review=review, words=words_of(review)) if review else None,
    )


def _questions(row: Referee, others: list[Referee]) -> tuple[RefereeQuestion, ...]:
    domain, candidacy = _domain(row.email), row.candidacy
    at_present = {
        _domain(one.email) for one in others if one.pk != row.pk and _is_at_present(one)
    } - PUBLIC_DOMAINS
    at_client = candidacy.case.client.mail_domains.lower().split()
    own = _domain(candidacy.email)
    address = row.email.lower()
    is_so = {
        RefereeQuestion.PRESENT_EMPLOYER: _is_at_present(row) or domain in at_present,
        RefereeQuestion.AT_CLIENT: domain in at_client,
        RefereeQuestion.SHARED_ADDRESS: any(
            one.pk != row.pk and one.email.lower() == address for one in others
        ),
        RefereeQuestion.CANDIDATES_HOUSE: domain == own and domain not in PUBLIC_DOMAINS,
        RefereeQuestion.OPENED_BY_CANDIDATE: row.opened_by_candidate_at is not None,
    }
    return tuple(kind for kind, found in is_so.items() if found)


def _is_at_present(row: Referee) -> bool:
    """As the candidate says, or because they still work together."""
    is_ongoing = row.relation != Relation.CUSTOMER and together_of(row).ended is None
    return row.is_at_present_employer or is_ongoing


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
