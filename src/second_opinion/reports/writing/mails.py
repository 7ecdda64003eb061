"""The words of the mails to whom a report is shared with: a link or a code, and nothing of it."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.candidates.writing.mails import code_words
from second_opinion.cases.writing.letters import Words
from second_opinion.reports.states import ShareMailKind


def share_words(
    kind: ShareMailKind, *, language: str, address: str = "…", until: date | None, code: str = "…"
) -> Words:
    """Address and code exist in the mail and nowhere else.

    until : the last day of the link; None while it is being chosen
    """
    if kind == ShareMailKind.CODE:
        return code_words(language=language, code=code)
    with translation.override(language):
        body = _(
            "Somebody whom you work with shares something with you:\n"
            "%(address)s\n\n"
            "The link is yours alone: do not pass it on. It works until %(day)s, and a code is "
            "mailed to you each time before anything is shown.\n\n"
            "If you expected nothing, you need do nothing."
        ) % {"address": address, "day": until.isoformat() if until else "…"}
        return Words(subject=_("Something for you to read"), body=body)
