"""What a reader of many-facet output expects after a fit: one table to a module."""

from second_opinion.engine.facets.tables.after_fit import fit_tables
from second_opinion.engine.facets.tables.assessor_agreement import AssessorAgreement
from second_opinion.engine.facets.tables.categories import CategoryTable
from second_opinion.engine.facets.tables.collection import AbilityTable, FacetsTables
from second_opinion.engine.facets.tables.displacement import DisplacementTable
from second_opinion.engine.facets.tables.elements import ElementTable
from second_opinion.engine.facets.tables.interaction import InteractionTable
from second_opinion.engine.facets.tables.separation import Separation
from second_opinion.engine.facets.tables.table import Table
from second_opinion.engine.facets.tables.unexpected import ResidualTable

__all__ = [
    "AbilityTable",
    "AssessorAgreement",
    "CategoryTable",
    "DisplacementTable",
    "ElementTable",
    "FacetsTables",
    "InteractionTable",
    "ResidualTable",
    "Separation",
    "Table",
    "fit_tables",
]
