"""A work sample: one task for all, answered once, rated by two who see nothing of each other."""

import pytest
from django.db import IntegrityError, transaction

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.candidates.errors import FileError
from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.instruments import selectors, services
from second_opinion.instruments.errors import WorkSampleError
from second_opinion.instruments.models import WorkSample, WorkSampleAttempt, WorkSampleRating
from second_opinion.opinions import services as opinions
from second_opinion.opinions.errors import EngagementError
from second_opinion.opinions.states import OpinionKind
from tests import factories
from tests.journey.world import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return factories.make_case(cast, state=CaseState.IN_ASSESSMENT, candidates=["Kim", "Lo"])


@pytest.fixture
def raters(cast):
    return [
        factories.make_person(Role.ASSESSOR, organisation=cast.provider, name=name)
        for name in ("Ria Rater", "Rolf Rater")
    ]


@pytest.fixture
def candidacy(cast, case):
    """Kim, who has answered the task."""
    found = case.candidacies.first()
    factories.give_task(cast, case)
    services.begin_task(candidacy=found)
    services.answer_task(candidacy=found, words="Zqanswer: two suppliers.")
    return found


def rate(cast, candidacy, rater, *scores, is_sealed=True):
    rating = opinions.engage_rater(actor=cast.coordinator, candidacy=candidacy, rater=rater)
    names = [entry.name for entry in factories.CRITERIA]
    entries = [
        RatingEntry(criterion=name, score=score, evidence=("Zqlevel in line two.",))
        for name, score in zip(names, scores, strict=True)
    ]
    services.rate_task(actor=rater, rating=rating, ratings=entries)
    return services.seal_task_rating(actor=rater, rating=rating) if is_sealed else rating


def test_one_task_for_all_stays_as_it_was_given(cast, case):
    with pytest.raises(WorkSampleError, match="criterion"):
        services.write_task(
            actor=cast.coordinator, case=case, task="Buy.", minutes=45, criteria=["Charm"]
        )
    factories.give_task(cast, case)

    with pytest.raises(NotAllowedError, match="stays as it is"):
        services.write_task(
            actor=cast.coordinator, case=case, task="Sell.", minutes=45, criteria=["Judgement"]
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkSample.objects.update(task="Sell.")


def test_an_answer_is_given_once_as_words_or_a_file_and_encrypted(cast, case):
    kim, lo = case.candidacies.all()
    with pytest.raises(NotAllowedError, match="no task"):
        services.begin_task(candidacy=kim)
    factories.give_task(cast, case)
    for one in (kim, lo):
        services.begin_task(candidacy=one)

    with pytest.raises(WorkSampleError, match="one of the two"):
        services.answer_task(candidacy=kim)
    with pytest.raises(FileError):
        services.answer_task(candidacy=kim, name="a.exe", content=b"MZ\x90\x00\x03")
    services.answer_task(candidacy=kim, name="plan.txt", content=b"Zqanswer")
    services.answer_task(candidacy=lo, words="Zqanswer")

    with pytest.raises(NotAllowedError, match="stays as it is"):
        services.answer_task(candidacy=kim, words="Another.")
    assert selectors.answer_in(selectors.attempt_of(kim)).file_name == "plan.txt"
    assert selectors.file_in(selectors.attempt_of(kim)) == b"Zqanswer"
    assert selectors.answer_in(selectors.attempt_of(lo)).words == "Zqanswer"
    assert "Zqanswer" not in str(everything())
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkSampleAttempt.objects.update(content=b"other")


def test_two_raters_become_a_result_when_both_have_sealed(cast, candidacy, raters):
    one, other = raters
    rate(cast, candidacy, one, 4.0, 3.0)
    assert selectors.results_of([candidacy]) == []

    sealed = rate(cast, candidacy, other, 4.0, 4.0)

    (kept,) = selectors.results_of([candidacy])
    assert [reading.value for reading in kept.entry.readings] == [4.0, 3.5]
    both = kept.entry.readings[0].standard_error
    assert 0.4 < both < 0.6
    assert "Two raters" in kept.entry.source
    assert "Zqlevel" not in str(everything())
    with pytest.raises(NotAllowedError, match="sealed"):
        services.rate_task(actor=other, rating=sealed, ratings=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkSampleRating.objects.update(content=b"other")


def test_one_rating_counts_alone_only_when_said_and_with_a_larger_error(cast, candidacy, raters):
    rate(cast, candidacy, raters[0], 4.0, 3.0)

    services.count_one_rater(actor=cast.coordinator, candidacy=candidacy)

    (kept,) = selectors.results_of([candidacy])
    assert kept.entry.readings[0].standard_error == pytest.approx(0.773, abs=0.01)
    assert "One rater alone" in kept.entry.source
    with pytest.raises(NotAllowedError, match="once"):
        services.count_one_rater(actor=cast.coordinator, candidacy=candidacy)


def test_a_rating_is_its_raters_and_whole_when_it_is_sealed(cast, candidacy, raters):
    rating = rate(cast, candidacy, raters[0], 4.0, None, is_sealed=False)

    with pytest.raises(WorkSampleError, match="Judgement"):
        services.seal_task_rating(actor=raters[0], rating=rating)
    with pytest.raises(NotAllowedError, match="another rater"):
        services.rate_task(actor=raters[1], rating=rating, ratings=[])
    assert selectors.rating_for(raters[1], rating.pseudonym) is None


def test_the_same_eyes_do_not_count_twice(cast, candidacy, raters):
    factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)
    with pytest.raises(EngagementError, match="count twice"):
        opinions.engage_rater(actor=cast.coordinator, candidacy=candidacy, rater=cast.assessor)
    with pytest.raises(EngagementError):
        opinions.engage_rater(actor=cast.coordinator, candidacy=candidacy, rater=cast.decider)
    opinions.engage_rater(actor=cast.coordinator, candidacy=candidacy, rater=raters[0])

    with pytest.raises(EngagementError, match="same eyes"):
        factories.engage(cast, candidacy, raters[0], OpinionKind.SECOND)


def test_after_the_opening_nothing_is_answered_or_rated(cast, case, candidacy, raters):
    rating = rate(cast, candidacy, raters[0], 4.0, 3.0, is_sealed=False)
    factories.open_case(cast, case)
    lo = case.candidacies.last()

    for act in (
        lambda: services.begin_task(candidacy=lo),
        lambda: services.seal_task_rating(actor=raters[0], rating=rating),
    ):
        with pytest.raises(NotAllowedError):
            act()
