"""What would change the rule's conclusion on a candidate: another opinion, or one criterion."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator

import numpy as np
from scipy.special import ndtr, ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination import Combination
from second_opinion.engine.decision import Conclusion, ConclusionRule, conclude
from second_opinion.ingest.case_file import CaseFile, OpinionEntry, OpinionKind, RatingEntry
from second_opinion.reports.analysis.results import Turn, Turning

_STEPS = 16
"""On this many parts of the scale a level is tried: quarters of a point on a scale of 1 to 5."""

_LEAST_LIKELY = 0.02
"""A criterion that is this unlikely to turn the conclusion turns none, for anybody's purposes."""

FURTHER = "\N{BULLET} a further assessor"
"""No name of a case: names stand on one line, and nobody is called so."""


def with_further(
    case: CaseFile, candidate: str, score: float, *, assessor: str = FURTHER
) -> CaseFile:
    """The case with one more independent assessor, who gives the candidate one score throughout."""
    further = OpinionEntry(
        assessor=assessor,
        candidate=candidate,
        kind=OpinionKind.THIRD,
        ratings=tuple(
            RatingEntry(criterion=criterion.name, score=score) for criterion in case.criteria
        ),
    )
    return dataclasses.replace(case, opinions=(*case.opinions, further))


def turning_of(
    case: CaseFile,
    index: int,
    *,
    rule: ConclusionRule,
    now: Conclusion,
    everything: Combination,
    combined: Callable[[CaseFile], Combination],
) -> Turning:
    """The nearest levels, below and above, at which the rule would conclude otherwise.

    The combination is linear in the scores, and its spread does not depend on them: two further
    opinions, at the ends of the scale, tell of all between.

    Parameters
    ----------
    combined : every opinion of a case, combined as this one's were
    """
    name = case.candidates[index]
    ends = [combined(with_further(case, name, end)) for end in (case.scale_low, case.scale_high)]
    levels = np.linspace(case.scale_low, case.scale_high, _STEPS + 1)
    conclusions = [
        _conclusion(case, rule, _between(ends, index, share), everything.weights)
        for share in np.linspace(0.0, 1.0, _STEPS + 1)
    ]
    expected = float(np.clip(everything.whole_mean[index], case.scale_low, case.scale_high))
    return Turning(
        further=tuple(_nearest(levels, conclusions, now=now, around=expected)),
        criterion=_criterion(case, index, rule=rule, now=now, everything=everything),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Picture:
    """One candidate: means and covariance over criteria, and the share of weight observed."""

    mean: Floats
    covariance: Floats
    observed: float


def _between(ends: list[Combination], index: int, share: float) -> _Picture:
    low, high = ends
    return _Picture(
        mean=(1 - share) * low.mean[index] + share * high.mean[index],
        covariance=low.covariance[index],
        observed=float(low.weight_observed[index]),
    )


def _conclusion(
    case: CaseFile, rule: ConclusionRule, picture: _Picture, weights: Floats
) -> Conclusion:
    deviation = math.sqrt(max(float(weights @ picture.covariance @ weights), 1e-12))
    spread = np.sqrt(np.maximum(np.diagonal(picture.covariance), 1e-12))
    below = [
        float(ndtr((criterion.minimum - float(picture.mean[place])) / float(spread[place])))
        for place, criterion in enumerate(case.criteria)
        if criterion.minimum is not None
    ]
    return conclude(
        rule,
        probability_above_bar=float(ndtr((weights @ picture.mean - case.bar) / deviation)),
        probabilities_below_minimum=np.array(below, dtype=np.float64),
        weight_observed=picture.observed,
        interval_width=2 * float(ndtri((1 + rule.interval_level) / 2)) * deviation,
        scale_span=case.scale_high - case.scale_low,
    )


def _nearest(
    levels: Floats, conclusions: list[Conclusion], *, now: Conclusion, around: float
) -> Iterator[Turn]:
    """The first level downwards, and the first upwards, with another conclusion."""
    for is_upwards in (False, True):
        tried = [
            (float(level), conclusion)
            for level, conclusion in zip(levels, conclusions, strict=True)
            if (level >= around if is_upwards else level < around)
        ]
        for level, conclusion in tried if is_upwards else reversed(tried):
            if conclusion is not now:
                yield Turn(level=level, conclusion=conclusion, is_upwards=is_upwards)
                break


def _criterion(
    case: CaseFile,
    index: int,
    *,
    rule: ConclusionRule,
    now: Conclusion,
    everything: Combination,
) -> Turn | None:
    """The criterion most likely to turn it, were its level known for certain."""
    picture = _Picture(
        mean=everything.mean[index],
        covariance=everything.covariance[index],
        observed=float(everything.weight_observed[index]),
    )
    found = [
        turn
        for place in range(len(case.criteria))
        for turn in _turns_on(case, place, picture, everything.weights, rule=rule, now=now)
    ]
    best = max(found, key=lambda turn: turn.probability or 0.0, default=None)
    return best if best is not None and (best.probability or 0.0) >= _LEAST_LIKELY else None


def _turns_on(
    case: CaseFile,
    place: int,
    picture: _Picture,
    weights: Floats,
    *,
    rule: ConclusionRule,
    now: Conclusion,
) -> Iterator[Turn]:
    """Each level of one criterion is taken as known; the others follow as they hang together."""
    mean, variance = float(picture.mean[place]), float(picture.covariance[place, place])
    link = picture.covariance[:, place] / variance
    rest = picture.covariance - np.outer(link, picture.covariance[place])
    levels = np.linspace(case.scale_low, case.scale_high, _STEPS + 1)
    conclusions = [
        _conclusion(
            case,
            rule,
            _Picture(picture.mean + link * (level - mean), rest, picture.observed),
            weights,
        )
        for level in levels
    ]
    around = min(max(mean, case.scale_low), case.scale_high)
    for turn in _nearest(levels, conclusions, now=now, around=around):
        below = float(ndtr((turn.level - mean) / np.sqrt(variance)))
        yield dataclasses.replace(
            turn,
            criterion=case.criteria[place].name,
            probability=1 - below if turn.is_upwards else below,
        )
