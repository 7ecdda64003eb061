"""A work sample: one task for all finalists, answered once, rated by two apart from each other.

Two sealed ratings become a result by themselves. One alone is counted only when a coordinator
says so, with the larger error that a single rater leaves.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, encrypt, record_event
from second_opinion.candidates.analysis.uploads import cleaned, plain_name
from second_opinion.candidates.services import MOST_BYTES, tell_candidate, too_large
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import criteria_of, remaining_candidacies_of
from second_opinion.ingest.case_file import RatingEntry, ReadingEntry
from second_opinion.instruments import policies, selectors
from second_opinion.instruments.analysis import raters_together
from second_opinion.instruments.errors import WorkSampleError
from second_opinion.instruments.models import (
    Result,
    WorkSample,
    WorkSampleAttempt,
    WorkSampleRating,
)
from second_opinion.instruments.selectors import ResultEntry
from second_opinion.instruments.services.results import keep_result
from second_opinion.instruments.states import ResultKind

MOST_CHARACTERS = 20_000
MOST_RATERS = 2
FEWEST_MINUTES, MOST_MINUTES = 5, 480


@transaction.atomic
def write_task(
    *, actor: Person, case: Case, task: str, minutes: int, criteria: Sequence[str]
) -> WorkSample:
    """Write the task, until it is given; the anchors of its criteria are the rubric."""
    case = _locked(case)
    require(policies.may_write_task(actor, case))
    names = [one.name for one in criteria_of(case) if one.name in criteria]
    if not task.strip() or len(task) > MOST_CHARACTERS:
        raise WorkSampleError(
            _("Write the task, in at most %(most)s characters.") % {"most": MOST_CHARACTERS}
        )
    if not FEWEST_MINUTES <= minutes <= MOST_MINUTES:
        raise WorkSampleError(
            _("Give it %(fewest)s to %(most)s minutes.")
            % {"fewest": FEWEST_MINUTES, "most": MOST_MINUTES}
        )
    if not names:
        raise WorkSampleError(_("Choose at least one criterion that the answer shows."))
    sample, _is_new = WorkSample.objects.update_or_create(
        case=case,
        defaults={
            "task": task.strip(),
            "minutes": minutes,
            "criteria": names,
            "written_by": actor,
        },
    )
    record_event(actor=actor, verb="work_sample.written", subject=sample, case=case)
    return sample


@transaction.atomic
def give_task(*, actor: Person, case: Case) -> WorkSample:
    """Show it to every finalist who remains, and mail them; from now on it stays as it is."""
    case = _locked(case)
    require(policies.may_give_task(actor, case))
    sample = WorkSample.objects.select_for_update().get(case=case)
    sample.given_at = timezone.now()
    sample.save(update_fields=["given_at"])
    record_event(actor=actor, verb="work_sample.given", subject=sample, case=case)
    for candidacy in remaining_candidacies_of(case):
        tell_candidate(candidacy, author=actor)
    return sample


@transaction.atomic
def begin_task(*, candidacy: Candidacy) -> WorkSampleAttempt:
    """The candidate asks for the task; from here their time is noted. Twice is once."""
    candidacy = _with_case(candidacy)
    require(policies.may_take_task(candidacy))
    sample = WorkSample.objects.get(case=candidacy.case)
    attempt, is_new = WorkSampleAttempt.objects.get_or_create(
        candidacy=candidacy, defaults={"work_sample": sample}
    )
    if is_new:
        _record(candidacy, "work_sample.begun", attempt)
    return attempt


@transaction.atomic
def answer_task(
    *, candidacy: Candidacy, words: str = "", name: str = "", content: bytes = b""
) -> WorkSampleAttempt:
    """Keep the candidate's answer, words or one file, once and for good."""
    candidacy = _with_case(candidacy)
    require(policies.may_answer_task(candidacy))
    attempt = WorkSampleAttempt.objects.select_for_update().get(candidacy=candidacy)
    words = words.strip().replace("\r\n", "\n").replace("\x00", "")
    if bool(words) == bool(content) or len(words) > MOST_CHARACTERS:
        raise WorkSampleError(
            _("Write your answer, or send one file: one of the two. Nothing was saved.")
        )
    if content:
        if len(content) > MOST_BYTES:
            raise too_large(len(content))
        taken = cleaned(content)
        about = {"name": plain_name(name), "media_type": taken.media_type}
        attempt.about = encrypt(
            canonical_json(about), case=candidacy.case, label=attempt.about_label
        )
        content = taken.content
    attempt.content = encrypt(content or words.encode(), case=candidacy.case, label=attempt.label)
    attempt.answered_at = timezone.now()
    attempt.save(update_fields=["content", "about", "answered_at"])
    _record(candidacy, "work_sample.answered", attempt)
    return attempt


@transaction.atomic
def ask_rater(*, actor: Person, candidacy: Candidacy, rater: Person) -> WorkSampleRating:
    """Engage somebody to rate: for the opinions room, which knows who may. Two at most."""
    candidacy = _with_case(candidacy)
    require(policies.can_be_assessed(candidacy))
    asked = selectors.ratings_on([candidacy])
    for one in asked:
        if one.rater_id == rater.pk:
            return one
    if len(asked) >= MOST_RATERS:
        raise WorkSampleError(_("Two rate an answer, and two are engaged."))
    rating = WorkSampleRating.objects.create(candidacy=candidacy, rater=rater)
    record_event(
        actor=actor,
        verb="work_sample.rater_engaged",
        subject=rating,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym, "rater": rater.pseudonym},
    )
    return rating


@transaction.atomic
def rate_task(
    *, actor: Person, rating: WorkSampleRating, ratings: Sequence[RatingEntry]
) -> WorkSampleRating:
    """Save levels and what they rest on, as a draft that nobody else reads."""
    rating = _own(rating)
    require(policies.may_rate(actor, rating))
    case = rating.candidacy.case
    rows = [[one.criterion, one.score, list(one.evidence)] for one in ratings]
    for one in ratings:
        if one.score is not None and not case.scale_low <= one.score <= case.scale_high:
            raise WorkSampleError(
                _("%(criterion)s: choose one of the levels.") % {"criterion": one.criterion}
            )
    rating.content = encrypt(canonical_json(rows), case=case, label=rating.label)
    rating.save(update_fields=["content"])
    return rating


@transaction.atomic
def seal_task_rating(*, actor: Person, rating: WorkSampleRating) -> WorkSampleRating:
    """Fix it for good. The second seal makes a result of both, before anybody reads either."""
    rating = _own(rating)
    require(policies.may_rate(actor, rating))
    sample = WorkSample.objects.get(case=rating.candidacy.case)
    given = {one.criterion: one for one in selectors.entries_in(rating)}
    missing = [
        name
        for name in sample.criteria
        if name not in given or given[name].score is None or not given[name].evidence
    ]
    if missing:
        raise WorkSampleError(
            _("Before you can seal, this is missing: %(criteria)s.")
            % {"criteria": ", ".join(missing)}
        )
    rating.sealed_at = timezone.now()
    rating.save(update_fields=["sealed_at"])
    record_event(
        actor=actor,
        verb="work_sample.rated",
        subject=rating,
        case=rating.candidacy.case,
        is_hidden_until_opening=True,
        details={"candidacy": rating.candidacy.pseudonym},
    )
    sealed = [one for one in selectors.ratings_on([rating.candidacy]) if one.sealed_at]
    if len(sealed) == MOST_RATERS:
        _combine(rating.candidacy, sample, sealed)
    return rating


@transaction.atomic
def count_one_rater(*, actor: Person, candidacy: Candidacy) -> Result:
    """Where no second rater can be had: one sealed rating counts alone, with its larger error."""
    candidacy = _with_case(candidacy)
    require(policies.may_count_one_rater(actor, candidacy))
    attempt = WorkSampleAttempt.objects.select_for_update().get(candidacy=candidacy)
    sealed = [one for one in selectors.ratings_on([candidacy]) if one.sealed_at]
    attempt.counted_alone_at = timezone.now()
    attempt.save(update_fields=["counted_alone_at"])
    return _combine(candidacy, attempt.work_sample, sealed)


def _combine(
    candidacy: Candidacy, sample: WorkSample, sealed: Sequence[WorkSampleRating]
) -> Result:
    given = [{one.criterion: one.score for one in selectors.entries_in(each)} for each in sealed]
    scores = [[float(one[name] or 0.0) for name in sample.criteria] for one in given]
    both = raters_together(scores[0], scores[1] if len(scores) > 1 else None, case=candidacy.case)
    with override(candidacy.case.language):
        name = _("Work sample")
        source = (
            _(
                "Two raters who did not know each other's levels; the error is taken from how far "
                "they differ."
            )
            if len(scores) > 1
            else _("One rater alone; the error is the one assumed for a single rater.")
        )
    entry = ResultEntry(
        kind=ResultKind.WORK_SAMPLE,
        name=name,
        source=source,
        error_correlation=both.error_correlation,
        readings=tuple(
            ReadingEntry(
                criterion=criterion, value=float(value), standard_error=both.standard_error
            )
            for criterion, value in zip(sample.criteria, both.value, strict=True)
        ),
    )
    return keep_result(actor=None, candidacy=candidacy, entry=entry)


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("provider").get(pk=case.pk)


def _with_case(candidacy: Candidacy) -> Candidacy:
    """Hold the case, so that it does not open meanwhile."""
    case = _locked(Case(pk=candidacy.case_id))
    found = Candidacy.objects.get(pk=candidacy.pk)
    found.case = case
    return found


def _own(rating: WorkSampleRating) -> WorkSampleRating:
    candidacy = _with_case(rating.candidacy)
    found = WorkSampleRating.objects.select_for_update(of=("self",)).get(pk=rating.pk)
    found.candidacy = candidacy
    return found


def _record(candidacy: Candidacy, verb: str, attempt: WorkSampleAttempt) -> None:
    record_event(
        actor=candidacy,
        verb=verb,
        subject=attempt,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym},
    )
