"""A calibration as files: drawings with their tables and one page, and every table as CSV."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from second_opinion.cli.calibration.calibration import Calibration
from second_opinion.drawings import as_csv

INDEX = "index.html"


def figure_names() -> tuple[str, ...]:
    """Files that every folder of drawings has."""
    return (INDEX, "wright-map.svg", "wright-map.csv")


def figure_files(calibration: Calibration) -> dict[str, bytes]:
    """Each drawing as SVG and CSV, and a page that shows all of them."""
    from second_opinion.cli.calibration.dimensions import correlation_figure
    from second_opinion.cli.calibration.figures import figures_of
    from second_opinion.cli.calibration.page import page_of_figures
    from second_opinion.cli.calibration.summary import candidate_sentences, head_sentences

    figures = figures_of(calibration.fit, score_words=calibration.score_words)
    if calibration.dimensions:
        figures.insert(1, correlation_figure(calibration))
    files = {}
    for figure in figures:
        files[f"{figure.name}.svg"] = f"{figure.svg}\n".encode()
        files[f"{figure.name}.csv"] = as_csv(figure.columns, figure.rows)
    lead = [*head_sentences(calibration), *candidate_sentences(calibration)]
    title = f"Calibration of {calibration.read.reading.name}"
    return {**files, INDEX: page_of_figures(title, lead, figures)}


def table_files(calibration: Calibration) -> dict[str, bytes]:
    """Every table after the fit, and the residual of each rating."""
    tables = calibration.tables
    files = {
        f"{_file_name(name)}.csv": _csv(list(table.rows()))
        for name, table in (*tables.tables().items(), ("residuals", calibration.residuals))
        if len(table)
    }
    separations = [
        {"facet": name, **one.single_values()} for name, one in tables.separation.items()
    ]
    thresholds = [
        {
            "criterion": one.criterion,
            "assessor": one.assessor,
            "score": calibration.score(one.step),
            "measure": one.measure,
            "standard_error": one.standard_error,
        }
        for one in calibration.fit.thresholds
    ]
    return {
        **files,
        "separation.csv": _csv(separations),
        "thresholds.csv": _csv(thresholds),
        "measures.csv": _csv(list(_measures(calibration))),
    }


def _measures(calibration: Calibration) -> Iterator[dict[str, object]]:
    """Every measure but the candidates', in the form that `--anchor` reads."""
    for facet in calibration.fit.facets:
        if " x " in facet.name:
            continue
        for label, measure, error in zip(
            facet.labels, facet.measure.tolist(), facet.standard_error.tolist(), strict=True
        ):
            if math.isfinite(measure):
                yield {
                    "facet": facet.name,
                    "label": label,
                    "measure": measure,
                    "standard_error": error,
                }


def _csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    columns = tuple(rows[0]) if rows else ()
    return as_csv(columns, ([_cell(row[column]) for column in columns] for row in rows))


def _cell(value: object) -> str | int | float | None:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _file_name(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", name.replace(" x ", "-by-")).strip("-").lower()
