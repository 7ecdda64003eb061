"""What is said of the opinions after they were opened."""

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import encrypt, record_event
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case, Criterion
from second_opinion.cases.services import write_letters
from second_opinion.cases.states import LetterKind
from second_opinion.opinions import policies, selectors
from second_opinion.opinions.errors import InvalidRatingError, RemarkError
from second_opinion.opinions.models import Remark

MOST_CHARACTERS = 10_000


@transaction.atomic
def add_remark(*, actor: Person, candidacy: Candidacy, criterion: Criterion, words: str) -> Remark:
    """Say something in the discussion of a criterion; the same words twice in a row are one remark.

    The others get one mail for a sitting, without a word of what was said.
    """
    candidacy = _locked_row(candidacy)
    require(policies.may_discuss(actor, candidacy))
    if criterion not in cases.criteria_of(candidacy.case):
        raise InvalidRatingError(
            _("%(criterion)s is no criterion of this case.") % {"criterion": criterion.name}
        )
    words = _tidied(words)
    newest = selectors.newest_remark(candidacy, criterion)
    is_same = newest is not None and newest.author_id == actor.pk
    if newest is not None and is_same and selectors.words_of_remark(newest) == words:
        return newest
    is_sitting = selectors.has_just_contributed(actor, candidacy)
    remark = Remark(candidacy=candidacy, criterion=criterion, author=actor)
    label = selectors.remark_label(remark.pseudonym)
    remark.content = encrypt(words.encode(), case=candidacy.case, label=label)
    remark.save()
    record_event(
        actor=actor,
        verb="discussion.remarked",
        subject=remark,
        case=candidacy.case,
        details={"case": candidacy.case.pseudonym, "candidacy": candidacy.pseudonym},
    )
    if not is_sitting:
        tell_the_others(candidacy.case, author=actor)
    return remark


def tell_the_others(case: Case, *, author: Person) -> None:
    """Mail everybody else in the discussion, inside the caller's transaction."""
    write_letters(
        case=case,
        kind=LetterKind.DISCUSSION,
        readers=selectors.people_in_discussion(case),
        author=author,
    )


def _tidied(words: str) -> str:
    words = words.strip().replace("\r\n", "\n").replace("\x00", "")
    if not words:
        raise RemarkError(_("Write what you want to say. Nothing was saved."))
    if len(words) > MOST_CHARACTERS:
        raise RemarkError(
            _("That is %(found)s characters, and there is room for %(most)s. Nothing was saved.")
            % {"found": len(words), "most": MOST_CHARACTERS}
        )
    return words


def _locked_row(candidacy: Candidacy) -> Candidacy:
    return (
        Candidacy.objects.select_for_update(of=("self",))
        .select_related("case__provider", "case__coordinator")
        .get(pk=candidacy.pk)
    )
