"""What a facet's figures say of its elements, in words that a practitioner reads."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from second_opinion.cli.calibration.calibration import Calibration
from second_opinion.cli.calibration.words import (
    high_and_low,
    interval,
    listed_plainly,
    number_of_levels,
)

if TYPE_CHECKING:
    from second_opinion.engine.facets.tables import ElementTable

# Mean squares beyond these, and further from 1 than chance has it, are told.
TOO_MUCH, TOO_LITTLE, BEYOND_CHANCE = 1.3, 0.7, 2.0
HARDLY_DETERMINED = 3.0  # logits of standard error; a candidate's whole spread is about 1 to 2
_MOST_NAMED = 6


def place_of(name: str, measure: float, standard_error: float) -> str:
    """'stricter', 'milder', or nothing where the interval holds the average."""
    low, high = interval(measure, standard_error)
    above, below = high_and_low(name)
    if low is not None and low > 0:
        return above
    return below if high is not None and high < 0 else ""


def scatter_of(infit: float, infit_z: float) -> str:
    """'scatters', 'too even', or nothing where infit is as the model expects."""
    if infit > TOO_MUCH and infit_z > BEYOND_CHANCE:
        return "scatters"
    return "too even" if infit < TOO_LITTLE and infit_z < -BEYOND_CHANCE else ""


def severity_sentences(
    calibration: Calibration, name: str, elements: ElementTable
) -> Iterator[str]:
    """Who stands apart from the average, and what that means in score points."""
    rated = np.flatnonzero(np.isfinite(elements.measure))
    if len(rated) < 2:
        if name == "assessor" and len(rated):
            yield (
                f"{elements.label[rated[0]]} alone has rated, so severity stands at 0 and cannot "
                "be told from the candidates' level."
            )
        return
    if calibration.has_intervals:
        yield _standing_apart(name, elements)
        widest = float(np.max(elements.standard_error[rated]))
        if widest > HARDLY_DETERMINED:
            yield (
                f"The ratings hardly determine these measures (standard errors up to {widest:.0f} "
                "logits): the model asks for more than they hold. Leave out an interaction, or let "
                "all share the steps between scores."
            )
    order = rated[np.argsort(elements.measure[rated], kind="stable")]
    low, high = int(order[0]), int(order[-1])
    fair = [float(elements.fair_average[row]) for row in (low, high)]
    above, below = high_and_low(name)
    if name == "assessor" and all(map(math.isfinite, fair)):
        yield (
            f"The same candidate gets {fair[0]:.2f} from {elements.label[low]}, the mildest, and "
            f"{fair[1]:.2f} from {elements.label[high]}, the strictest (fair averages)."
        )
    elif all(map(math.isfinite, fair)) and not (name == "criterion" and calibration.dimensions):
        yield (
            f"{elements.label[high]} is {above.split()[0]} than the rest and "
            f"{elements.label[low]} {below.split()[0]}: fair averages {fair[1]:.2f} and "
            f"{fair[0]:.2f}."
        )
    separation = calibration.tables.separation[name]
    if separation.fixed_probability > _EVEN:
        yield (
            f"Chance alone could explain all differences between them (chi-square "
            f"{separation.fixed_chi_square:.1f} on {separation.fixed_degrees} degrees, "
            f"p = {separation.fixed_probability:.2f})."
        )


_EVEN = 0.05


def _standing_apart(name: str, elements: ElementTable) -> str:
    places = [
        place_of(name, measure, error)
        for measure, error in zip(
            elements.measure.tolist(), elements.standard_error.tolist(), strict=True
        )
    ]
    above, below = high_and_low(name)
    n_above, n_below = places.count(above), places.count(below)
    n_known = sum(map(math.isfinite, elements.measure.tolist()))
    if not n_above + n_below:
        return f"None of the {number_of_levels(n_known, name)} clearly differs from the average."
    return (
        f"Of {number_of_levels(n_known, name)}, {n_above} {_is(n_above)} clearly {above} than the "
        f"average and {n_below} clearly {below} (the 95 % interval leaves out 0)."
    )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def fit_sentences(name: str, elements: ElementTable) -> Iterator[str]:
    """Whose ratings scatter more than the model expects, and whose less."""
    flags = [
        scatter_of(infit, z)
        for infit, z in zip(elements.infit.tolist(), elements.infit_z.tolist(), strict=True)
    ]
    meaning = {
        "scatters": (
            "more erratic than the model expects (infit above "
            f"{TOO_MUCH:g}): the same standing gets high and low scores"
        ),
        "too even": (
            "more alike than the model expects (infit below "
            f"{TOO_LITTLE:g}): one impression may colour all criteria, or the middle of the scale "
            "is preferred"
        ),
    }
    for flag, words in meaning.items():
        named = [
            f"{elements.label[row]} ({elements.infit[row]:.2f})"
            for row, one in enumerate(flags)
            if one == flag
        ]
        if named:
            shown = named[:_MOST_NAMED]
            if len(named) > len(shown):
                shown.append(f"{len(named) - len(shown)} more")
            rates = "Ratings by" if name == "assessor" else "Ratings on"
            yield f"{rates} {listed_plainly(shown)} are {words}."
