"""What every service here does with a row: hold it, encrypt its words, tell who waits."""

from typing import TypeVar

from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.audit.services import encrypt
from second_opinion.candidates.errors import WordsError
from second_opinion.candidates.models import Written
from second_opinion.candidates.services.mails import queue_mail
from second_opinion.candidates.states import MailKind
from second_opinion.cases.models import Candidacy
from second_opinion.cases.services import write_letter
from second_opinion.cases.states import LetterKind

MOST_CHARACTERS = 20_000

Row = TypeVar("Row", bound=Written)


def locked_row(candidacy: Candidacy) -> Candidacy:
    return (
        Candidacy.objects.select_for_update(of=("self",))
        .select_related("case__provider", "case__client", "case__coordinator")
        .get(pk=candidacy.pk)
    )


def tidied(text: str, *, what: str) -> str:
    """The words without white space around them; refuses none at all, and too many to read."""
    text = text.strip().replace("\r\n", "\n").replace("\x00", "")
    if not text:
        raise WordsError(_("Write %(what)s. Nothing was saved.") % {"what": what})
    if len(text) > MOST_CHARACTERS:
        raise WordsError(
            _(
                "That is %(found)s characters, and there is room for %(most)s. Shorten it, or add "
                "it as a file. Nothing was saved."
            )
            % {"found": len(text), "most": MOST_CHARACTERS}
        )
    return text


def keep(row: Row, words: str) -> Row:
    row.content = encrypt(words.encode(), case=row.candidacy.case, label=row.label)
    row.save()
    return row


def call_coordinator(candidacy: Candidacy) -> None:
    """Mail the coordinator that somebody waits for them; the mail does not say for what."""
    case = candidacy.case
    write_letter(case=case, kind=LetterKind.ATTENTION, reader=case.coordinator, about=candidacy)


def tell_candidate(candidacy: Candidacy, *, author: Person) -> None:
    """Mail the candidate that there is something new, where there is an address for it."""
    if candidacy.email:
        queue_mail(candidacy=candidacy, kind=MailKind.NEWS, author=author)
