"""What the opinions room does for others, outside the transaction that asked for it."""

from uuid import UUID

from second_opinion.cases.models import Case
from second_opinion.cases.services import write_letters
from second_opinion.cases.states import LetterKind
from second_opinion.opinions import selectors


def release_assessors(pseudonym: UUID) -> None:
    """Tell everybody engaged that the case was withdrawn; those told already are not told again."""
    case = Case.objects.get(pseudonym=pseudonym)
    told = case.letters.filter(kind=LetterKind.WITHDRAWN).values("reader")
    readers = selectors.assessors_of(case).exclude(pk__in=told)
    write_letters(case=case, kind=LetterKind.WITHDRAWN, readers=readers)
