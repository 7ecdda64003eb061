"""One assessor's second score for the same candidate and criterion."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.ratings import Facet, cells_of
from second_opinion.ingest.errors import RefusedRow, quoted
from second_opinion.ingest.ratings_file.cells import Cells
from second_opinion.ingest.ratings_file.values import Booleans


def repeated_ratings(cells: Cells, *, kept: Booleans, nested: bool) -> dict[int, RefusedRow]:
    """The later record of each repeated rating, naming the row that has the rating already."""
    record, place = np.nonzero(~np.isnan(cells.numbers.score) & kept[:, None])
    candidate = cells.candidate.codes[record]
    if nested:
        # each cell is an assessor of its own, so what repeats is the candidate's row
        rated, first = np.unique(record, return_index=True)
        record, place, candidate = rated, place[first], candidate[first]
        cell = candidate
    else:
        facets = (
            cells.candidate.rows(record),
            Facet(cells.assessor.labels, cells.assessor.codes[record, place]),
            Facet(cells.criterion.labels, cells.criterion.codes[record, place]),
            *(facet.rows(record) for facet in cells.further.values()),
        )
        cell = cells_of(facets)
    in_order = np.sort(cell)
    if not (in_order[1:] == in_order[:-1]).any():
        return {}
    order = np.argsort(cell, kind="stable")
    again = np.flatnonzero(cell[order[1:]] == cell[order[:-1]]) + 1
    # the first of a run of equal cells is the one that counts
    starts = np.searchsorted(cell[order], cell[order[again]])
    refused: dict[int, RefusedRow] = {}
    for later, earlier in zip(order[again].tolist(), order[starts].tolist(), strict=True):
        at, column = int(record[later]), int(place[later])
        refused.setdefault(
            at,
            RefusedRow(
                int(cells.rows[at]),
                "" if nested else quoted(cells.columns[column]),
                _reason(cells, at, column, earlier_row=cells.rows[record[earlier]], nested=nested),
            ),
        )
    return refused


def _reason(cells: Cells, record: int, column: int, *, earlier_row: int, nested: bool) -> str:
    candidate = quoted(cells.candidate.labels[cells.candidate.codes[record]])
    if nested:
        return f"Candidate {candidate} stands on row {earlier_row} already; one row for each."
    assessor = quoted(cells.assessor.labels[cells.assessor.codes[record, column]])
    criterion = quoted(cells.criterion.labels[cells.criterion.codes[record, column]])
    further = "".join(
        f", {name} {quoted(facet.labels[facet.codes[record]])}"
        for name, facet in cells.further.items()
    )
    return (
        f"Assessor {assessor} has rated candidate {candidate} on {criterion}{further} already, "
        f"on row {earlier_row}."
    )
