"""The mixed-model equations solved tier by tier, with the traces that the gradient needs.

With theta an effect's variance over the residual's and L its square root on the diagonal, the
equations are ``M = L C L + I`` (no I for fixed means), which stays well scaled when a variance goes
to zero. M is never formed: fine is divided out, then blocks of middle, then the dense rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.sparse import csr_array

from second_opinion.engine.arrays import Floats
from second_opinion.engine.generalizability.cross_products import CrossProducts, Pattern
from second_opinion.engine.generalizability.meetings import (
    paired,
    paired_with_itself,
    symmetric_product,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elimination:
    """M at one theta, taken apart.

    log_determinant : of M, natural log
    trace : (K,), of each effect's square on the diagonal of the inverse of M
    """

    counts: CrossProducts
    log_determinant: float
    trace: Floats
    fine_root: float
    fine_diagonal: Floats
    rest_root: Floats
    middle_inverse: csr_array
    middle_coarse: csr_array
    carried: csr_array
    coarse_inverse: Floats

    def solve(self, right: Floats) -> Floats:
        """M x = right.

        Parameters
        ----------
        right : (q, m), rows in the order fine, middle, coarse, means

        Returns
        -------
        (q, m), in the same order
        """
        n_fine, n_middle = len(self.fine_diagonal), self.counts.n_middle
        to_rest = self.counts.fine_to_rest
        fine, rest = right[:n_fine], right[n_fine:]
        first = fine / self.fine_diagonal[:, None]
        rest = rest - self.rest_root[:, None] * (to_rest.T @ (self.fine_root * first))
        middle = self.middle_inverse @ rest[:n_middle]
        coarse = self.coarse_inverse @ (rest[n_middle:] - self.middle_coarse.T @ middle)
        solved = np.concatenate([middle - self.carried @ coarse, coarse])
        first = (
            first
            - self.fine_root
            * (to_rest @ (self.rest_root[:, None] * solved))
            / self.fine_diagonal[:, None]
        )
        return np.concatenate([first, solved])


def eliminate(counts: CrossProducts, theta: Floats) -> Elimination:
    """Take M apart at the given ratios of variances.

    Parameters
    ----------
    theta : (K,), above 0

    References
    ----------
    Henderson (1984), chapter 5; traces by the blocks of the inverse, Searle, Casella and
    McCulloch (1992), section 7.6.
    """
    fine = float(theta[counts.tiers.fine])
    shrink = fine / (1 + counts.fine_sizes * fine)
    fine_diagonal = 1 + fine * counts.fine_count
    root = np.append(np.sqrt(theta), 1.0)  # the last, found by -1, is a fixed mean's
    middle_root, coarse_root = root[counts.middle_effect], root[counts.coarse_effect]
    square = _scaled(counts.middle_middle, -shrink, middle_root, middle_root, base=True)
    middle_inverse, middle_log = _block_inverse(counts, square)
    crossing = _scaled(counts.middle_coarse, -shrink, middle_root, coarse_root, base=True)
    carried = (middle_inverse @ crossing).tocsr()
    coarse = _scaled(counts.coarse_coarse, -shrink, coarse_root, coarse_root, base=True).toarray()
    coarse -= symmetric_product(crossing, carried)
    coarse[np.diag_indices(len(coarse))] += counts.coarse_effect >= 0
    coarse_inverse, coarse_log = _inverse(coarse)
    trace = np.zeros(len(theta))
    trace[counts.tiers.fine] = _fine_trace(
        fine_diagonal,
        _leaning(counts, fine, middle_root, coarse_root),
        middle_inverse,
        carried,
        coarse_inverse,
    )
    _add_other_traces(trace, counts, middle_inverse, carried, coarse_inverse)
    return Elimination(
        counts=counts,
        log_determinant=float(np.log(fine_diagonal).sum()) + middle_log + coarse_log,
        trace=trace,
        fine_root=fine**0.5,
        fine_diagonal=fine_diagonal,
        rest_root=np.concatenate([middle_root, coarse_root]),
        middle_inverse=middle_inverse,
        middle_coarse=crossing,
        carried=carried,
        coarse_inverse=coarse_inverse,
    )


def _inverse(square: Floats) -> tuple[Floats, float]:
    """Inverse of a positive definite matrix, and its log determinant, from its lower half."""
    factor, fault = dpotrf(square, lower=True)
    if fault:
        raise np.linalg.LinAlgError("The equations of the coarse tier are not positive definite.")
    log_determinant = 2 * float(np.log(np.diagonal(factor)).sum())
    lower, _ = dpotri(factor, lower=True)
    lower = np.tril(lower)
    return lower + np.tril(lower, -1).T, log_determinant


def _scaled(
    pattern: Pattern, weight: Floats, left: Floats, right: Floats, *, base: bool
) -> csr_array:
    entries = pattern.combined(weight)
    if base:
        entries += pattern.base
    return pattern.matrix(entries * left[pattern.rows] * right[pattern.columns])


def _block_inverse(counts: CrossProducts, square: csr_array) -> tuple[csr_array, float]:
    """Inverse of ``square + I`` block by block, and its log determinant."""
    blocks = counts.blocks
    buffer = np.zeros(sum(size**2 * often for size, often in blocks.sizes))
    buffer[blocks.place] = square.data
    log_determinant, start = 0.0, 0
    for size, often in blocks.sizes:
        stop = start + size**2 * often
        dense = buffer[start:stop].reshape(often, size, size) + np.eye(size)
        if size == 1:  # much faster than a million inverses of one number
            log_determinant += float(np.log(dense).sum())
            buffer[start:stop] = 1 / dense.ravel()
        else:
            log_determinant += float(np.linalg.slogdet(dense)[1].sum())
            buffer[start:stop] = np.linalg.inv(dense).ravel()
        start = stop
    inverse = csr_array(
        (buffer[blocks.inverse_place], blocks.inverse_columns, blocks.inverse_starts),
        shape=square.shape,
    )
    return inverse, log_determinant


def _leaning(
    counts: CrossProducts, fine: float, middle_root: Floats, coarse_root: Floats
) -> tuple[csr_array, csr_array, csr_array]:
    """The counts through which fine leans on the rest: within middle, between, within coarse."""
    weight = fine / (1 + counts.fine_sizes * fine) ** 2
    return (
        _scaled(counts.middle_middle, weight, middle_root, middle_root, base=False),
        _scaled(counts.middle_coarse, weight, middle_root, coarse_root, base=False),
        _scaled(counts.coarse_coarse, weight, coarse_root, coarse_root, base=False),
    )


def _fine_trace(
    fine_diagonal: Floats,
    leaning: tuple[csr_array, csr_array, csr_array],
    middle_inverse: csr_array,
    carried: csr_array,
    coarse_inverse: Floats,
) -> float:
    """The trace of the fine tier's square of the inverse.

    It is the diagonal's own, and what flows back: the rest's inverse against the counts through
    which fine leans on it.
    """
    within, between, outside = leaning
    back = (within @ carried - 2 * between).tocsr()
    return (
        float((1 / fine_diagonal).sum())
        + float(within.multiply(middle_inverse).sum())
        + paired(carried, back, coarse_inverse)
        + float(outside.multiply(coarse_inverse).sum())
    )


def _add_other_traces(
    trace: Floats,
    counts: CrossProducts,
    middle_inverse: csr_array,
    carried: csr_array,
    coarse_inverse: Floats,
) -> None:
    own = middle_inverse.diagonal()
    start = 0
    for place in counts.tiers.middle:  # in this order they stand in the tier
        rows = slice(start, start + counts.n_levels[place])
        part = carried[rows]
        trace[place] = own[rows].sum() + paired_with_itself(part, coarse_inverse)
        start = rows.stop
    of_coarse = np.diagonal(coarse_inverse)
    for place in counts.tiers.coarse:
        trace[place] = of_coarse[counts.coarse_effect == place].sum()
