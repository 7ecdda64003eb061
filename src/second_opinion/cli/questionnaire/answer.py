"""The JSON of `questionnaire analyse`, which is also the file that --parameters reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from second_opinion.cli.questionnaire.analysis import Analysis, thresholds_of
from second_opinion.ingest.answers_file.parameters import SCHEMA


def body_of(analysis: Analysis) -> dict[str, object]:
    """The documented object but for the people."""
    classical = analysis.classical
    return {
        "schema": SCHEMA,
        "n": analysis.moments.n_people,
        "alpha": classical.alpha.estimate if classical else None,
        "omega": classical.omega if classical else None,
        "log_likelihood": analysis.log_likelihood,
        "items": [_item(analysis, item) for item in range(len(analysis.names))],
    }


def _item(analysis: Analysis, item: int) -> dict[str, object]:
    thresholds = thresholds_of(analysis.items, item)
    errors = analysis.threshold_error[item, : len(thresholds)].tolist()
    return {
        "item": analysis.names[item],
        "reversed": bool(analysis.file.items.is_reversed[item]),
        "discrimination": float(analysis.items.discrimination[item]),
        "thresholds": thresholds,
        "standard_errors": {
            "discrimination": float(analysis.discrimination_error[item]),
            "thresholds": errors,
        },
    }


def person_rows(analysis: Analysis) -> Iterator[Mapping[str, object]]:
    """Every person's score, in the order of the file."""
    for part, found in analysis.scored():
        columns = (
            part.people,
            found.ability.tolist(),
            found.standard_error.tolist(),
            found.answered.tolist(),
        )
        for person, ability, error, answered in zip(*columns, strict=True):
            yield {
                "person": person,
                "eap": ability,
                "standard_error": error,
                "answered": answered,
            }
