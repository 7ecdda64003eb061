"""Practice in rating: rated before the key is seen, once, and compared with it."""

import pytest
from django.db import IntegrityError, transaction

from second_opinion.accounts.states import Role
from second_opinion.instruments import selectors, services
from second_opinion.instruments.analysis import practice_figures
from second_opinion.instruments.errors import PracticeError
from second_opinion.instruments.models import PracticeRating
from second_opinion.library.transcripts import TRANSCRIPTS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return factories.make_person(Role.ASSESSOR, organisation=factories.make_organisation())


def key_of(transcript):
    return {rating.criterion: rating.score for rating in TRANSCRIPTS[transcript].ratings}


def rate(person, transcript, scores):
    return services.rate_transcript(
        actor=person, transcript=transcript, language="en", scores=scores
    )


def test_who_rates_by_the_key_is_neither_strict_nor_dazzled(person):
    for transcript in TRANSCRIPTS:
        rate(person, transcript, key_of(transcript))

    figures = practice_figures(selectors.practice_of(person))

    assert figures.n_transcripts == 4
    assert figures.exact == 1
    assert figures.spread_ratio == pytest.approx(1)
    assert not figures.is_strict
    assert not figures.is_one_impression


def test_strictness_and_one_impression_are_told(person):
    rate(person, "johan", dict.fromkeys(key_of("johan"), 1))
    assert practice_figures(selectors.practice_of(person)) is None
    rate(person, "amina", dict.fromkeys(key_of("amina"), 2))

    figures = practice_figures(selectors.practice_of(person))

    assert figures.is_strict
    assert figures.is_one_impression
    assert figures.accuracy.elevation == pytest.approx(1.5 - 30 / 8)


def test_a_transcript_is_rated_once_and_stays_as_it_was_rated(person):
    rate(person, "johan", key_of("johan"))

    with pytest.raises(PracticeError, match="seen its key"):
        rate(person, "johan", key_of("johan"))
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeRating.objects.update(scores={})


@pytest.mark.parametrize(
    ("transcript", "change", "says"),
    [
        ("nothing_such", {}, "no such transcript"),
        ("johan", {"planning": 6}, "1 to 5"),
        ("johan", {"honesty": 3}, "1 to 5"),
    ],
)
def test_what_is_not_whole_is_refused(person, transcript, change, says):
    with pytest.raises(PracticeError, match=says):
        rate(person, transcript, key_of("johan") | change)


def test_a_rating_of_another_text_no_longer_counts(person):
    PracticeRating.objects.create(
        person=person,
        transcript="johan",
        content_hash="00" * 32,
        language="en",
        scores=key_of("johan"),
    )

    assert selectors.practice_of(person) == []
