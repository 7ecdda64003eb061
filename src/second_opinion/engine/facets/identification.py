"""What the parameters are held to, so that they have one answer: centred facets, known anchors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.layout import Effect, Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A part of the coordinates that may move only within a plane.

    places : (n,), which coordinates
    projector : (n, n), onto the plane; None for the plane of those that sum to zero
    """

    places: Integers
    projector: Floats | None


@dataclass(frozen=True, kw_only=True)
class Identification:
    """The plane in which the search moves.

    fixed : (n_coordinates,), those that never move
    """

    fixed: NDArray[np.bool_]
    held: tuple[Held, ...]

    @cached_property
    def _across(self) -> Floats:
        """Onto what the plane leaves out."""
        identity = np.eye(len(self.fixed))
        return np.asarray(identity - self.project(identity))

    def project(self, vectors: Floats) -> Floats:
        """The nearest point of the plane through zero, for each column.

        Parameters
        ----------
        vectors : (n_coordinates,) or (n_coordinates, n)
        """
        projected = vectors.copy()
        projected[self.fixed] = 0.0
        for part in self.held:
            inside = projected[part.places]
            if part.projector is None:
                projected[part.places] = inside - inside.mean(axis=0)
            else:
                projected[part.places] = part.projector @ inside
        return projected

    def within(self, information: Floats) -> Floats:
        """The information within the plane, and a multiple of the identity across it."""
        inside = self.project(self.project(information).T)
        scale = float(np.mean(np.diagonal(information)[~self.fixed]))
        inside += scale * self._across
        return np.asarray((inside + inside.T) / 2)

    def invert(self, information: Floats) -> Floats:
        """The inverse within the plane, zero across it: the covariance where this is information.

        Raises
        ------
        numpy.linalg.LinAlgError : the information is not positive definite within the plane
        """
        factor = cho_factor(self.within(information), check_finite=False)
        inverse = cho_solve(factor, np.eye(len(information)), check_finite=False)
        return self.project(self.project(inverse).T)


def identify(layout: Layout) -> Identification:
    """Each facet is centred at zero, unless an anchored element of it fixes the zero.

    Of an interaction, the elements of each level of either facet sum to zero. Elements that
    nobody rated have no part in this. With several abilities each has a mean of its own, so
    elements that are rated for one ability alone are centred among themselves.
    """
    fixed = np.zeros(layout.n_coordinates, dtype=np.bool_)
    fixed[: layout.n_values] = layout.fixed
    held = []
    for effect in layout.effects:
        origin = np.zeros(len(effect.labels)) if effect.origin is None else effect.origin
        for one in np.unique(origin):
            held += _held(layout, effect, origin == one)
    return Identification(fixed=fixed, held=tuple(held))


def _held(layout: Layout, effect: Effect, together: NDArray[np.bool_]) -> list[Held]:
    """The elements that are centred together; none where an anchored one fixes their zero."""
    is_fixed = layout.fixed[effect.places]
    free = effect.start + np.flatnonzero(~is_fixed & together)
    if np.any(is_fixed & together & (effect.count > 0)) or not len(free):
        return []
    projector = _twice_centred(effect, free) if len(effect.facets) > 1 else None
    return [Held(places=free, projector=projector)]


def _twice_centred(effect: Effect, free: Integers) -> Floats:
    """Onto the plane where the elements of each level of either facet sum to zero."""
    labels = [effect.labels[place - effect.start] for place in free]
    columns = []
    for side in range(len(effect.facets)):
        index = {label: position for position, label in enumerate({one[side] for one in labels})}
        member = np.zeros((len(labels), len(index)))
        member[np.arange(len(labels)), [index[one[side]] for one in labels]] = 1.0
        columns.append(member)
    left, sizes, _ = np.linalg.svd(np.concatenate(columns, axis=1), full_matrices=False)
    spanned = left[:, sizes > sizes.max() * 1e-10]
    return np.asarray(np.eye(len(labels)) - spanned @ spanned.T)
