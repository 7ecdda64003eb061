"""Every table that a reader of many-facet output looks for, from one fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.tables.assessor_agreement import AssessorAgreement
from second_opinion.engine.facets.tables.categories import CategoryTable
from second_opinion.engine.facets.tables.displacement import DisplacementTable
from second_opinion.engine.facets.tables.elements import ElementTable
from second_opinion.engine.facets.tables.expectation import Expectation
from second_opinion.engine.facets.tables.interaction import InteractionTable
from second_opinion.engine.facets.tables.responses import Responses
from second_opinion.engine.facets.tables.separation import Separation
from second_opinion.engine.facets.tables.table import Table
from second_opinion.engine.facets.tables.unexpected import ResidualTable, residual_table


@dataclass(frozen=True, slots=True, kw_only=True)
class AbilityTable(Table):
    """Warm's weighted likelihood estimates, one row for each candidate (and dimension).

    ability, standard_error : logits; NaN without ratings
    extreme : only lowest or only highest categories were given
    """

    label: tuple[str, ...]
    ability: Floats
    standard_error: Floats
    extreme: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetsTables:
    """What FACETS and TAM print after a fit.

    basis : sentences on what the tables are conditional on
    elements, separation : by facet
    categories, category_cautions : how the scale is used, and what to look at
    agreement : of assessors
    abilities : weighted likelihood estimates of the candidates
    interactions : one table for each pair of facets asked for
    unexpected : ratings beyond the limit, most surprising first
    displacement : of anchored elements
    responses, expectation : what the tables were made from
    """

    basis: tuple[str, ...]
    elements: Mapping[str, ElementTable]
    separation: Mapping[str, Separation]
    categories: CategoryTable
    category_cautions: tuple[str, ...]
    agreement: AssessorAgreement
    abilities: AbilityTable
    interactions: tuple[InteractionTable, ...]
    unexpected: ResidualTable
    displacement: DisplacementTable
    responses: Responses
    expectation: Expectation

    def residuals(self) -> ResidualTable:
        """One row for each rating, sorted by candidate."""
        return residual_table(self.responses, self.expectation)

    def tables(self) -> dict[str, Table]:
        """Every table by a name that can be a file's."""
        return {
            **self.elements,
            **{f"{name} separation": one for name, one in self.separation.items()},
            "categories": self.categories,
            "agreement": self.agreement,
            "weighted likelihood": self.abilities,
            **{one.facets: one for one in self.interactions},
            "unexpected": self.unexpected,
            "displacement": self.displacement,
        }

    def as_dict(self) -> dict[str, object]:
        """All tables but the residuals, ready for JSON."""
        return {
            "basis": list(self.basis),
            "category_cautions": list(self.category_cautions),
            **{name: table.as_dict() for name, table in self.tables().items()},
        }

    def __str__(self) -> str:
        parts = [" ".join(self.basis)]
        for name, table in self.tables().items():
            if len(table) or table.single_values():
                parts.append(f"{name}\n{table}")
        return "\n\n".join(parts)
