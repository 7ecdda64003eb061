"""The mails to those who sign in: which they are, what they say, and where their link leads.

No mail names a person, role, client, candidate or figure: mails are forwarded, and read on
locked screens. The reference number is what the reader knows the case by.
"""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.cases.states import LetterKind

# Whose page the link opens, and whether of the case or of what the letter is about.
_PAGE = {
    LetterKind.ASKED_BACK: "order",
    LetterKind.APPROVAL_WANTED: "profile",
    LetterKind.OBJECTED: "profile",
    LetterKind.ENGAGED: "assessments",
    LetterKind.ENGAGEMENT_ENDED: "assessments",
    LetterKind.OPENED: "assessments",
    LetterKind.MEETING: "assessments",
    LetterKind.DISCUSSION: "discussion",
    LetterKind.ASKED: "assessments",
    LetterKind.ANSWERED: "panel",
    LetterKind.TIE_TOLD: "conflicts",
    LetterKind.EARLY_ASKED: "early_readings",
    LetterKind.EARLY_READ: "early_readings",
    LetterKind.AUTHOR: "writing",
}
_PAGE_ABOUT = {
    LetterKind.REPORT: "report",
    LetterKind.ATTENTION: "candidacy",
    LetterKind.SILENT: "candidacy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A mail as it is read."""

    subject: str
    body: str


def letter_words(
    kind: LetterKind, *, language: str, reference: str, case: UUID, about: UUID
) -> Words:
    with translation.override(language):
        address = settings.SECOND_OPINION_PUBLIC_URL + _path(kind, case=case, about=about)
        how = _("You sign in with a code that we mail to this address.")
        body = f"{reference}: {_sentence(kind)}\n{address}\n\n{how}"
        return Words(subject=_subject(kind), body=body)


def _path(kind: LetterKind, *, case: UUID, about: UUID) -> str:
    if kind in _PAGE_ABOUT:
        return reverse(_PAGE_ABOUT[kind], args=[about])
    page = _PAGE.get(kind, "case")
    return reverse(page, args=[] if page == "assessments" else [case])


def _subject(kind: LetterKind) -> str:
    return {
        LetterKind.ACCEPTED: _("Something has happened in an order"),
        LetterKind.DECLINED: _("Something has happened in an order"),
        LetterKind.WITHDRAWN: _("Something has happened in an order"),
        LetterKind.OPENED: _("Something has happened in an order"),
        LetterKind.ENGAGED: _("You are asked for an assessment"),
        LetterKind.REPORT: _("A report is ready for you"),
        LetterKind.ATTENTION: _("Something new waits for you"),
        LetterKind.SILENT: _("Somebody has not answered"),
        LetterKind.MEETING: _("The time of a meeting"),
        LetterKind.DISCUSSION: _("Something new in the discussion"),
        LetterKind.ASKED: _("Could you assess?"),
        LetterKind.ANSWERED: _("You have an answer"),
        LetterKind.TIE_TOLD: _("A tie is to be decided"),
        LetterKind.ENGAGEMENT_ENDED: _("An engagement has ended"),
        LetterKind.EARLY_READ: _("A sealed opinion may be read early"),
        LetterKind.AUTHOR: _("A report for you to write"),
    }.get(kind, _("Something waits for you"))


def _sentence(kind: LetterKind) -> str:
    """Why the reader is written to."""
    return {
        LetterKind.ORDER_SENT: _("an order has come in. Read it, and take it on or not."),
        LetterKind.WHY_WANTED: _(
            "say in your own words why you want a second opinion. Without it nobody is told."
        ),
        LetterKind.ASKED_BACK: _("there is a question about your order."),
        LetterKind.APPROVAL_WANTED: _(
            "read the criteria, and approve them or say what must change."
        ),
        LetterKind.APPROVED: _("all who had to approve the criteria have done so."),
        LetterKind.OBJECTED: _("somebody wants a change in the criteria."),
        LetterKind.ACCEPTED: _("your order is accepted, and its criteria are fixed."),
        LetterKind.DECLINED: _("your order was declined. The reason is on its page."),
        LetterKind.WITHDRAWN: _("the case was withdrawn. You need do nothing more in it."),
        LetterKind.ENGAGED: _(
            "you are engaged as an assessor. Please discuss the assessment with nobody until all "
            "assessments are opened together."
        ),
        LetterKind.ALL_SEALED: _("everything is sealed, and can be opened together."),
        LetterKind.OPENED: _("all opinions were opened together."),
        LetterKind.REPORT: _(
            "the report can be read now. The report itself is never sent by mail."
        ),
        LetterKind.DECIDED: _("the decision is recorded. What is left can be done now."),
        LetterKind.ATTENTION: _("there is something new from one of those concerned."),
        LetterKind.SILENT: _(
            "one of those concerned has not answered two reminders. No more are sent. Perhaps you "
            "can telephone."
        ),
        LetterKind.MEETING: _(
            "the time of a meeting with you was chosen, or has changed. When and where stands "
            "with your assessments."
        ),
        LetterKind.DISCUSSION: _("there is something new in the discussion of the opinions."),
        LetterKind.ASKED: _(
            "could you assess here? Your page says what it is about. You can decline in two clicks."
        ),
        LetterKind.ANSWERED: _("somebody whom you asked to assess has answered."),
        **_of_few(),
    }[kind]


def _of_few() -> dict[LetterKind, str]:
    """What most cases never send."""
    return {
        LetterKind.TIE_TOLD: _("a tie to an assessor was declared, and waits for you."),
        LetterKind.AUTHOR: _("you are asked to write the report, and to sign it."),
        LetterKind.ENGAGEMENT_ENDED: _(
            "your engagement as an assessor has ended. You need do nothing more in it. Please go "
            "on discussing it with nobody."
        ),
        LetterKind.EARLY_ASKED: _(
            "a colleague asks to read a sealed opinion before the opening. Nobody reads it unless "
            "you agree."
        ),
        LetterKind.EARLY_READ: _(
            "a sealed opinion may now be read before the opening. The page says by whom, who "
            "agreed to it, and why."
        ),
    }
