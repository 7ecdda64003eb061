"""What is said of a named candidate: now X, before Y, with the range that the assumptions leave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.decision.arguments import strictly_within, within
from second_opinion.engine.decision.range_restriction import range_restricted
from second_opinion.engine.decision.success import (
    BASE_RATE,
    GREATEST_TRUE_VALIDITY,
    HIGHEST_BASE_RATE,
    LOWEST_BASE_RATE,
    probability_of_success,
)
from second_opinion.engine.errors import ArgumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessModel:
    """What turns a standing into a probability of success.

    reference_group : whom the base rate is of, in the orderer's own words
    base_rate, lowest_base_rate, highest_base_rate : share who worked out, and its range
    true_validity, true_validity_sd : of a perfectly reliable whole, in the reference group

    Raises
    ------
    ArgumentError
    """

    reference_group: str = ""
    base_rate: float = BASE_RATE
    lowest_base_rate: float = LOWEST_BASE_RATE
    highest_base_rate: float = HIGHEST_BASE_RATE
    true_validity: float
    true_validity_sd: float

    def __post_init__(self) -> None:
        for name in ("base_rate", "lowest_base_rate", "highest_base_rate"):
            strictly_within(getattr(self, name), name=name, low=0, high=1)
        if not self.lowest_base_rate <= self.base_rate <= self.highest_base_rate:
            raise ArgumentError("base_rate must lie from lowest_base_rate to highest_base_rate.")
        within(self.true_validity, name="true_validity", low=0, high=GREATEST_TRUE_VALIDITY)
        within(self.true_validity_sd, name="true_validity_sd", low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """A named candidate's probability of success.

    now, before : with all that is known, and with what was known before the second opinion
    low, high : now, at the lowest and highest base rate
    """

    now: float
    before: float
    low: float
    high: float


def success_model(
    validity: float,
    validity_sd: float,
    *,
    reliability: float,
    sd_ratio: float = 1.0,
    reference_group: str = "",
    base_rate: float = BASE_RATE,
    lowest_base_rate: float = LOWEST_BASE_RATE,
    highest_base_rate: float = HIGHEST_BASE_RATE,
) -> SuccessModel:
    """The model from a value set's figures, which are of one method among applicants.

    Parameters
    ----------
    validity, validity_sd : of the method, 0 to 1, and its spread from setting to setting
    reliability : of the method, above 0, up to 1
    sd_ratio : spread of true standings in the reference group beside applicants, from selection
        on what is not in the model; 1 corrects nothing
    reference_group, base_rate, lowest_base_rate, highest_base_rate : as SuccessModel

    Raises
    ------
    ArgumentError : also where the validity is above what the reliability allows

    References
    ----------
    Spearman (1904) for the attenuation; Thorndike (1949), case II, on the true standing, which is
    the indirect form of Hunter, Schmidt and Le (2006).
    """
    v = float(within(validity, name="validity", low=0, high=1))
    spread = float(within(validity_sd, name="validity_sd", low=0))
    root = float(np.sqrt(strictly_within(reliability, name="reliability", low=0, high=1 + 1e-12)))
    if v > root + 1e-12:
        raise ArgumentError("validity cannot be above the square root of reliability.")
    true = min(v / root, GREATEST_TRUE_VALIDITY)
    left = float(range_restricted(true, sd_ratio))
    return SuccessModel(
        reference_group=reference_group,
        base_rate=base_rate,
        lowest_base_rate=lowest_base_rate,
        highest_base_rate=highest_base_rate,
        true_validity=left,
        # the spread narrows as the validity itself does
        true_validity_sd=spread / root * (left / true if true > 0 else sd_ratio),
    )


def success_of(
    model: SuccessModel,
    standing: tuple[float, float],
    *,
    before: tuple[float, float] = (0.0, 1.0),
) -> Success:
    """One candidate's probability of success, now and before.

    Parameters
    ----------
    standing, before : posterior mean and standard deviation of the weighted whole, standardised
        over the reference group; (0, 1) is knowing nothing, and gives the base rate

    Raises
    ------
    ArgumentError
    """
    rates = (model.base_rate, model.lowest_base_rate, model.highest_base_rate)
    now, low, high = (_chance(model, standing, base_rate=rate) for rate in rates)
    return Success(
        now=now, before=_chance(model, before, base_rate=model.base_rate), low=low, high=high
    )


def _chance(model: SuccessModel, standing: tuple[float, float], *, base_rate: float) -> float:
    mean, deviation = standing
    return float(
        probability_of_success(
            mean,
            deviation,
            base_rate=base_rate,
            true_validity=model.true_validity,
            true_validity_sd=model.true_validity_sd,
        )
    )
