"""The figures of `questionnaire analyse`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import NotEnoughAnswersError
from second_opinion.engine.personality import (
    Abilities,
    Answers,
    GradedFit,
    GradedItems,
    ItemStatistics,
    Moments,
    Reliability,
    cronbach_alpha,
    error_of_measurement,
    expected_abilities,
    fit_graded,
    item_statistics,
    moments_of,
    one_factor,
)
from second_opinion.ingest.answers_file import AnswersFile, AnswersPart, ItemParameters
from second_opinion.ingest.answers_file.reader import people_in_words
from second_opinion.ingest.errors import RefusedRow

_FEWEST_FOR_OMEGA = 3  # items


@dataclass(frozen=True, slots=True, kw_only=True)
class Classical:
    """Reliability and items of the sum of answers."""

    alpha: Reliability
    omega: float
    error: float
    statistics: ItemStatistics


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What the answers say of the items, and the items of the people.

    moments : None of the classical figures is there where these are of too few answers
    discrimination_error, threshold_error : as in GradedFit; NaN where parameters came without
    persons : how many, their mean EAP, its variance and the mean squared standard error
    why_no_reliability : empty where there is one
    """

    file: AnswersFile
    items: GradedItems
    discrimination_error: Floats
    threshold_error: Floats
    is_estimated: bool
    log_likelihood: float
    moments: Moments
    classical: Classical | None
    why_no_reliability: str
    notes: tuple[str, ...]
    persons: Persons
    understood: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return self.file.items.names

    def scored(self) -> Iterator[tuple[AnswersPart, Abilities]]:
        """Every part of the file with its people's abilities; read anew."""
        for part in self.file:
            yield part, expected_abilities(self.items, part.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """All people's scores in sums."""

    n: int
    mean: float
    variance: float
    error_variance: float

    @property
    def reliability(self) -> float:
        """Share of the variance of abilities that scores hold (of EAPs)."""
        return self.variance / (self.variance + self.error_variance)


@dataclass(slots=True)
class _Reading:
    """Sums over the parts of the file."""

    moments: Moments | None = None
    parts: list[Answers] = field(default_factory=list)
    n_rows: int = 0
    n_incomplete: int = 0
    refused: list[RefusedRow] = field(default_factory=list)

    def take(self, part: AnswersPart, *, keeps: bool) -> None:
        moments = moments_of(part.answers)
        self.moments = moments if self.moments is None else self.moments + moments
        self.n_rows += len(part.people)
        self.n_incomplete += part.n_incomplete
        self.refused += part.refused
        if keeps:
            self.parts.append(part.answers)


def analysed(
    file: AnswersFile,
    parameters: ItemParameters | None,
    *,
    progress: Callable[[int, float], None],
) -> Analysis:
    """All figures: one pass for sums, an estimation unless parameters are known, one to score.

    Raises
    ------
    IngestError, NotEnoughAnswersError
    """
    known = None if parameters is None else parameters.items(file.items.n_categories)
    reading, scores = _Reading(), _Scores()
    for part in file:
        reading.take(part, keeps=known is None)
        if known is not None:
            scores.take(expected_abilities(known, part.answers))
    moments = reading.moments or moments_of(Answers.of(np.zeros((0, len(file.items.names))), 2))
    fit = None
    if known is None:
        fit, known = _fitted(file, reading, scores, progress)
    classical, why_not = _classical(moments)
    slope_error, step_error = _errors(fit, parameters, known)
    return Analysis(
        file=file,
        items=known,
        discrimination_error=slope_error,
        threshold_error=step_error,
        is_estimated=fit is not None,
        log_likelihood=scores.log_likelihood if fit is None else fit.log_likelihood,
        moments=moments,
        classical=classical,
        why_no_reliability=why_not,
        notes=() if fit is None else fit.notes,
        persons=scores.persons,
        understood=tuple(_understood(file, reading, moments)),
    )


@dataclass(slots=True)
class _Scores:
    """Sums over people's scores."""

    n: int = 0
    first: float = 0.0
    second: float = 0.0
    error: float = 0.0
    log_likelihood: float = 0.0

    def take(self, found: Abilities) -> None:
        is_there = ~np.isnan(found.ability)
        self.n += int(is_there.sum())
        self.first += float(found.ability[is_there].sum())
        self.second += float((found.ability[is_there] ** 2).sum())
        self.error += float((found.standard_error[is_there] ** 2).sum())
        self.log_likelihood += found.log_likelihood

    @property
    def persons(self) -> Persons:
        if not self.n:
            return Persons(n=0, mean=np.nan, variance=np.nan, error_variance=np.nan)
        mean = self.first / self.n
        return Persons(
            n=self.n,
            mean=mean,
            variance=max(self.second / self.n - mean**2, 0.0),
            error_variance=self.error / self.n,
        )


def _fitted(
    file: AnswersFile, reading: _Reading, scores: _Scores, progress: Callable[[int, float], None]
) -> tuple[GradedFit, GradedItems]:
    answers = Answers(
        category=np.concatenate([part.category for part in reading.parts]),
        n_categories=file.items.n_categories,
    )
    fit = fit_graded(answers, names=file.items.names, progress=progress)
    for part in reading.parts:
        scores.take(expected_abilities(fit.items, part))
    return fit, fit.items


def _classical(moments: Moments) -> tuple[Classical | None, str]:
    try:
        alpha = cronbach_alpha(moments)
    except NotEnoughAnswersError as fault:
        return None, str(fault)
    enough = len(moments.first) >= _FEWEST_FOR_OMEGA
    return Classical(
        alpha=alpha,
        omega=one_factor(moments).omega if enough else np.nan,
        error=error_of_measurement(moments),
        statistics=item_statistics(moments),
    ), ""


def _errors(
    fit: GradedFit | None, parameters: ItemParameters | None, items: GradedItems
) -> tuple[Floats, Floats]:
    if fit is not None:
        return fit.discrimination_error, fit.threshold_error
    steps = np.full_like(items.threshold, np.nan)
    if parameters is None:
        return np.full(len(items), np.nan), steps
    for item, row in enumerate(parameters.threshold_errors):
        steps[item, : len(row)] = row
    return parameters.discrimination_error, steps


def _understood(file: AnswersFile, reading: _Reading, moments: Moments) -> Iterator[str]:
    items = file.items
    n_silent = reading.n_rows - moments.n_people
    yield f"{file.path.name}: {people_in_words(reading.n_rows, n_silent, reading.n_incomplete)}"
    turned = [name for name, is_it in zip(items.names, items.is_reversed, strict=True) if is_it]
    yield (
        f"{len(items.names)} items"
        + (f", of which {len(turned)} turned round: {', '.join(turned)}." if turned else ".")
    )
    gaps = int(moments.n_people * len(items.names) - np.trace(moments.n_both))
    if gaps:
        yield f"{gaps:,} answers are missing, which is taken to be by chance."
    for refused in reading.refused:
        yield f"  left out: {refused}"


def thresholds_of(items: GradedItems, item: int) -> list[float]:
    """An item's thresholds, NaN where two answers are not told apart."""
    return [float(one) for one in items.threshold[item, : int(items.n_categories[item]) - 1]]
