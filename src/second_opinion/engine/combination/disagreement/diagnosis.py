"""Which kind of disagreement the ratings of one candidate show, as posterior probabilities.

Only differences between assessors on one candidate and criterion speak: the truth is left free.
Each kind says that somebody is off by an unknown amount along a known set of ratings, which is a
change of rank one; its Bayes factor against "within noise" is in closed form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.combination.covariance import error_covariance
from second_opinion.engine.combination.dependence import Dependence
from second_opinion.engine.combination.disagreement.causes import (
    REMEDIES,
    DisagreementPrior,
    DisagreementType,
    Remedy,
)
from second_opinion.engine.combination.observations import require_fitting
from second_opinion.engine.combination.population import Population
from second_opinion.engine.combination.severity import SeverityTable
from second_opinion.engine.ratings import Ratings

_STANDARD = DisagreementPrior()
_NOTHING = 1e-9  # information below which a difference cannot be seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What the differences on one candidate look like.

    probabilities : by type, summing to 1; empty where no two rated the same
    can_tell_level : whether severity can be told from one impression of this candidate
    by_criterion : (n_criteria,), probability of a pattern on each
    by_assessor : (n_assessors,), probability that he or she is off in level or throughout; two
        assessors share it, because figures cannot tell which of them it is
    """

    probabilities: Mapping[DisagreementType, float]
    can_tell_level: bool
    by_criterion: Floats
    by_assessor: Floats

    @property
    def is_comparable(self) -> bool:
        return bool(self.probabilities)

    @property
    def most_likely(self) -> DisagreementType | None:
        """The likeliest type; None where nothing can be compared."""
        if not self.probabilities:
            return None
        return max(self.probabilities, key=lambda each: self.probabilities[each])

    @property
    def remedy(self) -> Remedy:
        """What the likeliest type asks for; nothing where nothing can be compared."""
        return Remedy.NOTHING if self.most_likely is None else REMEDIES[self.most_likely]

    @property
    def criterion(self) -> int:
        """The criterion on which a pattern is likeliest."""
        return int(np.argmax(self.by_criterion))


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    """Somebody is off by a normal amount on the ratings that ``where`` marks."""

    type: DisagreementType
    assessor: int
    criterion: int
    where: Floats
    mean: float
    variance: float


def diagnose(
    ratings: Ratings,
    *,
    population: Population,
    dependence: Dependence | None = None,
    prior: DisagreementPrior = _STANDARD,
) -> tuple[Diagnosis, ...]:
    """For each candidate: within noise, level, throughout, or a pattern on one criterion.

    Level is told from one impression of the candidate only where the same assessors meet on two
    candidates or more, or where links to earlier cases say how an assessor usually rates; without
    either it is part of "throughout", and its cause cannot be told.

    Parameters
    ----------
    ratings : of the whole case
    prior : how common each type is, and how large; the documented planning assumption

    Raises
    ------
    ArgumentError : parts that do not fit

    References
    ----------
    Kass and Raftery (1995), eq. 1; the Bayes factor of one normal effect is their example of
    nested normal models. Calibrated on simulation: tests/engine/combination/test_disagreement.py.
    """
    require_fitting(ratings, population, dependence, ())
    precision, pulled = _contrasts(ratings, population, dependence)
    met = _candidates_met(ratings)
    return tuple(
        _of_candidate(ratings, candidate, population, prior, precision, pulled, met=met)
        for candidate in range(len(ratings.candidate))
    )


def _of_candidate(
    ratings: Ratings,
    candidate: int,
    population: Population,
    prior: DisagreementPrior,
    precision: Floats,
    pulled: Floats,
    *,
    met: Integers,
) -> Diagnosis:
    tried = list(_hypotheses(ratings, candidate, population, prior, met=met))
    where = np.array([one.where for one in tried]).reshape(len(tried), len(ratings))
    information = ((where @ precision) * where).sum(axis=1)
    seen = np.flatnonzero(information > _NOTHING)
    hypotheses = [tried[place] for place in seen.tolist()]
    if not hypotheses:
        return Diagnosis(
            probabilities=MappingProxyType({}),
            can_tell_level=False,
            by_criterion=np.zeros(len(ratings.criterion)),
            by_assessor=np.zeros(len(ratings.assessor)),
        )
    can_tell_level = any(one.type is DisagreementType.LEVEL for one in hypotheses)
    weights = _prior_weights(hypotheses, prior, can_tell_level=can_tell_level)
    log_odds = _log_bayes_factors(hypotheses, information[seen], (where @ pulled)[seen])
    log_posterior = np.concatenate([[0.0], log_odds]) + np.log(weights)
    posterior = np.exp(log_posterior - log_posterior.max())
    return _diagnosis(ratings, hypotheses, posterior / posterior.sum(), can_tell_level)


def _contrasts(
    ratings: Ratings, population: Population, dependence: Dependence | None
) -> tuple[Floats, Floats]:
    """The errors' precision with the truth left free, and what it makes of the scores."""
    table = SeverityTable.of(
        ratings.assessor.labels,
        population.severities,
        population.components,
        n_criteria=len(ratings.criterion),
    )
    # what links say of an assessor is the hypothesis "level" here, and no part of the noise
    known = np.isin(ratings.assessor.labels, list(population.severities))
    table = replace(table, covariance=np.where(known[:, None, None], 0.0, table.covariance))
    errors = error_covariance(
        ratings.candidate.codes,
        ratings.assessor.codes,
        ratings.criterion.codes,
        components=population.components,
        severity=table,
        dependence=dependence,
        shared_meeting=population.shared_meeting,
    )
    least = 1e-9 * population.components.total
    precision = np.linalg.inv(errors + least * np.eye(len(errors)))
    cell = ratings.candidate.codes * len(ratings.criterion) + ratings.criterion.codes
    _, column = np.unique(cell, return_inverse=True)
    belongs = np.zeros((len(cell), int(column.max(initial=-1)) + 1))
    belongs[np.arange(len(cell)), column] = 1.0
    halfway = precision @ belongs
    free = precision - halfway @ np.linalg.solve(belongs.T @ halfway, halfway.T)
    free = (free + free.T) / 2
    return free, free @ ratings.score


def _candidates_met(ratings: Ratings) -> Integers:
    """(n_assessors,): candidates on whom the assessor shares a criterion with another."""
    cell = ratings.candidate.codes * len(ratings.criterion) + ratings.criterion.codes
    shared = np.bincount(cell)[cell] >= 2 if len(cell) else np.zeros(0, dtype=bool)
    pair = np.unique(
        ratings.assessor.codes[shared] * len(ratings.candidate) + ratings.candidate.codes[shared]
    )
    return np.bincount(pair // len(ratings.candidate), minlength=len(ratings.assessor))


def _hypotheses(
    ratings: Ratings,
    candidate: int,
    population: Population,
    prior: DisagreementPrior,
    *,
    met: Integers,
) -> Iterator[_Hypothesis]:
    span = float(np.mean([scale.span for scale in ratings.scales]))
    here = ratings.candidate.codes == candidate
    for assessor in np.unique(ratings.assessor.codes[here]).tolist():
        own = ratings.assessor.codes == assessor
        severity = population.severities.get(ratings.assessor.labels[assessor])
        if severity is not None or met[assessor] >= 2:
            yield _Hypothesis(
                type=DisagreementType.LEVEL,
                assessor=assessor,
                criterion=-1,
                where=own.astype(np.float64),
                mean=severity.level if severity else 0.0,
                variance=severity.level_variance if severity else (prior.level_spread * span) ** 2,
            )
        yield _Hypothesis(
            type=DisagreementType.THROUGHOUT,
            assessor=assessor,
            criterion=-1,
            where=(own & here).astype(np.float64),
            mean=0.0,
            variance=(prior.throughout_spread * span) ** 2,
        )
        for row in np.flatnonzero(own & here).tolist():
            where = np.zeros(len(ratings))
            where[row] = 1.0
            yield _Hypothesis(
                type=DisagreementType.PATTERN,
                assessor=assessor,
                criterion=int(ratings.criterion.codes[row]),
                where=where,
                mean=0.0,
                variance=(prior.pattern_spread * span) ** 2,
            )


def _prior_weights(
    hypotheses: list[_Hypothesis], prior: DisagreementPrior, *, can_tell_level: bool
) -> Floats:
    """Within noise first; a type's probability is shared by all who may be the one."""
    of_type = {
        DisagreementType.LEVEL: prior.level,
        DisagreementType.THROUGHOUT: prior.throughout + (0 if can_tell_level else prior.level),
        DisagreementType.PATTERN: prior.pattern,
    }
    counts = {each: sum(one.type is each for one in hypotheses) for each in of_type}
    shares = [of_type[one.type] / counts[one.type] for one in hypotheses]
    weights: Floats = np.array([prior.within_noise, *shares])
    normalised: Floats = weights / weights.sum()
    return normalised


def _log_bayes_factors(
    hypotheses: list[_Hypothesis], information: Floats, pulled: Floats
) -> Floats:
    mean = np.array([one.mean for one in hypotheses])
    variance = np.array([one.variance for one in hypotheses])
    found = pulled / information  # how far off, as the ratings alone say
    spread = variance + 1 / information
    factors: Floats = 0.5 * (
        found**2 * information - (found - mean) ** 2 / spread - np.log(spread * information)
    )
    return factors


def _diagnosis(
    ratings: Ratings, hypotheses: list[_Hypothesis], posterior: Floats, can_tell_level: bool
) -> Diagnosis:
    by_criterion, by_assessor = np.zeros(len(ratings.criterion)), np.zeros(len(ratings.assessor))
    probabilities = {DisagreementType.WITHIN_NOISE: float(posterior[0])}
    for one, probability in zip(hypotheses, posterior[1:].tolist(), strict=True):
        probabilities[one.type] = probabilities.get(one.type, 0.0) + probability
        if one.type is DisagreementType.PATTERN:
            by_criterion[one.criterion] += probability
        else:
            by_assessor[one.assessor] += probability
    return Diagnosis(
        probabilities=MappingProxyType(probabilities),
        can_tell_level=can_tell_level,
        by_criterion=by_criterion,
        by_assessor=by_assessor,
    )
