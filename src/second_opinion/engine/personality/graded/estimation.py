"""Item parameters of the graded response model, by marginal maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import AnswersError, NotEnoughAnswersError
from second_opinion.engine.personality.answers import Answers
from second_opinion.engine.personality.graded.climb import Climb, Progress, Top
from second_opinion.engine.personality.graded.derivatives import enough_polynomials
from second_opinion.engine.personality.graded.items import GradedItems
from second_opinion.engine.personality.graded.layout import Layout, items_of, steps_of
from second_opinion.engine.personality.graded.patterns import Patterns, patterns_of
from second_opinion.engine.personality.graded.start import layout_for, start_of

FEWEST_ITEMS = 3  # two have more parameters than their answers can tell
_SAMPLE = 600  # patterns that say where to begin
_FOR_EACH_PARAMETER = 4
_NEAR = 0.05  # log-likelihood; a sample's top is no closer to that of all
_HARDLY_DETERMINED = 3.0  # standard error of a threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedFit:
    """Items as the answers have them.

    items : discriminations and thresholds, for a population with mean 0 and variance 1
    discrimination_error : (n_items,), standard errors
    threshold_error : (n_items, most categories - 1); NaN where there is no threshold
    covariance : (n_parameters, n_parameters), of slopes and intercepts as `layout` places them
    log_likelihood : natural log, abilities integrated out
    n_people : who answered anything, weighted
    converged : False where the search ended before its top
    notes : what a reader of the estimates must know
    """

    items: GradedItems
    discrimination_error: Floats
    threshold_error: Floats
    covariance: Floats
    layout: Layout
    log_likelihood: float
    n_people: float
    n_parameters: int
    converged: bool
    steps: int
    notes: tuple[str, ...]


def fit_graded(
    answers: Answers,
    *,
    weight: Floats | None = None,
    names: tuple[str, ...] = (),
    progress: Progress = lambda _number, _height: None,
) -> GradedFit:
    """Estimate discriminations and thresholds; abilities are standard normal in the population.

    Missing answers are taken as missing at random: a person counts with what was answered.

    Parameters
    ----------
    weight : (n_persons,), positive, how many people each counts as; 1 unless given
    names : (n_items,), of the items in messages
    progress : told after each pass over the answers: its number, and the log-likelihood

    Raises
    ------
    AnswersError : weights or names that do not fit
    NotEnoughAnswersError : fewer than three items, nobody who answered, or an item that everybody
        answered alike

    References
    ----------
    Samejima (1969) for the model; Bock and Aitkin (1981) for marginal likelihood; Louis (1982), eq.
    3.2, for the observed information.
    """
    called = names or tuple(f"Item {place + 1}" for place in range(answers.n_items))
    _refuse(answers, weight, called)
    is_there = answers.answered > 0
    given = answers.of_people(is_there)
    layout = layout_for(given, called)
    patterns = patterns_of(given, None if weight is None else weight[is_there])
    top = _climbed(layout, patterns, start_of(given, layout), progress)
    covariance = _covariance(top)
    slope_error, threshold_error = _errors(layout, top.look.values, covariance)
    items = items_of(layout, top.look.values)
    return GradedFit(
        items=items,
        discrimination_error=slope_error,
        threshold_error=threshold_error,
        covariance=covariance,
        layout=layout,
        log_likelihood=top.look.log_likelihood,
        n_people=float(patterns.weight.sum()),
        n_parameters=layout.n_parameters,
        converged=top.converged,
        steps=top.steps,
        notes=tuple(_notes(layout, items, threshold_error, called, top)),
    )


def _refuse(answers: Answers, weight: Floats | None, names: tuple[str, ...]) -> None:
    if len(names) != answers.n_items:
        raise AnswersError(f"There are {answers.n_items} items and {len(names)} names.")
    if answers.n_items < FEWEST_ITEMS:
        raise NotEnoughAnswersError(
            f"{answers.n_items} items cannot be told apart from error; at least {FEWEST_ITEMS} are "
            "needed."
        )
    if not (answers.answered > 0).any():
        raise NotEnoughAnswersError("Nobody answered anything.")
    if weight is not None and (
        weight.shape != (len(answers),) or not ((weight > 0) & (weight < np.inf)).all()
    ):
        raise AnswersError("Weights are one positive, finite number for each person.")


def _climbed(layout: Layout, patterns: Patterns, start: Floats, progress: Progress) -> Top:
    """From where a sample leads, if there are many; the last look is accurate."""
    every, information, before = Climb(layout, patterns, progress=progress), None, 0
    step = len(patterns) // max(_SAMPLE, _FOR_EACH_PARAMETER * layout.n_parameters)
    if step > 1:
        sample = patterns.thinned(step)
        near = Climb(layout, sample, progress=progress).top(start, enough=_NEAR)
        if near.converged and near.look.observed is not None:
            share = float(patterns.weight.sum() / sample.weight.sum())
            start, before = near.look.values, near.steps
            information = share * near.look.observed
    top = every.top(start, information=information)
    missing = every.missing(top.look.values, enough_polynomials(layout))
    return Top(
        look=replace(top.look, missing=missing),
        converged=top.converged,
        steps=before + top.steps,
    )


def _covariance(top: Top) -> Floats:
    """The inverse of the observed information; NaN where the search found no top."""
    size = len(top.look.values)
    if top.look.observed is None:
        return np.full((size, size), np.nan)
    try:
        factor = cho_factor(top.look.observed, check_finite=False)
    except LinAlgError:
        return np.full((size, size), np.nan)
    return np.asarray(cho_solve(factor, np.eye(size), check_finite=False))


def _errors(layout: Layout, values: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """Standard errors of discriminations and, by the delta method, of b = -c / a."""
    variance = np.diagonal(covariance)
    threshold = np.full((layout.n_items, layout.row.shape[1] - 1), np.nan)
    for item in range(layout.n_items):
        places = layout.places(item)
        own, block = values[places], covariance[places, places]
        by_slope, by_intercept = own[1:] / own[0] ** 2, -1 / own[0]
        spread = (
            by_slope**2 * block[0, 0]
            + by_intercept**2 * np.diagonal(block)[1:]
            + 2 * by_slope * by_intercept * block[0, 1:]
        )
        threshold[item, steps_of(layout, item)] = np.sqrt(spread)
    return np.sqrt(variance[layout.first_place[:-1]]), threshold


def _notes(
    layout: Layout, items: GradedItems, error: Floats, names: tuple[str, ...], top: Top
) -> list[str]:
    found = []
    if not top.converged:
        found.append(
            f"The search did not reach the top of the likelihood in {top.steps} steps; read the "
            "estimates with care."
        )
    for item, name in enumerate(names):
        if items.discrimination[item] < 0:
            found.append(f"{name} goes against the others; was it meant to be reversed?")
        n_merged = int(layout.n_categories[item]) - (
            layout.rows(item).stop - layout.rows(item).start
        )
        if n_merged:
            found.append(
                f"{name}: {n_merged} of {layout.n_categories[item]} answers were never given; they "
                "are counted with their neighbour and have no threshold of their own."
            )
        if (error[item] > _HARDLY_DETERMINED).any():
            found.append(f"{name} has thresholds that the answers hardly determine.")
    return found
