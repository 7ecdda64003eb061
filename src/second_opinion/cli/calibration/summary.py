"""A calibration for a reader: sentences first, then the tables that they rest on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from second_opinion.cli.calibration.calibration import Calibration
from second_opinion.cli.calibration.dimensions import (
    correlation_sentences,
    dimension_sentences,
    dimension_table,
)
from second_opinion.cli.calibration.halo import halo_sentences
from second_opinion.cli.calibration.reading import (
    fit_sentences,
    severity_sentences,
)
from second_opinion.cli.calibration.tables import full_tables, score_table, table_of_elements
from second_opinion.cli.calibration.words import number_of_levels
from second_opinion.cli.output import readable, shown
from second_opinion.drawings.ruler import signed

if TYPE_CHECKING:
    from second_opinion.engine.facets.tables import ElementTable

_MODELS = {
    "rating-scale": "Rating scale model",
    "partial-credit": "Partial credit model",
    "assessor-thresholds": "Rating scale of each assessor's own",
}
_FEW = 20  # candidates, below which a variance means little
_MOST_CANDIDATES, _MOST_CAUTIONS = 12, 8  # that are listed without --full


def print_calibration(calibration: Calibration, *, full: bool) -> None:
    """The summary on standard output; full adds every table that there is."""
    console = readable(width=132 if full else 100)
    for sentence in head_sentences(calibration):
        console.print(sentence)
    console.print()
    for name, elements in calibration.tables.elements.items():
        if name != "candidate":
            _print_facet(console, calibration, name, elements, full=full)
    _print_candidates(console, calibration, full=full)
    console.print(score_table(calibration))
    _say(console, _cautions(calibration, full=full))
    _say(console, _agreement_sentences(calibration))
    _say(console, halo_sentences(calibration))
    if full:
        for table in full_tables(calibration):
            console.print(table)
        _say(console, calibration.tables.unexpected.sentences())
        _say(console, calibration.tables.basis)
    else:
        _say(console, _what_more_there_is(calibration))


def head_sentences(calibration: Calibration) -> list[str]:
    """Which model, how it was fitted, and whether that can be trusted."""
    fit = calibration.fit
    model = _MODELS[calibration.model] + (" with halo" if fit.model.halo else "")
    if calibration.dimensions:
        model += f" of {len(calibration.dimensions)} abilities"
    steps = f"{fit.iterations} steps"
    if fit.estimator == "jml":
        sentences = [f"{model}, joint maximum likelihood."]
    else:
        sentences = [
            f"{model}, marginal maximum likelihood: deviance {fit.deviance:,.1f}, log-likelihood "
            f"{signed(fit.log_likelihood, digits=1)}."
        ]
    sentences.append(
        f"Converged in {steps}."
        if fit.converged
        else f"NOT CONVERGED after {steps}: no figure below should be relied on."
    )
    return [*sentences, *fit.notes]


def _print_facet(
    console: Console, calibration: Calibration, name: str, elements: ElementTable, *, full: bool
) -> None:
    console.print(table_of_elements(calibration, name, elements, full=full))
    _say(console, severity_sentences(calibration, name, elements))
    _say(console, fit_sentences(name, elements))


def _print_candidates(console: Console, calibration: Calibration, *, full: bool) -> None:
    elements = calibration.tables.elements["candidate"]
    if full or len(elements) <= _MOST_CANDIDATES:
        console.print(table_of_elements(calibration, "candidate", elements, full=full))
    if calibration.dimensions:
        console.print(dimension_table(calibration))
    _say(console, candidate_sentences(calibration))


def candidate_sentences(calibration: Calibration) -> Iterator[str]:
    """How far candidates lie apart, and how much of that is real."""
    n = len(calibration.fit.candidates)
    if calibration.fit.estimator == "jml":
        yield f"{number_of_levels(n, 'candidate').capitalize()}."
        return
    if calibration.dimensions:
        yield f"{number_of_levels(n, 'candidate').capitalize()}."
        yield from dimension_sentences(calibration)
    else:
        yield from _spread_sentences(calibration)
    if n < _FEW:
        yield (
            f"With fewer than {_FEW} candidates their spread is hardly known, and so is what rests "
            "on it: reliability, and how far measures are drawn to the mean."
        )
    yield from correlation_sentences(calibration)
    if not calibration.fit.model.halo and len(calibration.read.ratings.criterion) > 1:
        alone = ", without --dimension," if calibration.dimensions else ""
        yield (
            "All this takes the scores that one assessor gives a candidate on several criteria for "
            f"separate evidence; --halo{alone} tells whether they are, and how much wider the "
            "candidates' intervals must be."
        )


def _spread_sentences(calibration: Calibration) -> Iterator[str]:
    population, separation = calibration.fit.population, calibration.tables.separation["candidate"]
    n = len(calibration.fit.candidates)
    yield (
        f"{number_of_levels(n, 'candidate').capitalize()} with a mean of "
        f"{signed(population.mean, digits=2)} and a standard deviation of "
        f"{math.sqrt(population.variance):.2f} logits."
    )
    reliability = population.eap_reliability
    if math.isfinite(reliability):
        yield (
            f"Reliability {reliability:.2f}: about {100 * reliability:.0f} % of how their measures "
            "differ is real, the rest is chance."
        )
    if math.isfinite(separation.strata):
        levels = min(max(1, math.floor(separation.strata)), n)
        yield (
            "One level of candidates is all that can be told apart."
            if levels == 1
            else f"About {levels} levels of candidates can be told apart."
        )


def _cautions(calibration: Calibration, *, full: bool) -> Iterator[str]:
    cautions = calibration.tables.category_cautions
    most = len(cautions) if full else _MOST_CAUTIONS
    yield from cautions[:most]
    if len(cautions) > most:
        yield f"{len(cautions) - most} more remarks on scores stand in --full."


def _agreement_sentences(calibration: Calibration) -> Iterator[str]:
    agreement = calibration.tables.agreement
    if not agreement.total_opportunities:
        return
    found, expected = agreement.total_observed, agreement.total_expected
    yield (
        f"Assessors who rate the same thing give the same score in {100 * found:.0f} % of "
        f"{agreement.total_opportunities:,} pairs; the model expects {100 * expected:.0f} % of "
        "assessors who judge on their own."
    )
    chance = math.sqrt(expected * (1 - expected) / agreement.total_opportunities)
    if found - expected > max(_MUCH_MORE, _BEYOND_CHANCE * chance):
        yield "More than expected: they may know of one another's scores, or follow one recipe."


_MUCH_MORE, _BEYOND_CHANCE = 0.1, 3.0


def _what_more_there_is(calibration: Calibration) -> Iterator[str]:
    unexpected = len(calibration.tables.unexpected)
    standing_out = sum(
        int((abs(table.t) > _CLEARLY).sum()) for table in calibration.tables.interactions
    )
    tested = sum(int((table.t == table.t).sum()) for table in calibration.tables.interactions)
    if unexpected:
        noun = "rating surprises" if unexpected == 1 else "ratings surprise"
        yield f"{unexpected:,} {noun} by 3 standard deviations or more."
    if tested:
        yield (
            f"{standing_out} of {tested} pairs of assessor and criterion "
            f"{'stands' if standing_out == 1 else 'stand'} out (t beyond 2); by chance about "
            f"{0.05 * tested:.0f} would."
        )
    yield "--full shows all tables, --plots DIR draws them, --json - gives every figure."


_CLEARLY = 2.0


def _say(console: Console, sentences: Sequence[str] | Iterator[str]) -> None:
    said = list(sentences)
    for sentence in said:
        console.print(shown(sentence), soft_wrap=False)
    if said:
        console.print()
