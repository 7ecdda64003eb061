"""The orderer's own answer, "would you hire, how sure, of ten", as a standing."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import broadcast, plain, strictly_within, within

TYPICAL_SURENESS = 7.5
"""What orderers answer on average about somebody they would hire: planning assumption.

People are surer than they are right; what counts is who sounds surer than usual.
"""

SPREAD_OF_SURENESS = 0.6
"""Standard deviation of such answers as normal deviates: planning assumption."""

_SUREST = 9.5  # "ten of ten" is not read as certainty


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
