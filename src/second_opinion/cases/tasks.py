"""The mails to those who sign in, carried out."""

from uuid import UUID

from second_opinion.audit.errors import AddressRefusedError
from second_opinion.audit.tasks import post
from second_opinion.cases import selectors, services
from second_opinion.cases.models import Letter
from second_opinion.cases.states import LetterKind
from second_opinion.cases.writing.letters import letter_words


def send_letter(pseudonym: UUID) -> None:
    """Send one letter, in its reader's language; what is sent, refused or dropped stays so."""
    letter = Letter.objects.select_related("case__provider", "reader").get(pseudonym=pseudonym)
    if letter.is_settled:
        return
    if not _is_still_wanted(letter):
        services.drop_letter(letter=letter)
        return
    case, reader = letter.case, letter.reader
    words = letter_words(
        LetterKind(letter.kind),
        language=reader.language,
        reference=case.reference,
        case=case.pseudonym,
        about=letter.about,
    )
    try:
        post(subject=words.subject, body=words.body, to=reader.email, mail=letter.pseudonym)
    except AddressRefusedError:
        services.mark_letter_refused(letter=letter)
    else:
        services.mark_letter_sent(letter=letter)


def _is_still_wanted(letter: Letter) -> bool:
    """Who has answered meanwhile, or was asked about criteria that are replaced, is left alone."""
    if not letter.reader.is_active:
        return False
    if letter.kind != LetterKind.APPROVAL_WANTED:
        return True
    profile = selectors.pending_profile(letter.case)
    awaited = selectors.approvals_awaited([letter.case]).get(letter.case_id, ())
    return profile is not None and profile.pseudonym == letter.about and letter.reader in awaited
