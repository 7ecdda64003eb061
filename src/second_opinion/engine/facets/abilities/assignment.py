"""Which ability each criterion measures, and which elements share an origin then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from second_opinion.engine.arrays import Integers
from second_opinion.engine.errors import ArgumentError, NotEnoughRatingsError, UnknownNameError
from second_opinion.engine.facets.layout import Effect
from second_opinion.engine.facets.model import FacetsModel
from second_opinion.engine.ratings import Ratings

MOST_ABILITIES = 3


def abilities_of(ratings: Ratings, model: FacetsModel) -> tuple[tuple[str, ...], Integers]:
    """Names of the abilities as criteria first name them, and each criterion's.

    Raises
    ------
    UnknownNameError : the ratings have no such criterion
    ArgumentError : a criterion measures none of the abilities, or there are too many of them
    """
    labels, given = ratings.criterion.labels, model.dimensions
    for criterion in given:
        if criterion not in labels:
            raise UnknownNameError(
                f"The ratings have no criterion {criterion!r}; they have {', '.join(labels)}."
            )
    names = tuple(dict.fromkeys(given[one] for one in labels if one in given))
    if not names:
        return ("ability",), np.zeros(len(labels), dtype=np.int64)
    if len(names) > MOST_ABILITIES:
        raise ArgumentError(
            f"At most {MOST_ABILITIES} abilities can be fitted together; got {', '.join(names)}."
        )
    left = [one for one in labels if one not in given]
    if left:
        raise ArgumentError(
            f"Where abilities are named each criterion measures one; none is named for "
            f"{', '.join(left)}."
        )
    return names, np.array([names.index(given[one]) for one in labels], dtype=np.int64)


def apart_by_ability(
    effects: list[Effect], places: list[Integers], dimension: Integers, names: tuple[str, ...]
) -> list[Effect]:
    """The effects, with what each element is centred with.

    Abilities that some element is rated for are on one ruler in that effect; others have an origin
    of their own there, because their population means are free. An interaction is centred within
    its rows and columns already.

    Raises
    ------
    NotEnoughRatingsError : nobody is told apart on one of the abilities
    """
    for index, name in enumerate(names):
        if not np.any(dimension == index):
            raise NotEnoughRatingsError(
                f"No ratings tell anybody apart on {name}; leave its criteria out."
            )
    return [
        effect
        if len(effect.facets) > 1
        else replace(effect, origin=_origin(effect, own, dimension))
        for effect, own in zip(effects, places, strict=True)
    ]


def _origin(effect: Effect, place: Integers, dimension: Integers) -> Integers:
    """(n_elements,), the first of the abilities that the element's are joined to."""
    n_abilities = int(dimension.max()) + 1
    met = np.zeros((len(effect.labels), n_abilities), dtype=np.bool_)
    met[place - effect.start, dimension] = True
    joined = (met.T.astype(np.int64) @ met) > 0
    for _ in range(n_abilities):
        joined = (joined.astype(np.int64) @ joined) > 0
    first: Integers = np.argmax(joined, axis=1).astype(np.int64)
    return np.asarray(first[np.argmax(met, axis=1)])
