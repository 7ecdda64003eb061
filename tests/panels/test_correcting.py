"""A correction that says no more keeps what was decided on a tie; one that says more asks anew."""

from datetime import date, timedelta

import pytest

from second_opinion.audit.models import Event
from second_opinion.panels import services
from second_opinion.panels.analysis import QUESTION
from second_opinion.panels.services import Named
from second_opinion.panels.states import Ending, TieKind
from tests.panels.test_ties import Panel

pytestmark = pytest.mark.django_db

BEGAN, ENDED = date(2025, 1, 31), date(2026, 1, 31)
DAY = timedelta(days=1)
HELD = {"ending": Ending.HOLDS, "began_on": BEGAN}
OVER = {"ending": Ending.ENDED, "began_on": BEGAN, "ended_on": ENDED}


@pytest.fixture
def panel():
    return Panel()


def correct(panel, tie, **changes):
    return services.correct_tie(
        actor=panel.cast.coordinator, tie=tie, reason="Looked up.", **changes
    )


def is_cleared(panel):
    (conflict,) = panel.found()
    return conflict.is_resolved


@pytest.mark.parametrize(
    ("before", "after", "is_kept"),
    [
        (HELD, HELD | {"document": "The contract"}, True),
        (HELD, OVER, True),
        (OVER, OVER | {"ended_on": ENDED - DAY}, True),
        (OVER, OVER | {"began_on": BEGAN + DAY}, True),
        (OVER | {"began_on": None}, OVER, True),
        (OVER, OVER | {"ended_on": ENDED + DAY}, False),
        (OVER, OVER | {"began_on": BEGAN - DAY}, False),
        (OVER, OVER | {"began_on": None}, False),
        (OVER, HELD, False),
        (OVER, {"ending": Ending.UNKNOWN, "began_on": BEGAN}, False),
        (HELD, {"ending": Ending.UNKNOWN, "began_on": BEGAN}, False),
    ],
)
def test_the_decision_stands_where_the_tie_lasts_no_longer(panel, before, after, is_kept):
    tie = panel.declare(panel.cast.assessor, panel.kim, TieKind.TRAINED_BY, **before)
    panel.rule(panel.found()[0])

    correct(panel, tie, **after)

    assert is_cleared(panel) is is_kept
    assert Event.objects.get(verb="tie.corrected").details["keeps_decisions"] is is_kept


def test_small_steps_do_not_add_up_to_more_than_was_decided_on(panel):
    tie = panel.declare(panel.cast.assessor, panel.kim, TieKind.TRAINED_BY, **OVER)
    panel.rule(panel.found()[0])

    shorter = correct(panel, tie, **OVER | {"ended_on": ENDED - 9 * DAY})
    kept = is_cleared(panel)
    correct(panel, shorter, **OVER | {"ended_on": ENDED - 5 * DAY})

    assert (kept, is_cleared(panel)) == (True, False)


def test_what_asked_anew_is_decided_anew_and_kept_from_then_on(panel):
    tie = panel.declare(panel.cast.assessor, panel.kim, TieKind.TRAINED_BY, **OVER)
    panel.rule(panel.found()[0])
    longer = correct(panel, tie, **HELD)
    panel.rule(panel.found()[0])

    correct(panel, longer, **OVER)

    assert is_cleared(panel)


@pytest.mark.parametrize(
    ("spelt", "is_kept"), [("NORDLJUS Aktiebolag", True), ("Nordlius AB", False)]
)
def test_a_spelling_of_the_same_words_keeps_it_and_another_word_does_not(panel, spelt, is_kept):
    panel.declare(panel.cast.assessor, Named(name="Nordljus AB", is_firm=True))
    tie = panel.declare(panel.kim, Named(name="Nordljus AB", is_firm=True))
    panel.rule(panel.found()[0])

    corrected = correct(panel, tie, ending=Ending.HOLDS, name=spelt)

    assert corrected.other.name == spelt
    assert is_cleared(panel) is is_kept


def test_a_question_that_was_answered_is_asked_as_a_conflict_once_the_name_is_mended(panel):
    panel.declare(panel.cast.assessor, Named(name="Nordljus AB", is_firm=True))
    tie = panel.declare(panel.kim, Named(name="Nordlius AB", is_firm=True))
    (question,) = panel.found()
    panel.rule(question, reason="Another firm.")

    correct(panel, tie, ending=Ending.HOLDS, name="Nordljus AB")

    assert question.verdict is QUESTION
    assert not is_cleared(panel)


def test_who_has_an_account_is_not_spelt_here(panel):
    tie = panel.declare(panel.cast.assessor, panel.kim, TieKind.TRAINED_BY)

    corrected = correct(panel, tie, ending=Ending.HOLDS, name="Somebody Else")

    assert corrected.other == tie.other
