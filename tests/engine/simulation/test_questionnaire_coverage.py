"""Intervals of items and people hold the truth as often as they say; the full study as soak."""

import os

import numpy as np
import pytest

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.simulation.graded import draw_items, simulate_answers
from second_opinion.engine.simulation.questionnaire_coverage import (
    PARTS,
    study_questionnaire_coverage,
)

SHARE = float(os.environ.get("SOAK_SHARE", "1"))


def test_drawn_answers_are_as_often_as_the_model_says():
    items = draw_items(n_items=3, n_categories=4, rng=np.random.default_rng(1))

    drawn = simulate_answers(
        items, ability=np.full(20_000, 0.5), missing=0.2, rng=np.random.default_rng(2)
    )

    given = drawn.answers.category[:, 1]
    assert (given < 0).mean() == pytest.approx(0.2, abs=0.01)
    above = 1 / (1 + np.exp(-items.discrimination[1] * (0.5 - items.threshold[1])))
    for step in range(3):
        assert (given[given >= 0] > step).mean() == pytest.approx(above[step], abs=0.015)
    with pytest.raises(ArgumentError, match="missing"):
        simulate_answers(items, n_persons=3, missing=1.0, rng=np.random.default_rng(2))


def test_a_small_study_recovers_items_and_people():
    """Bounds that chance alone passes once in thousands."""
    found = study_questionnaire_coverage(
        n_replications=8, n_persons=400, n_items=8, rng=np.random.default_rng(3)
    )

    assert found.share("discrimination") > 0.75
    assert 0.8 < found.share("threshold") < 0.98
    assert 0.87 < found.share("person") < 0.93
    assert np.abs(found.bias).max() < 0.1
    assert found.root_mean_square[0] < 0.3


@pytest.mark.soak
@pytest.mark.parametrize(("n_persons", "n_items"), [(500, 10), (1_000, 24)])
def test_90_percent_intervals_hold_the_truth_88_to_92_times_in_a_hundred(n_persons, n_items):
    n_replications = max(10, round(200 * SHARE))
    found = study_questionnaire_coverage(
        n_replications=n_replications,
        n_persons=n_persons,
        n_items=n_items,
        rng=np.random.default_rng([8, n_persons]),
    )

    for part in PARTS:
        share, error = found.share(part), found.standard_error(part)
        print(f"{n_persons} people, {n_items} items, {part}: {share:.3f} (± {error:.3f})")
        assert share + 3 * error >= 0.88
        assert share - 3 * error <= 0.92
