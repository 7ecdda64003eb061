"""A referee answers once, on the criteria of the case, or declines."""

import dataclasses

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, encrypt, record_event
from second_opinion.candidates.models import Mailing, Referee
from second_opinion.candidates.services import remind_referee, review_referee
from second_opinion.candidates.states import RefereeQuestion, Relation
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import criteria_of
from second_opinion.cases.writing.figures import figure
from second_opinion.ingest.case_file import RatingEntry, ReadingEntry
from second_opinion.instruments import policies, selectors
from second_opinion.instruments.analysis import error_by_validity, halo_of_one_rater
from second_opinion.instruments.errors import InvalidReferenceError
from second_opinion.instruments.models import Reference, Result
from second_opinion.instruments.selectors import ReferenceAnswer, ResultEntry
from second_opinion.instruments.services.results import correct_result, keep_result
from second_opinion.instruments.states import ResultKind
from second_opinion.library.validity import DEFAULT_VALUE_SET, VALUE_SETS

LONGEST = 5000  # characters of one text
# As the report names them, which names no referee.
RELATIONS = {
    Relation.MANAGER: gettext_lazy("a manager"),
    Relation.COLLEAGUE: gettext_lazy("a colleague"),
    Relation.REPORT: gettext_lazy("somebody whom the candidate led"),
    Relation.CUSTOMER: gettext_lazy("a customer or partner"),
    Relation.OTHER: gettext_lazy("somebody else"),
}


@transaction.atomic
def give_reference(*, referee: Referee, answer: ReferenceAnswer) -> Reference:
    """Keep a referee's answer, and what it says of the criteria as a result with its error."""
    referee = _locked(referee)
    require(policies.may_answer_reference(referee))
    _check(answer, case=referee.candidacy.case)
    scored = [one for one in answer.ratings if one.score is not None]
    result = None
    if scored:
        entry = _entry(referee, scored)
        result = keep_result(actor=None, candidacy=referee.candidacy, entry=entry)
    return _keep(referee, answer.as_dict(), result=result)


@transaction.atomic
def decline_reference(*, referee: Referee, reason: str) -> Reference:
    """A referee would rather not; the reason is theirs, and nobody writes to them again."""
    referee = _locked(referee)
    require(policies.may_answer_reference(referee))
    if not reason.strip():
        raise InvalidReferenceError(
            _("Say in a few words why. That is all we ask. Nothing was saved.")
        )
    return _keep(referee, {"reason": reason.strip()[:LONGEST]}, is_declined=True)


@transaction.atomic
def review_reference(
    *,
    actor: Person,
    referee: Referee,
    words: str,
    counts: bool,
    kinds: tuple[RefereeQuestion, ...],
) -> None:
    """A coordinator has looked at the questions; an answer that does not count is taken back.

    Until the opening; the words stay with it. Should it count after all, it is put in again.
    """
    review_referee(actor=actor, referee=referee, words=words, counts=counts, kinds=kinds)
    reference = selectors.reference_of(referee)
    if reference is None or reference.result is None:
        return
    versions = selectors.versions_of(reference.result)
    if versions[-1].is_taken_back != counts:
        return
    as_given = versions[0].entry
    correct_result(
        actor=actor,
        result=versions[-1].result,
        entry=as_given if counts else dataclasses.replace(as_given, readings=()),
        reason=words,
    )


@transaction.atomic
def remind_of_reference(*, mailing: Mailing) -> None:
    """The worker's: it stops at an answer."""
    is_answered = Reference.objects.filter(referee=mailing.referee_id).exists()
    remind_referee(mailing=mailing, is_answered=is_answered)


def _keep(
    referee: Referee, content: object, *, is_declined: bool = False, result: Result | None = None
) -> Reference:
    reference = Reference(
        referee=referee,
        candidacy=referee.candidacy,
        is_declined=is_declined,
        result=result,
        at=timezone.now(),
    )
    reference.content = encrypt(
        canonical_json(content), case=referee.candidacy.case, label=reference.label
    )
    reference.save()
    record_event(
        actor=referee,
        verb="reference.declined" if is_declined else "reference.given",
        subject=reference,
        case=referee.candidacy.case,
        details={"candidacy": referee.candidacy.pseudonym},
    )
    return reference


def _entry(referee: Referee, scored: list[RatingEntry]) -> ResultEntry:
    case = referee.candidacy.case
    review = VALUE_SETS[DEFAULT_VALUE_SET]
    validity = review.methods["references"].validity
    error = error_by_validity(validity, case=case)
    given = Reference.objects.filter(candidacy=referee.candidacy, is_declined=False)
    with override(case.language):
        name = _("Reference %(number)s, %(relation)s") % {
            "number": given.count() + 1,
            "relation": RELATIONS[Relation(referee.relation)],
        }
        source = _(
            "One referee's scores on the case's criteria. References have gone with later "
            "performance by %(validity)s (%(review)s), and the error is what that leaves."
        ) % {"validity": figure(validity), "review": review.cited}
    return ResultEntry(
        kind=ResultKind.REFERENCE,
        name=name,
        source=source,
        error_correlation=halo_of_one_rater(case=case),
        readings=tuple(
            ReadingEntry(criterion=one.criterion, value=one.score, standard_error=error)
            for one in scored
            if one.score is not None
        ),
    )


def _check(answer: ReferenceAnswer, *, case: Case) -> None:
    names = [criterion.name for criterion in criteria_of(case)]
    if [one.criterion for one in answer.ratings] != names:
        raise InvalidReferenceError(
            _("The criteria have changed meanwhile. Open your page once more.")
        )
    if answer.ended is not None and answer.ended < answer.began:
        raise InvalidReferenceError(_("It ended before it began: look at the months."))
    for one in answer.ratings:
        if one.score is None:
            continue
        if not case.scale_low <= one.score <= case.scale_high:
            raise InvalidReferenceError(
                _("%(criterion)s: choose one of the levels, or that you have not seen it.")
                % {"criterion": one.criterion}
            )
        if not any(text.strip() for text in one.evidence):
            raise InvalidReferenceError(
                _("%(criterion)s: say what you have seen that your answer rests on.")
                % {"criterion": one.criterion}
            )
    if sum(len(text) for one in answer.ratings for text in one.evidence) > 10 * LONGEST:
        raise InvalidReferenceError(_("That is more than can be kept. Shorten it."))


def _locked(referee: Referee) -> Referee:
    """The case first, as the opening does; then nobody answers twice."""
    case = Case.objects.select_for_update(of=("self",)).get(candidacies=referee.candidacy_id)
    found = Referee.objects.select_for_update(of=("self",)).get(pk=referee.pk)
    found.candidacy = Candidacy.objects.get(pk=referee.candidacy_id)
    found.candidacy.case = case
    return found
