"""The mails that tell an assessor what waits. They hold a link and no word of anybody's."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.audit.tasks import post
from second_opinion.cases.models import Case
from second_opinion.cases.services import write_letters
from second_opinion.cases.states import LetterKind
from second_opinion.opinions import selectors
from second_opinion.opinions.models import Remark, Revision
from second_opinion.opinions.selectors import people_in_discussion


def release_assessors(pseudonym: UUID) -> None:
    """Tell everybody engaged that the case was withdrawn; those told already are not told again."""
    case = Case.objects.get(pseudonym=pseudonym)
    told = case.letters.filter(kind=LetterKind.WITHDRAWN).values("reader")
    readers = selectors.assessors_of(case).exclude(pk__in=told)
    write_letters(case=case, kind=LetterKind.WITHDRAWN, readers=readers)


def tell_discussion(pseudonym: UUID) -> None:
    """Everybody in the discussion but who wrote: that there is something new, and no more."""
    case, author = _news(pseudonym)
    if case.is_practice:
        return
    for person in people_in_discussion(case):
        if person == author:
            continue
        with translation.override(person.language):
            subject = _("Something new in the discussion")
            body = _(
                "There is something new in the discussion of the order %(reference)s:\n"
                "%(address)s\n\n"
                "You sign in with a code that we mail to this address."
            ) % {
                "reference": case.reference,
                "address": settings.SECOND_OPINION_PUBLIC_URL
                + reverse("discussion", args=[case.pseudonym]),
            }
        post(subject=subject, body=body, to=person.email)


def _news(pseudonym: UUID) -> tuple[Case, Person]:
    remark = (
        Remark.objects.filter(pseudonym=pseudonym)
        .select_related("candidacy__case__provider", "author")
        .first()
    )
    if remark is not None:
        return remark.candidacy.case, remark.author
    revision = Revision.objects.select_related(
        "opinion__candidacy__case__provider", "opinion__assessor"
    ).get(pseudonym=pseudonym)
    return revision.opinion.candidacy.case, revision.opinion.assessor
