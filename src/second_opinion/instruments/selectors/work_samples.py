"""The work sample of a case: the task, how far each candidate and rater is, and what was answered.

Nothing here asks who reads it: whoever calls these has found the candidacy or rating rightly.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from second_opinion.accounts.models import Person
from second_opinion.audit.services import decrypt
from second_opinion.cases.models import Candidacy, Case, Criterion
from second_opinion.cases.selectors import criteria_of
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.instruments.models import WorkSample, WorkSampleAttempt, WorkSampleRating


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAnswer:
    """What a candidate sent: words, or a file under its name."""

    words: str
    file_name: str
    media_type: str
    minutes: int  # from when the task was shown


def work_sample_of(case: Case) -> WorkSample | None:
    return WorkSample.objects.filter(case=case).first()


def attempt_of(candidacy: Candidacy) -> WorkSampleAttempt | None:
    return (
        WorkSampleAttempt.objects.filter(candidacy=candidacy)
        .select_related("candidacy__case", "work_sample")
        .first()
    )


def criteria_in(sample: WorkSample) -> list[Criterion]:
    return [one for one in criteria_of(sample.case) if one.name in sample.criteria]


def answer_in(attempt: WorkSampleAttempt) -> SampleAnswer | None:
    """Of a file only its name: the file itself is fetched by `file_in`."""
    if attempt.answered_at is None:
        return None
    minutes = round((attempt.answered_at - attempt.begun_at).total_seconds() / 60)
    if attempt.about is None:
        words = _decrypted(attempt, attempt.content, attempt.label).decode()
        return SampleAnswer(words=words, file_name="", media_type="", minutes=minutes)
    about = json.loads(_decrypted(attempt, attempt.about, attempt.about_label))
    return SampleAnswer(
        words="", file_name=about["name"], media_type=about["media_type"], minutes=minutes
    )


def file_in(attempt: WorkSampleAttempt) -> bytes:
    return _decrypted(attempt, attempt.content, attempt.label)


def ratings_on(candidacies: Iterable[Candidacy]) -> list[WorkSampleRating]:
    """Who is engaged to rate, and whether they have sealed; by name, never by time."""
    rows = WorkSampleRating.objects.filter(candidacy__in=candidacies)
    return list(rows.select_related("rater", "candidacy__case").order_by("rater__name", "pk"))


def rating_for(rater: Person, pseudonym: UUID) -> WorkSampleRating | None:
    """A rater's own, while the case is there."""
    return next(iter(ratings_of(rater, pseudonym=pseudonym)), None)


def ratings_of(rater: Person, *, pseudonym: UUID | None = None) -> list[WorkSampleRating]:
    rows = WorkSampleRating.objects.filter(
        rater=rater, candidacy__case__removed_at__isnull=True
    ).select_related("candidacy__case__provider", "rater")
    rows = rows.prefetch_related("candidacy__case__masking_choices", "candidacy__case__candidacies")
    return list(rows if pseudonym is None else rows.filter(pseudonym=pseudonym))


def is_rater(person: Person, case: Case) -> bool:
    return WorkSampleRating.objects.filter(candidacy__case=case, rater=person).exists()


def entries_in(rating: WorkSampleRating) -> tuple[RatingEntry, ...]:
    """What the rater has written so far, or sealed."""
    if rating.content is None:
        return ()
    text = decrypt(rating.content, case=rating.candidacy.case, label=rating.label)
    return tuple(
        RatingEntry(criterion=criterion, score=score, evidence=tuple(evidence))
        for criterion, score, evidence in json.loads(text)
    )


def _decrypted(attempt: WorkSampleAttempt, content: bytes | memoryview | None, label: str) -> bytes:
    return decrypt(content, case=attempt.candidacy.case, label=label)
