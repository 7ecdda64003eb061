"""The orderer's own answer, "would you hire, how sure, of ten", as a standing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import (
    broadcast,
    finite,
    plain,
    strictly_within,
    within,
)
from second_opinion.engine.decision.range_restriction import reliability_indirectly_restricted

TYPICAL_SURENESS = 7.5
"""What orderers answer on average about somebody they would hire: planning assumption.

People are surer than they are right; what counts is who sounds surer than usual.
"""

SPREAD_OF_SURENESS = 0.6
"""Standard deviation of such answers as normal deviates: planning assumption."""

_SUREST = 9.5  # "ten of ten" is not read as certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a candidate's true whole, standardised over the reference group."""

    mean: float
    standard_deviation: float


def known_with_belief(
    known: Known, standing: float, *, reliability: float, sd_ratio: float = 1.0
) -> Known:
    """What is known once a belief is read beside it; its error goes with nothing else's.

    Parameters
    ----------
    known : before; mean 0 and standard deviation 1 is knowing nothing
    standing : as standing_from_sureness gives it
    reliability : of the belief as a reading of the whole among applicants, between 0 and 1
    sd_ratio : spread of finalists beside applicants, above 0, up to 1

    Raises
    ------
    ArgumentError

    References
    ----------
    A reading X = T + E of the whole, standing times the standard deviation of X, and Bayes' rule
    for normal distributions. From nothing it is the first opinion's verdict of worth_of_opinions.
    """
    mean = float(finite(known.mean, name="mean"))
    spread = float(within(known.standard_deviation, name="standard_deviation", low=0))
    r = float(np.asarray(reliability_indirectly_restricted(reliability, sd_ratio)))
    error = (1 - r) / r
    reading = float(finite(standing, name="standing")) * float(np.sqrt(1 + error))
    share = spread**2 / (spread**2 + error)
    return Known(
        mean=mean + share * (reading - mean),
        standard_deviation=spread * float(np.sqrt(1 - share)),
    )


def standing_from_sureness(
    would_hire: ArrayLike,
    sureness: ArrayLike,
    *,
    typical: ArrayLike = TYPICAL_SURENESS,
    spread: ArrayLike = SPREAD_OF_SURENESS,
) -> Floats:
    """The first opinion's verdict, standardised over the reference group.

    Parameters
    ----------
    would_hire : True or False
    sureness : of that answer, 0 to 10; 5 would as gladly say the opposite
    typical : the average answer about somebody one would hire, between 0 and 10
    spread : of the answers, normal deviates, above 0

    Returns
    -------
    standard deviations; 0 for the typical answer

    Raises
    ------
    ArgumentError
    """
    yes, of_ten, usual, sd = broadcast(
        would_hire=within(would_hire, name="would_hire", low=0, high=1),
        sureness=within(sureness, name="sureness", low=0, high=10),
        typical=strictly_within(typical, name="typical", low=0, high=10),
        spread=strictly_within(spread, name="spread", low=0),
    )
    claimed = np.where(yes > 0, of_ten, 10 - of_ten)
    bounded = np.clip(claimed, 10 - _SUREST, _SUREST)
    return plain((ndtri(bounded / 10) - ndtri(usual / 10)) / sd)
