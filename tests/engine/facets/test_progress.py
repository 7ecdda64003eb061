import numpy as np
import pytest

from second_opinion.engine.facets import FacetsModel, fit_facets
from second_opinion.engine.ratings import Ratings, Scale


def ratings():
    rng = np.random.default_rng(2)
    rows = [
        (f"c{candidate}", f"a{(candidate + place) % 3}", criterion, ability)
        for candidate, ability in enumerate(rng.normal(0, 1, 40))
        for place in range(2)
        for criterion in "xyz"
    ]
    scores = [float(np.clip(round(3 + row[3] + rng.normal(0, 0.7)), 1, 5)) for row in rows]
    return Ratings.from_names(
        candidates=[row[0] for row in rows],
        assessors=[row[1] for row in rows],
        criteria=[row[2] for row in rows],
        scores=scores,
        scales=Scale(1, 5),
    )


@pytest.mark.parametrize("halo", [False, True])
def test_each_pass_is_told_with_its_number_and_a_log_likelihood_that_climbs(halo):
    told = []

    fit = fit_facets(
        ratings(),
        model=FacetsModel(halo=halo),
        progress=lambda number, height: told.append((number, height)),
    )

    assert len(told) >= fit.iterations
    assert told[0][0] == 1
    assert told[-1][1] > told[0][1]
    assert told[-1][1] == pytest.approx(fit.log_likelihood, abs=0.1)
