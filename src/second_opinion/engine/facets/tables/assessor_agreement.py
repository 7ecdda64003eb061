"""Assessors beside one another: exact agreement as found and as expected, and one against rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.tables.expectation import Expectation
from second_opinion.engine.facets.tables.nodes import Node
from second_opinion.engine.facets.tables.posterior import Posterior
from second_opinion.engine.facets.tables.responses import Responses
from second_opinion.engine.facets.tables.sums import sums_by
from second_opinion.engine.facets.tables.table import Table
from second_opinion.engine.ratings import Facet


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorAgreement(Table):
    """How often assessors give the same category to the same thing; NaN where nobody shares one.

    total_opportunities : pairs of ratings of the same candidate on the same criterion
    total_observed, total_expected : share of them that agree exactly, 0 to 1
    rasch_kappa : (observed - expected) / (1 - expected); about 0 where assessors are independent
        experts, above where they work like rating machines
    opportunities, observed, expected : (n_assessors,), the same for the pairs with one assessor
    single_rest : (n_assessors,), correlation between the assessor's ratings and the mean of all
        others' ratings of the same thing
    """

    total_opportunities: int
    total_observed: float
    total_expected: float
    rasch_kappa: float
    label: tuple[str, ...]
    opportunities: Integers
    observed: Floats
    expected: Floats
    single_rest: Floats


class AgreementSums:
    """Gathers the expected agreements of one facet, usually the assessors.

    Two ratings share a context if they belong to the same element of every other facet. Where
    they share the ability too they are independent only given it, so the chance to agree is
    averaged over the posterior; where they do not (halo) the averages are multiplied.
    """

    def __init__(self, responses: Responses, posterior: Posterior, *, assessor: str) -> None:
        self._responses = responses
        self._facet = responses.facets[assessor]
        self._context = contexts(responses.facets, leaving_out=assessor)
        self._expected = np.zeros(len(responses))
        first = np.zeros(self._n_contexts, dtype=np.int64)
        first[self._context] = posterior.unit
        self._one_ability = bool(np.array_equal(first[self._context], posterior.unit))

    def add(self, node: Node) -> None:
        if self._one_ability:
            self._expected += node.share * self._chance_to_agree(node.probability)

    def result(self, expectation: Expectation) -> AssessorAgreement:
        """The table; expectation serves where contexts do not share one ability."""
        if not self._one_ability:
            self._expected = self._chance_to_agree(expectation.probability)
        category = self._responses.category
        size = np.bincount(self._context)[self._context]
        n_categories = self._responses.n_categories
        same = self._context * n_categories + category
        agreeing = np.bincount(same)[same] - 1
        return _table(
            self._facet,
            opportunities=size - 1,
            agreeing=agreeing,
            expected=self._expected,
            single_rest=self._single_rest(size),
        )

    @property
    def _n_contexts(self) -> int:
        return int(self._context.max()) + 1

    def _chance_to_agree(self, probability: Floats) -> Floats:
        total = np.zeros(len(self._context))
        for chance in probability:
            others = sums_by(self._context, chance, self._n_contexts)[self._context] - chance
            total += chance * others
        return total

    def _single_rest(self, size: Integers) -> Floats:
        category = self._responses.category.astype(np.float64)
        shared = size > 1
        codes, own = self._facet.codes[shared], category[shared]
        total = sums_by(self._context, category, self._n_contexts)[self._context][shared]
        rest = (total - own) / (size[shared] - 1)
        return correlations(own, rest, codes, len(self._facet))


def contexts(facets: Mapping[str, Facet], *, leaving_out: str) -> Integers:
    """A number for each rating, the same where all facets but one have the same elements.

    A facet that goes with the one left out, such as the group that an assessor belongs to, makes
    no difference.
    """
    left_out = facets[leaving_out]
    context = np.zeros(len(left_out.codes), dtype=np.int64)
    for name, facet in facets.items():
        if name != leaving_out and not _goes_with(facet, left_out):
            # Made dense after each facet, so that no product of many facets can overflow.
            context = np.unique(context * len(facet) + facet.codes, return_inverse=True)[1]
    return context


def _goes_with(facet: Facet, other: Facet) -> bool:
    one_of_each = np.zeros(len(other), dtype=np.int64)
    one_of_each[other.codes] = facet.codes
    return len(facet) > 1 and bool(np.array_equal(one_of_each[other.codes], facet.codes))


def correlations(first: Floats, second: Floats, codes: Integers, n_elements: int) -> Floats:
    """Product-moment correlation within each element; NaN where either does not vary."""
    count = np.bincount(codes, minlength=n_elements)
    with np.errstate(divide="ignore", invalid="ignore"):
        centred = [
            values - (sums_by(codes, values, n_elements) / count)[codes]
            for values in (first, second)
        ]
        products = [
            sums_by(codes, centred[row] * centred[column], n_elements)
            for row, column in ((0, 1), (0, 0), (1, 1))
        ]
        varies = (products[1] > 1e-12) & (products[2] > 1e-12)
        return np.where(varies, products[0] / np.sqrt(products[1] * products[2]), np.nan)


def _table(
    facet: Facet,
    *,
    opportunities: Integers,
    agreeing: Integers,
    expected: Floats,
    single_rest: Floats,
) -> AssessorAgreement:
    pairs, agreed, chance = (
        sums_by(facet.codes, values, len(facet))
        for values in (opportunities.astype(float), agreeing.astype(float), expected)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        observed, modelled = agreed / pairs, chance / pairs
        total, total_chance = (np.divide(part.sum(), pairs.sum()) for part in (agreed, chance))
        kappa = (total - total_chance) / (1 - total_chance)
    return AssessorAgreement(
        total_opportunities=int(pairs.sum()) // 2,
        total_observed=float(total),
        total_expected=float(total_chance),
        rasch_kappa=float(kappa),
        label=facet.labels,
        opportunities=pairs.astype(np.int64),
        observed=observed,
        expected=modelled,
        single_rest=single_rest,
    )
