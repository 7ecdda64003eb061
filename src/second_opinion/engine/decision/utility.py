"""What a procedure gains in money, over all who are hired by it."""

from __future__ import annotations

from numpy.typing import ArrayLike
from scipy.special import ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import broadcast, plain, share_selected, whole, within
from second_opinion.engine.decision.best_of_few import expected_maximum
from second_opinion.engine.decision.normal import density


def brogden_cronbach_gleser(
    hires: ArrayLike,
    tenure: ArrayLike,
    *,
    validity: ArrayLike,
    selection_ratio: ArrayLike,
    sd_performance: ArrayLike,
    cost_per_applicant: ArrayLike,
    validity_before: ArrayLike = 0.0,
    overhead: ArrayLike = 0.0,
) -> Floats:
    """What a procedure gains over all hires, in the money of sd_performance.

    Parameters
    ----------
    hires : how many are hired, 0 or more
    tenure : years they stay on average, 0 or more
    validity, validity_before : of this procedure and of what it replaces, -1 to 1
    selection_ratio : hires over applicants, above 0, up to 1
    sd_performance : a year's worth of one standard deviation of performance, 0 or more
    cost_per_applicant : this procedure's beyond what it replaces, for each one assessed
    overhead : what it costs in all however many are assessed

    Returns
    -------
    money; below 0 where it costs more than it gives

    Raises
    ------
    ArgumentError

    References
    ----------
    Brogden (1949), Cronbach and Gleser (1965):
    ``N T SDy (r - r0) phi(x)/p - N/p cost - overhead``.
    """
    n, years, r, r0, ratio, sd, cost, fixed = broadcast(
        hires=within(hires, name="hires", low=0),
        tenure=within(tenure, name="tenure", low=0),
        validity=within(validity, name="validity", low=-1, high=1),
        validity_before=within(validity_before, name="validity_before", low=-1, high=1),
        selection_ratio=share_selected(selection_ratio),
        sd_performance=within(sd_performance, name="sd_performance", low=0),
        cost_per_applicant=within(cost_per_applicant, name="cost_per_applicant", low=0),
        overhead=within(overhead, name="overhead", low=0),
    )
    gain = n * years * sd * (r - r0) * density(ndtri(ratio)) / ratio
    return plain(gain - n / ratio * cost - fixed)


def gain_of_best(
    hires: ArrayLike,
    tenure: ArrayLike,
    *,
    finalists: ArrayLike,
    validity: ArrayLike,
    sd_performance: ArrayLike,
    cost_per_applicant: ArrayLike,
    validity_before: ArrayLike = 0.0,
    overhead: ArrayLike = 0.0,
) -> Floats:
    """brogden_cronbach_gleser for small numbers: each hire is the best of k finalists.

    Parameters
    ----------
    finalists : assessed for each hire, whole, 1 to 10,000; the rest as brogden_cronbach_gleser

    Raises
    ------
    ArgumentError

    References
    ----------
    ``N T SDy (r - r0) E[max z] - N k cost - overhead``.
    """
    n, years, k, r, r0, sd, cost, fixed = broadcast(
        hires=within(hires, name="hires", low=0),
        tenure=within(tenure, name="tenure", low=0),
        finalists=whole(finalists, name="finalists", low=1),
        validity=within(validity, name="validity", low=-1, high=1),
        validity_before=within(validity_before, name="validity_before", low=-1, high=1),
        sd_performance=within(sd_performance, name="sd_performance", low=0),
        cost_per_applicant=within(cost_per_applicant, name="cost_per_applicant", low=0),
        overhead=within(overhead, name="overhead", low=0),
    )
    gain = n * years * sd * (r - r0) * expected_maximum(k)
    return plain(gain - n * k * cost - fixed)
