"""Which scale holds for which criterion of a ratings file."""

from __future__ import annotations

from collections.abc import Sequence

from second_opinion.engine.ratings import Scale
from second_opinion.ingest.errors import OptionsError, listed, nearest, quoted
from second_opinion.ingest.ratings_file.cells import Cells
from second_opinion.ingest.ratings_file.columns import (
    AssessorsColumns,
    LongColumns,
    RatingsColumns,
    ScaleOption,
)
from second_opinion.ingest.ratings_file.sheet import Sheet


def scales_of(
    cells: Cells, options: Sequence[ScaleOption], *, columns: RatingsColumns, sheet: Sheet
) -> tuple[Scale, ...]:
    """One scale for each of the cells' criteria.

    Raises
    ------
    OptionsError : a criterion has no scale or two, or a scale is for a criterion not there
    """
    by_criterion: dict[str | None, Scale] = {}
    for option in options:
        criterion = _criterion(option, cells=cells, columns=columns, sheet=sheet)
        if criterion in by_criterion:
            raise OptionsError(
                place="Option --scale",
                found=f"{quoted(criterion) if criterion else 'All columns'} got two scales.",
                mend="Give each one scale.",
            )
        by_criterion[criterion] = option.scale
    return tuple(_scale(label, by_criterion) for label in cells.criterion.labels)


def _scale(label: str, by_criterion: dict[str | None, Scale]) -> Scale:
    scale = by_criterion.get(label, by_criterion.get(None))
    if scale is None:
        raise OptionsError(
            place="Option --scale",
            found=f"No scale is given for {quoted(label)}.",
            mend=f"Add --scale MIN:MAX for all, or --scale {quoted(label + '=MIN:MAX')} for it.",
        )
    return scale


def _criterion(
    option: ScaleOption, *, cells: Cells, columns: RatingsColumns, sheet: Sheet
) -> str | None:
    """The criterion's label that the option means."""
    if option.criterion is None:
        return None
    if isinstance(columns, AssessorsColumns):
        raise OptionsError(
            place="Option --scale",
            found=f"{quoted(option.criterion)} gets a scale of its own, but with --assessors all "
            "columns rate the same thing.",
            mend="Give one --scale MIN:MAX.",
        )
    known = cells.criterion.labels
    if not isinstance(columns, LongColumns) and option.criterion not in known:
        named = sheet.name_of(option.criterion)
        if named in known:
            return named
    if option.criterion not in known:
        raise no_such_criterion(option.criterion, known)
    return option.criterion


def no_such_criterion(criterion: str, known: Sequence[str]) -> OptionsError:
    """The error for a scale that is for a criterion not there."""
    return OptionsError(
        place="Option --scale",
        found=f"There is no criterion {quoted(criterion)}; there are {listed(known)}.",
        mend=f"{nearest(criterion, known)}Name one of these.",
    )
