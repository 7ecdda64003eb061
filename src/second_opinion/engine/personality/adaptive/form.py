"""What an adaptive questionnaire may ask: items, and what they belong to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import AnswersError
from second_opinion.engine.personality.graded.items import GradedItems


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveForm:
    """Items by the trait they measure and the content they cover.

    items : parameters on one ruler for each scale, answers in the keyed direction
    scale : (n_items,), the trait from 0 that an item measures
    facet : (n_items,), the content from 0 that an item covers; a facet lies within one scale
    share : (n_facets,), of all that is asked, positive, summing to 1
    """

    items: GradedItems
    scale: Integers
    facet: Integers
    share: Floats

    @classmethod
    def of(
        cls,
        items: GradedItems,
        *,
        scale: ArrayLike | None = None,
        facet: ArrayLike | None = None,
        share: ArrayLike | None = None,
    ) -> AdaptiveForm:
        """A form; unless said, of one scale, its facets being the scales, asked about equally.

        Raises
        ------
        AnswersError : arrays of the wrong length, a number left out, a facet in two scales, or
            shares that are not positive
        """
        one = np.zeros(len(items), dtype=np.int64) if scale is None else scale
        of_scale = _numbered(one, len(items), name="scale")
        of_facet = of_scale if facet is None else _numbered(facet, len(items), name="facet")
        for number in range(int(of_facet.max()) + 1):
            scales = np.unique(of_scale[of_facet == number])
            if len(scales) > 1:
                raise AnswersError(
                    f"Facet {number} has items of the scales {scales[0]} and {scales[1]}; a facet "
                    "lies within one scale."
                )
        n_facets = int(of_facet.max()) + 1
        shares: Floats = np.ones(n_facets) if share is None else np.asarray(share, dtype=np.float64)
        if shares.shape != (n_facets,) or not ((shares > 0) & np.isfinite(shares)).all():
            raise AnswersError(f"Each of the {n_facets} facets needs a positive share.")
        return cls(items=items, scale=of_scale, facet=of_facet, share=shares / shares.sum())

    @property
    def n_scales(self) -> int:
        return int(self.scale.max()) + 1


def _numbered(values: ArrayLike, n_items: int, *, name: str) -> Integers:
    numbers = np.asarray(values, dtype=np.int64)
    if numbers.shape != (n_items,) or set(np.unique(numbers).tolist()) != set(
        range(int(numbers.max(initial=-1)) + 1)
    ):
        raise AnswersError(
            f"Each of the {n_items} items needs the number of its {name}, from 0 and with none "
            "left out."
        )
    return numbers
