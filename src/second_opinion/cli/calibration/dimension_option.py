"""`--dimension "name: criterion, criterion"`: which ability each criterion measures."""

from __future__ import annotations

import csv
from collections.abc import Mapping

import click

from second_opinion.cli.calibration.words import listed_plainly
from second_opinion.engine.errors import ArgumentError

_FORM = "write a name, a colon and criteria, as 'people: Leading, Listening'"


def dimensions_of(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """By criterion, the ability that it measures."""
    found: dict[str, str] = {}
    names: set[str] = set()
    for value in values:
        name, criteria = _parts(value)
        if not name or not criteria:
            raise click.BadParameter(f"{value!r} is no dimension; {_FORM}.", ctx=ctx, param=param)
        if name in names:
            raise click.BadParameter(f"{name!r} is named twice.", ctx=ctx, param=param)
        names.add(name)
        for criterion in criteria:
            if criterion in found:
                raise click.BadParameter(
                    f"Criterion {criterion!r} stands twice; each measures one ability.",
                    ctx=ctx,
                    param=param,
                )
            found[criterion] = name
    if len(names) == 1:
        raise click.BadParameter(
            "One dimension is what there is without the option; name two or three.",
            ctx=ctx,
            param=param,
        )
    return found


def _parts(value: str) -> tuple[str, tuple[str, ...]]:
    """The name, and the criteria; one that holds a comma stands in quotation marks."""
    name, _, rest = value.partition(":")
    try:
        (criteria,) = csv.reader([rest.strip()], strict=True, skipinitialspace=True)
    except (csv.Error, ValueError):
        return "", ()
    stripped = tuple(one.strip() for one in criteria)
    return name.strip(), stripped if all(stripped) else ()


def require_dimensions(dimensions: Mapping[str, str], criteria: tuple[str, ...]) -> None:
    """Raises ArgumentError where criteria are unknown, or some have no dimension."""
    unknown = [one for one in dimensions if one not in criteria]
    if unknown:
        raise ArgumentError(
            f"--dimension names {listed_plainly(list(map(repr, unknown)))}, which the ratings do "
            f"not have; their criteria are {listed_plainly(criteria)}."
        )
    left = [one for one in criteria if one not in dimensions]
    if dimensions and left:
        raise ArgumentError(
            f"No --dimension names {listed_plainly(left)}; each criterion measures one, so add "
            f"{'it' if len(left) == 1 else 'them'} to one or leave "
            f"{'its' if len(left) == 1 else 'their'} ratings out."
        )
