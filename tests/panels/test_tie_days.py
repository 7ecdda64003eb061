"""Since when and until when a tie holds, and what shows it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.panels import services
from second_opinion.panels.errors import TieError
from second_opinion.panels.models import Tie
from second_opinion.panels.services import Named
from second_opinion.panels.states import Ending
from second_opinion.web.ties import told
from tests.panels.test_ties import Panel

pytestmark = pytest.mark.django_db

BEGAN = date(2023, 5, 1)
FIRM = Named(name="Nordljus AB", is_firm=True)


@pytest.fixture
def panel():
    return Panel()


def test_a_tie_says_in_a_conflict_since_when_and_what_shows_it(panel):
    panel.declare(panel.cast.assessor, FIRM, began_on=BEGAN)
    ended_on = timezone.localdate() - timedelta(days=3)
    panel.declare(
        panel.kim,
        FIRM,
        ending=Ending.ENDED,
        began_on=ended_on,
        ended_on=ended_on,
        document="CV, page 2.",
    )

    (conflict,) = panel.found()
    lines = " ".join(told(conflict).lines)

    assert "employment, since 1 May 2023." in lines
    assert ", from " in lines
    assert "Shown by: CV, page 2." in lines


def test_only_the_end_counts_for_how_far_we_look_back(panel):
    long_ago = timezone.localdate() - timedelta(days=9000)
    panel.declare(panel.cast.assessor, panel.kim, began_on=long_ago)

    assert len(panel.found()) == 1


@pytest.mark.parametrize(
    ("began", "sentence"),
    [(-9, "cannot have begun after it ended"), (1, "began today or earlier")],
)
def test_a_tie_does_not_begin_after_its_end_nor_after_today(panel, began, sentence):
    today = timezone.localdate()

    with pytest.raises(TieError, match=sentence):
        panel.declare(
            panel.cast.assessor,
            panel.kim,
            ending=Ending.ENDED,
            began_on=today + timedelta(days=began),
            ended_on=today - timedelta(days=10),
        )

    assert not Tie.objects.exists()


def test_the_database_takes_no_tie_that_begins_after_its_end(panel):
    tie = panel.declare(panel.cast.assessor, panel.kim)
    tie.pk, tie.pseudonym = None, None
    tie.ending, tie.began_on, tie.ended_on = Ending.ENDED, BEGAN, BEGAN - timedelta(days=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        tie.save(force_insert=True)


def test_a_correction_is_the_whole_tie(panel):
    tie = panel.declare(panel.cast.assessor, panel.kim, began_on=BEGAN, document="CV")

    corrected = services.correct_tie(
        actor=panel.cast.coordinator,
        tie=tie,
        reason="A year later.",
        ending=Ending.HOLDS,
        began_on=BEGAN + timedelta(days=365),
        document="The contract",
    )

    assert (corrected.began_on.year, corrected.document) == (2024, "The contract")
