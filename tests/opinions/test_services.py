import math

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.errors import ErasedError, UnreadableError
from second_opinion.audit.models import Event
from second_opinion.audit.services import destroy_case_key
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.opinions import services
from second_opinion.opinions.analysis import is_as_committed
from second_opinion.opinions.errors import (
    EngagementError,
    IncompleteError,
    InvalidRatingError,
    NotAllSealedError,
)
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import content_of
from second_opinion.opinions.states import OpinionKind
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def case(cast):
    return factories.make_case(cast, state=CaseState.IN_ASSESSMENT)


@pytest.fixture
def first(cast, case):
    return factories.engage(cast, case.candidacies.get(), cast.decider, OpinionKind.FIRST)


@pytest.fixture
def second(cast, case):
    return factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)


def stored(opinion):
    return content_of(Opinion.objects.select_related("candidacy__case").get(pk=opinion.pk))


def test_ratings_are_saved_one_by_one_and_replaced(second):
    services.record_opinion(
        actor=second.assessor,
        opinion=second,
        ratings=[RatingEntry(criterion="Leadership", score=2, evidence=("Once.", " "))],
    )
    services.record_opinion(
        actor=second.assessor,
        opinion=second,
        ratings=[RatingEntry(criterion="Leadership", score=4, evidence=("Twice.",))],
        conclusion=" Fits. ",
    )

    (rating,) = stored(second).ratings
    assert (rating.score, rating.evidence) == (4, ("Twice.",))
    assert stored(second).conclusion == "Fits."


def test_saving_ratings_leaves_the_conclusion_as_it_was(second):
    services.record_opinion(actor=second.assessor, opinion=second, conclusion="Fits.")

    services.record_opinion(
        actor=second.assessor,
        opinion=second,
        ratings=[RatingEntry(criterion="Leadership", score=2)],
    )

    assert stored(second).conclusion == "Fits."


@pytest.mark.parametrize("score", [0.99, 5.01, -3, math.inf, -math.inf, math.nan])
def test_no_score_outside_the_scale_is_saved(second, score):
    with pytest.raises(InvalidRatingError, match=r"Leadership: .* lies outside the scale 1 to 5"):
        services.record_opinion(
            actor=second.assessor,
            opinion=second,
            ratings=[RatingEntry(criterion="Leadership", score=score)],
        )

    assert stored(second).ratings == ()


@pytest.mark.parametrize("score", [1, 2.5, 5])
def test_every_score_on_the_scale_is_saved(second, score):
    factories.rate(second, score=score)

    assert {rating.score for rating in stored(second).ratings} == {score}


def test_one_wrong_rating_saves_none_of_those_with_it(second):
    with pytest.raises(InvalidRatingError, match="Charm is no criterion"):
        services.record_opinion(
            actor=second.assessor,
            opinion=second,
            ratings=[
                RatingEntry(criterion="Leadership", score=3),
                RatingEntry(criterion="Charm", score=3),
            ],
        )

    assert stored(second).ratings == ()


def test_a_score_with_a_reason_for_not_observing_is_refused(second):
    with pytest.raises(InvalidRatingError, match="choose one"):
        services.record_opinion(
            actor=second.assessor,
            opinion=second,
            ratings=[RatingEntry(criterion="Leadership", score=3, reason_not_observed="No time.")],
        )


def test_not_observed_is_kept_with_its_reason(second):
    services.record_opinion(
        actor=second.assessor,
        opinion=second,
        ratings=[RatingEntry(criterion="Leadership", score=None, reason_not_observed=" No time. ")],
    )

    (rating,) = stored(second).ratings
    assert (rating.score, rating.reason_not_observed) == (None, "No time.")


def test_the_second_assessor_begins_only_when_the_first_opinion_is_sealed(first, second):
    with pytest.raises(NotAllowedError, match="Not everything is ready"):
        factories.rate(second)
    factories.seal(first)

    factories.seal(second)

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.sealed_at < second.sealed_at


def test_the_database_itself_keeps_the_second_from_sealing_before_the_first(first, second):
    with (
        pytest.raises(IntegrityError, match="first opinions must be sealed"),
        transaction.atomic(),
    ):
        Opinion.objects.filter(pk=second.pk).update(sealed_at=timezone.now())

    second.refresh_from_db()
    assert second.sealed_at is None


def test_nothing_is_sealed_until_every_criterion_is_rated_or_marked(second):
    services.record_opinion(
        actor=second.assessor,
        opinion=second,
        ratings=[RatingEntry(criterion="Leadership", score=3, evidence=("Said so.",))],
    )

    with pytest.raises(
        IncompleteError, match=r"this is missing: Judgement \(a score, or why it was not observed\)"
    ):
        services.seal_opinion(actor=second.assessor, opinion=second)

    second.refresh_from_db()
    assert second.sealed_at is None


def test_the_provider_says_what_each_score_rests_on_and_the_client_may(first, second):
    for opinion in (first, second):
        with_nothing = [
            RatingEntry(criterion=name, score=3) for name in ("Leadership", "Judgement")
        ]
        if opinion is second:
            services.seal_opinion(actor=first.assessor, opinion=first)
        services.record_opinion(actor=opinion.assessor, opinion=opinion, ratings=with_nothing)

    with pytest.raises(IncompleteError, match=r"Leadership \(what the score rests on\); Judg"):
        services.seal_opinion(actor=second.assessor, opinion=second)


def test_not_observed_without_a_reason_is_not_done(second):
    services.record_opinion(
        actor=second.assessor,
        opinion=second,
        ratings=[
            RatingEntry(criterion="Leadership", score=3, evidence=("Said so.",)),
            RatingEntry(criterion="Judgement", score=None),
        ],
    )

    with pytest.raises(IncompleteError, match="Judgement"):
        services.seal_opinion(actor=second.assessor, opinion=second)


def test_a_sealed_opinion_is_not_recorded_again_and_not_sealed_twice(second):
    factories.seal(second, score=3)
    sealed_at = Opinion.objects.get(pk=second.pk).sealed_at

    with pytest.raises(NotAllowedError, match="sealed"):
        factories.rate(second, score=5)
    with pytest.raises(NotAllowedError, match="sealed"):
        services.seal_opinion(actor=second.assessor, opinion=second)

    assert Opinion.objects.get(pk=second.pk).sealed_at == sealed_at
    assert {rating.score for rating in stored(second).ratings} == {3}


@pytest.mark.parametrize(
    "change",
    [
        lambda opinion: Opinion.objects.update(content=b"Other."),
        lambda opinion: Opinion.objects.update(commitment="00" * 32),
        lambda opinion: Opinion.objects.update(sealed_at=None),
        lambda opinion: Opinion.objects.all()._raw_delete("default"),
    ],
    ids=["content", "commitment", "unseal", "delete"],
)
def test_the_database_itself_keeps_what_was_sealed(second, change):
    factories.seal(second)
    before = list(Opinion.objects.values())

    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic():
        change(second)

    assert list(Opinion.objects.values()) == before


def test_nobody_works_on_anothers_opinion(cast, second):
    for person in (cast.coordinator, cast.decider, cast.stranger):
        with pytest.raises(NotAllowedError, match="another assessor's"):
            services.record_opinion(actor=person, opinion=second, conclusion="Mine now.")


def test_recording_tells_the_log_nothing_about_the_content(second):
    factories.rate(second)

    recorded = Event.objects.filter(subject=second.pseudonym, verb="opinion.recorded").last()

    assert recorded.details == {}


def test_the_log_holds_a_commitment_that_the_sealed_content_fits(second):
    factories.seal(second)

    sealed = Event.objects.get(verb="opinion.sealed")
    opinion = Opinion.objects.select_related("candidacy__case").get(pk=second.pk)
    assert sealed.details == {
        "case": str(second.candidacy.case.pseudonym),
        "commitment": opinion.commitment,
    }
    assert is_as_committed(opinion)


def test_two_assessors_who_say_the_same_commit_to_different_hashes(first, second):
    for opinion in (first, second):
        factories.seal(opinion)

    assert len({opinion.commitment for opinion in Opinion.objects.all()}) == 2


@pytest.mark.parametrize("is_sealed", [False, True], ids=["draft", "sealed"])
def test_what_an_assessor_writes_cannot_be_read_in_the_database(second, is_sealed):
    words = "Zirkon 4711"
    factories.rate(second, evidence=(words,), conclusion=words)
    if is_sealed:
        services.seal_opinion(actor=second.assessor, opinion=second)

    row = Opinion.objects.get(pk=second.pk)
    assert words.encode() not in bytes(row.content)
    assert b"score" not in bytes(row.content)


def test_content_cannot_be_moved_to_another_opinion(first, second):
    factories.seal(first)
    factories.rate(second)
    Opinion.objects.filter(pk=second.pk).update(content=Opinion.objects.get(pk=first.pk).content)

    with pytest.raises(UnreadableError, match="cannot be read"):
        stored(second)


def test_with_its_key_a_case_loses_all_that_was_written(second):
    factories.seal(second)

    destroy_case_key(second.candidacy.case)

    with pytest.raises(ErasedError, match="has been erased"):
        stored(second)


def test_nobody_is_engaged_twice_for_a_candidate(cast, second):
    with pytest.raises(EngagementError, match="engaged for Kim Karlsson already"):
        factories.engage(cast, second.candidacy, cast.assessor, OpinionKind.SECOND)


def test_a_person_whose_opinion_would_not_be_independent_is_not_engaged(cast, case):
    with pytest.raises(EngagementError, match="cannot give an independent opinion"):
        factories.engage(cast, case.candidacies.get(), cast.decider, OpinionKind.SECOND)


def test_a_case_opens_when_all_is_sealed_for_all_its_candidates_at_once(cast):
    case = factories.make_case(cast, candidates=["Kim", "Lo"], state=CaseState.IN_ASSESSMENT)
    of_kim, of_lo = (
        factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)
        for candidacy in case.candidacies.all()
    )
    factories.seal(of_kim)
    with pytest.raises(NotAllSealedError, match="all opinions are sealed"):
        services.open_case(actor=cast.coordinator, case=case)
    factories.seal(of_lo)

    services.open_case(actor=cast.coordinator, case=case)

    assert case.state == CaseState.OPENED
    assert (
        Event.objects.filter(
            verb="case.moved", details__target="opened", subject=case.pseudonym
        ).count()
        == 1
    )


def test_a_case_does_not_open_while_a_candidate_has_no_opinion(cast):
    case = factories.make_case(cast, candidates=["Kim", "Lo"], state=CaseState.IN_ASSESSMENT)
    factories.seal(
        factories.engage(cast, case.candidacies.first(), cast.assessor, OpinionKind.SECOND)
    )

    with pytest.raises(NotAllSealedError, match="every candidate has an opinion"):
        services.open_case(actor=cast.coordinator, case=case)


def test_the_database_itself_keeps_a_case_from_opening_too_early(case, second):
    with pytest.raises(IntegrityError, match="all opinions are sealed"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state=CaseState.OPENED)

    case.refresh_from_db()
    assert case.state == CaseState.IN_ASSESSMENT


def test_nobody_is_engaged_once_the_case_is_open(cast):
    case = factories.make_case(cast, state=CaseState.OPENED)

    with pytest.raises(NotAllowedError, match="before the opening"):
        factories.engage(cast, case.candidacies.get(), cast.coordinator, OpinionKind.THIRD)


def test_a_case_opens_once(cast):
    case = factories.make_case(cast, state=CaseState.OPENED)

    with pytest.raises(NotAllowedError, match="cannot become opened"):
        services.open_case(actor=cast.coordinator, case=case)
