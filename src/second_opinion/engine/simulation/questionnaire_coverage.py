"""How often intervals of items and people hold the truth, when a questionnaire is analysed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.personality import expected_abilities, fit_graded
from second_opinion.engine.simulation.graded import draw_items, simulate_answers

PARTS = ("discrimination", "threshold", "person")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireCoverage:
    """Intervals that held the truth, and all of them, (n_replications, 3); as PARTS.

    bias, root_mean_square : (3,), of estimates about the truth
    """

    held: Integers
    intervals: Integers
    bias: Floats
    root_mean_square: Floats

    def share(self, part: str) -> float:
        """Of the intervals of one part that held the truth."""
        place = PARTS.index(part)
        return float(self.held[:, place].sum() / self.intervals[:, place].sum())

    def standard_error(self, part: str) -> float:
        """Of that share, replications being what is drawn anew."""
        place = PARTS.index(part)
        shares = self.held[:, place] / self.intervals[:, place]
        return float(shares.std(ddof=1) / np.sqrt(len(shares)))


def study_questionnaire_coverage(
    *,
    n_replications: int,
    n_persons: int,
    n_items: int,
    n_categories: int = 5,
    missing: float = 0.1,
    level: float = 0.9,
    rng: np.random.Generator,
) -> QuestionnaireCoverage:
    """Draw items and people, estimate, and look; each replication has items of its own.

    Parameters
    ----------
    missing : share of the answers that are left out at random
    level : of the intervals
    """
    reach = float(ndtri(0.5 + level / 2))
    held = np.zeros((n_replications, len(PARTS)), dtype=np.int64)
    intervals, errors = np.zeros_like(held), [list[Floats]() for _ in PARTS]
    for replication in range(n_replications):
        truth = draw_items(n_items=n_items, n_categories=n_categories, rng=rng)
        drawn = simulate_answers(truth, n_persons=n_persons, missing=missing, rng=rng)
        fit = fit_graded(drawn.answers)
        scores = expected_abilities(fit.items, drawn.answers)
        pairs = (
            (fit.items.discrimination - truth.discrimination, fit.discrimination_error),
            (fit.items.threshold - truth.threshold, fit.threshold_error),
            (scores.ability - drawn.ability, scores.standard_error),
        )
        for place, (away, error) in enumerate(pairs):
            known: NDArray[np.bool_] = np.isfinite(away) & np.isfinite(error)
            held[replication, place] = (np.abs(away) <= reach * error)[known].sum()
            intervals[replication, place] = known.sum()
            errors[place].append(away[known])
    together = [np.concatenate(one) for one in errors]
    return QuestionnaireCoverage(
        held=held,
        intervals=intervals,
        bias=np.array([one.mean() for one in together]),
        root_mean_square=np.array([np.sqrt((one**2).mean()) for one in together]),
    )
