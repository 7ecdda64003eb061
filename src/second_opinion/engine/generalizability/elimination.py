"""The mixed-model equations solved tier by tier, with the traces that the gradient needs.

With theta an effect's variance over the residual's and L its square root on the diagonal, the
equations are ``M = L C L + I`` (no I for the mean), which stays well scaled when a variance goes
to zero. M is never formed: fine is divided out, then blocks of middle, then the dense rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from second_opinion.engine.arrays import Floats
from second_opinion.engine.generalizability.cross_products import CrossProducts

_DENSE_CELLS = 2_000_000  # up to this size a dense product beats a sparse one


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
        right : (q, m), rows in the order fine, middle, coarse, mean

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
        first = first - self.fine_root * (
            to_rest @ (self.rest_root[:, None] * solved)
        ) / self.fine_diagonal[:, None]
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
    root = np.append(np.sqrt(theta), 1.0)  # the last, found by -1, is the mean's
    middle_root, coarse_root = root[counts.middle_effect], root[counts.coarse_effect]
    square = _scaled(counts.middle_middle, -shrink, middle_root, middle_root, base=True)
    middle_inverse, middle_log = _block_inverse(counts, square)
    crossing = _scaled(counts.middle_coarse, -shrink, middle_root, coarse_root, base=True)
    carried = (middle_inverse @ crossing).tocsr()
    coarse = _scaled(counts.coarse_coarse, -shrink, coarse_root, coarse_root, base=True).toarray()
    coarse -= _product(crossing, carried)
    coarse[np.diag_indices(len(coarse))] += np.append(np.ones(len(coarse) - 1), 0.0)
    factor = np.linalg.cholesky(coarse)
    half = np.linalg.inv(factor)
    coarse_inverse = half.T @ half
    weight = fine / (1 + counts.fine_sizes * fine) ** 2
    leaving = [
        _scaled(pattern, weight, left, right, base=False)
        for pattern, left, right in (
            (counts.middle_middle, middle_root, middle_root),
            (counts.middle_coarse, middle_root, coarse_root),
            (counts.coarse_coarse, coarse_root, coarse_root),
        )
    ]
    trace = np.zeros(len(theta))
    trace[counts.tiers.fine] = _fine_trace(
        fine_diagonal, leaving, middle_inverse, carried, coarse_inverse
    )
    _add_other_traces(trace, counts, middle_inverse, carried, coarse_inverse)
    return Elimination(
        counts=counts,
        log_determinant=float(np.log(fine_diagonal).sum())
        + middle_log
        + 2 * float(np.log(np.diagonal(factor)).sum()),
        trace=trace,
        fine_root=fine**0.5,
        fine_diagonal=fine_diagonal,
        rest_root=np.concatenate([middle_root, coarse_root]),
        middle_inverse=middle_inverse,
        middle_coarse=crossing,
        carried=carried,
        coarse_inverse=coarse_inverse,
    )
