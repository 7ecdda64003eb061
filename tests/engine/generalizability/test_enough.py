"""How many are enough, against trying every number."""

import numpy as np
import pytest

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.generalizability import dependability, enough, variance_components


def study():
    rng = np.random.default_rng(2)
    p, r, t = (code.ravel() for code in np.meshgrid(*map(np.arange, (30, 4, 3)), indexing="ij"))
    score = rng.normal(0, 1, 30)[p] + rng.normal(0, 0.6, 4)[r] + rng.normal(0, 0.8, (30, 3))[p, t]
    score += rng.normal(0, 1, len(p))
    return variance_components({"p": p, "r": r, "t": t}, score, design="p x r x t")


@pytest.mark.parametrize("target", [0.3, 0.7, 0.85, 0.9])
@pytest.mark.parametrize("fixed", ["", "t"])
def test_enough_is_the_first_number_that_reaches_the_target(target, fixed):
    found = study()

    for one in enough(found, target=target, fixed=fixed):
        for number, name in ((one.for_order, "g_coefficient"), (one.for_level, "phi")):
            reached = [
                n
                for n in range(1, 1001)
                if getattr(dependability(found, sizes={one.facet: n}, fixed=fixed), name) >= target
            ]
            assert number == (reached[0] if reached else None)


def test_a_fixed_facet_is_not_asked_for():
    assert [one.facet for one in enough(study(), target=0.8, fixed="t")] == ["r"]


@pytest.mark.parametrize("target", [0, 1, np.nan])
def test_a_target_that_no_coefficient_has_is_refused(target):
    with pytest.raises(ArgumentError, match="target"):
        enough(study(), target=target)
