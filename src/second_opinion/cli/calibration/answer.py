"""A calibration as one JSON object: `second-opinion/calibration/1`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from second_opinion.cli.calibration.calibration import Calibration
from second_opinion.cli.calibration.dimensions import dimensions_answer
from second_opinion.cli.calibration.halo import halo_answer

SCHEMA = "second-opinion/calibration/1"


def answer_of(calibration: Calibration) -> dict[str, Any]:
    """Every figure, with what it means beside it."""
    fit, tables = calibration.fit, calibration.tables
    return {
        "schema": SCHEMA,
        "estimator": fit.estimator,
        "model": calibration.model,
        "meaning": _meaning(calibration),
        "ratings": len(calibration.read.ratings),
        "log_likelihood": fit.log_likelihood,
        "deviance": fit.deviance,
        "converged": bool(fit.converged),
        "iterations": fit.iterations,
        "notes": [*fit.notes, *tables.basis],
        "population": {
            "mean": fit.population.mean,
            "variance": fit.population.variance,
            "eap_reliability": fit.population.eap_reliability,
        },
        "halo": halo_answer(calibration),
        **dimensions_answer(calibration),
        "thresholds": list(_thresholds(calibration)),
        "facets": dict(_facets(calibration)),
        "interactions": list(_interactions(calibration)),
        "categories": list(tables.categories.rows()),
        "category_cautions": list(tables.category_cautions),
        "agreement": tables.agreement.as_dict(),
        "weighted_likelihood": [
            _named(calibration, place, row) for place, row in enumerate(tables.abilities.rows())
        ],
        "bias": [table.as_dict() for table in tables.interactions],
        "unexpected": list(tables.unexpected.rows()),
        "displacement": list(tables.displacement.rows()),
        "without_ratings": len(calibration.read.without_ratings),
        "refused": len(calibration.read.refused),
    }


def _meaning(calibration: Calibration) -> dict[str, str]:
    anchored = [one.name for one in calibration.fit.facets if one.is_anchored.any()]
    centred = "every facet but candidates is centred at zero"
    if anchored:
        centred += f", except {', '.join(anchored)}, which stands on its anchors"
    meaning = {
        "unit": "logits",
        "candidate": "higher is stronger",
        "assessor": "positive is stricter",
        "criterion": "positive is harder",
        "other_facets": "positive is stricter or harder",
        "origin": centred,
        "thresholds": "sum to zero within a criterion",
    }
    if calibration.dimensions:
        meaning["dimensions"] = (
            "each ability's criteria are centred among themselves; measures of different "
            "abilities are not to be compared"
        )
    if calibration.read.lower_is_better:
        meaning["scores"] = (
            "lower is better in the file; scores, means, fair averages, expected scores and "
            "residuals are in the file's own direction"
            if calibration.turns_round
            else "lower is better in the file; all scores here were turned round on their scales"
        )
    return meaning


def _thresholds(calibration: Calibration) -> Iterator[dict[str, Any]]:
    step: dict[tuple[str | None, str | None], int] = {}
    for one in calibration.fit.thresholds:
        whose = (one.criterion, one.assessor)
        step[whose] = step.get(whose, 0) + 1
        yield {
            "criterion": one.criterion,
            "assessor": one.assessor,
            "step": step[whose],
            "score": calibration.score(one.step),
            "measure": one.measure,
            "standard_error": one.standard_error,
        }


def _facets(calibration: Calibration) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, table in calibration.tables.elements.items():
        values = _separation(calibration, name)
        elements = []
        for row, one in enumerate(table.rows()):
            measure, error = float(table.measure[row]), float(table.standard_error[row])
            low, high = calibration.interval(name, row, measure, error)
            whole = {**one, "low_95": low, "high_95": high}
            elements.append(_named(calibration, row, whole) if name == "candidate" else whole)
        yield name, {**values, "elements": elements}


def _separation(calibration: Calibration, name: str) -> dict[str, object]:
    """Of a facet as a whole; of several abilities each has its own, among `dimensions`."""
    if name == "candidate" and calibration.dimensions:
        first = calibration.tables.separation[f"candidate: {calibration.dimensions[0]}"]
        return dict.fromkeys(first.single_values())
    return calibration.tables.separation[name].single_values()


def _named(calibration: Calibration, place: int, row: Mapping[str, object]) -> dict[str, object]:
    """A candidate's row, of several abilities with its own beside the name."""
    label, dimension = calibration.candidate_of(place)
    return {**row, "label": label, **({"dimension": dimension} if dimension else {})}


def _interactions(calibration: Calibration) -> Iterator[dict[str, Any]]:
    """Elements of the interactions that the model has."""
    for facet in calibration.fit.facets:
        if " x " in facet.name:
            for label, measure, error, count in zip(
                facet.labels, facet.measure, facet.standard_error, facet.count, strict=True
            ):
                yield {
                    "facets": facet.name,
                    "label": label,
                    "count": float(count),
                    "measure": float(measure),
                    "standard_error": float(error),
                }
