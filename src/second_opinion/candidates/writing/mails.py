"""The words of the mails to a candidate: a link and nothing else, in the candidate's language."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.candidates.states import MailKind
from second_opinion.cases.writing.letters import Words


def mail_words(kind: MailKind, *, language: str, address: str, until: date) -> Words:
    """Neutral: mails are forwarded, and read on locked screens at work.

    until : the last day of the link
    """
    with translation.override(language):
        begins = {
            MailKind.NOTICE: _("There is something for you to read."),
            MailKind.REMINDER: _("There is still something for you to read."),
            MailKind.LINK: _("Here is the new link that you asked for."),
            MailKind.NEWS: _("There is something new on your page."),
            MailKind.REFERENCE: _(
                "Somebody you have worked with has named you, and you are asked for a few answers."
            ),
            MailKind.REFERENCE_REMINDER: _(
                "You are still asked for a few answers on somebody you have worked with."
            ),
            MailKind.ANSWERS_REMINDER: _("A few answers of yours are still awaited."),
            MailKind.REFERENCE_LINK: _("Here is the new link that you asked for."),
        }[kind]
        body = begins + _(
            " Your own page shows it, and who it comes from:\n"
            "%(address)s\n\n"
            "The link is yours alone: do not pass it on. It works until %(day)s. After that the "
            "same page sends you a new one.\n\n"
            "If you expected nothing, you need do nothing."
        ) % {"address": address, "day": until.isoformat()}
        return Words(subject=_("Something for you to read"), body=body)


def code_words(*, language: str, code: str) -> Words:
    """The code before a report is shown."""
    with translation.override(language):
        return Words(
            subject=_("Your code"),
            body=_(
                "Your code is %(code)s\n\n"
                "Enter it on the page where you asked for it, within ten minutes. If you did not "
                "ask for a code, you need do nothing. Never give the code to anybody."
            )
            % {"code": code},
        )
