"""The decision study of a generalizability study, its JSON and its drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from second_opinion.cli.generalizability_design import Numbers
from second_opinion.drawings import Curve, Figure, Level, as_csv, draw_curves
from second_opinion.engine.generalizability import (
    Dependability,
    Enough,
    Study,
    decision_study,
    dependability,
    enough,
)

SCHEMA = "second-opinion/generalizability/1"
NAMES = {"p": "candidates", "r": "assessors", "t": "criteria"}
_TRIED = (1, 2, 3, 4, 5, 6, 8, 10)
_TRIED_BESIDE = (1, 2, 4, 8, 12)
_MOST_CURVES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What other numbers would give.

    now : with the study's own numbers
    main, beside : the facet whose numbers make rows, and the one that makes columns, if any
    rows : the table, the facet beside changing slowest
    """

    fixed: str
    target: float
    now: Dependability
    main: str
    beside: str | None
    rows: tuple[Dependability, ...]
    enough: tuple[Enough, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A drawing's files by their ending."""

    name: str
    files: dict[str, bytes]


def decided(study: Study, *, numbers: Numbers, fixed: str, target: float) -> Decision:
    """The table of coefficients for the numbers asked for, or for usual ones.

    Raises
    ------
    ArgumentError : a facet that the design does not have
    """
    free = [facet for facet in study.design.facets[1:] if facet not in fixed]
    chosen = [facet for facet in numbers if facet in free] or free or [study.design.facets[1]]
    main = "r" if "r" in chosen else chosen[0]
    beside = next((facet for facet in chosen if facet != main), None)
    tried: dict[str, tuple[float, ...]] = {}
    if beside is not None:
        tried[beside] = numbers.get(beside, _usual(study, beside))
    tried[main] = numbers.get(main, _TRIED)
    tried |= {facet: given for facet, given in numbers.items() if facet not in tried}
    return Decision(
        fixed=fixed,
        target=target,
        now=dependability(study, fixed=fixed),
        main=main,
        beside=beside,
        rows=decision_study(study, sizes=tried, fixed=fixed),
        enough=enough(study, target=target, fixed=fixed),
    )


def _usual(study: Study, facet: str) -> tuple[float, ...]:
    own = max(round(study.sizes[facet]), 1)
    return tuple(sorted({*_TRIED_BESIDE[: _MOST_CURVES - 1], own}))


def answer_of(study: Study, decision: Decision) -> dict[str, object]:
    """The documented object."""
    return {
        "schema": SCHEMA,
        "design": study.design.notation,
        "components": {
            one.name: {
                "variance": one.variance,
                "standard_error": one.standard_error,
                "levels": one.n_levels,
                "boundary": one.is_boundary,
            }
            for one in study.components
        },
        "sizes": dict(study.sizes),
        "fixed": list(decision.fixed),
        **_coefficients(decision.now),
        "target": decision.target,
        "enough": {
            one.facet: {"g_coefficient": one.for_order, "phi": one.for_level}
            for one in decision.enough
        },
        "decision_study": [
            {"sizes": dict(row.sizes), **_coefficients(row)} for row in decision.rows
        ],
        "log_likelihood": study.log_likelihood,
        "converged": study.converged,
        "iterations": study.iterations,
        "notes": list(study.notes),
    }


def _coefficients(found: Dependability) -> dict[str, float]:
    return {
        "g_coefficient": found.g_coefficient,
        "phi": found.phi,
        "universe": found.universe,
        "relative_error": found.relative_error,
        "absolute_error": found.absolute_error,
    }


def named(facet: str) -> str:
    """What a facet's levels are called."""
    return NAMES.get(facet, f"levels of {facet}")


def numbered(facet: str, number: float) -> str:
    """A number of levels in words, '1 criterion' or '2 assessors'."""
    one = {"assessors": "assessor", "criteria": "criterion", "candidates": "candidate"}
    word = named(facet)
    return f"{number:g} {one.get(word, word) if number == 1 else word}"


def figures_of(study: Study, decision: Decision) -> Iterator[Drawn]:
    """G and phi over the numbers of the main facet, a line for each number beside it."""
    for name, letter, what in (
        ("g-coefficient", "G", "the order of candidates"),
        ("phi", "Φ", "the level of each candidate"),
    ):
        figure = _figure(study, decision, name=name, letter=letter, what=what)
        yield Drawn(
            name=figure.name,
            files={
                "svg": figure.svg.encode(),
                "csv": as_csv(figure.columns, figure.rows),
            },
        )


def _figure(study: Study, decision: Decision, *, name: str, letter: str, what: str) -> Figure:
    key = name.replace("-", "_")
    main, beside = decision.main, decision.beside
    lines: dict[str, list[tuple[float, float]]] = {}
    for row in decision.rows:
        label = numbered(beside, row.sizes[beside]) if beside else letter
        lines.setdefault(label, []).append((row.sizes[main], getattr(row, key)))
    found = next(one for one in decision.enough if one.facet == main) if decision.enough else None
    number = (found.for_order if letter == "G" else found.for_level) if found else None
    title = _finding(number, decision, study, letter)
    description = (
        f"{letter} for {what}, by how many {named(main)} are averaged over"
        + (f", a line for each number of {named(beside)}" if beside else "")
        + f". The level {decision.target:g} is drawn across."
    )
    return Figure(
        name=name,
        title=title,
        description=description,
        svg=draw_curves(
            title=title,
            description=description,
            ruler_name=f"Number of {named(main)}",
            height_name=f"{letter}, {what}",
            curves=[Curve(label=label, points=points) for label, points in lines.items()],
            level=Level(value=decision.target, label=f"enough: {decision.target:g}"),
            identity=name,
        ),
        columns=(*decision.rows[0].sizes, key),
        rows=tuple((*row.sizes.values(), getattr(row, key)) for row in decision.rows),
    )


def _finding(number: int | None, decision: Decision, study: Study, letter: str) -> str:
    others = [
        numbered(facet, round(size, 1))
        for facet, size in study.sizes.items()
        if facet != decision.main
    ]
    beside = f" with {' and '.join(others)}" if others else ""
    if number is None:
        return f"No number of {named(decision.main)} reaches {letter} {decision.target:g}{beside}"
    return (
        f"{numbered(decision.main, number).capitalize()} reach {letter} {decision.target:g}{beside}"
    )
