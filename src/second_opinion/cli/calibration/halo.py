"""What one assessor's overall impression does to all of that assessor's ratings of a candidate."""

from __future__ import annotations

import math
from typing import Any

from second_opinion.cli.calibration.calibration import Calibration
from second_opinion.cli.calibration.words import known

_TYPICAL = 0.44  # two separate interviews of one candidate: docs/methods/combination.md


def halo_answer(calibration: Calibration) -> dict[str, Any] | None:
    """The halo's figures for JSON; None where the model has no halo."""
    halo = calibration.fit.halo
    if halo is None:
        return None
    return {
        "variance": halo.variance,
        "standard_error": known(halo.standard_error),
        "is_at_boundary": bool(halo.is_at_boundary),
        "agreement": {
            "impression": halo.agreement.impression,
            "mean_rating": halo.agreement.mean_rating,
            "mean_rating_adjusted": halo.agreement.mean_rating_adjusted,
            "single_rating": halo.agreement.single_rating,
        },
    }


def halo_sentences(calibration: Calibration) -> list[str]:
    """The halo in words; nothing where the model has none."""
    halo = calibration.fit.halo
    if halo is None:
        return []
    if halo.is_at_boundary:
        return [
            "Halo: none is seen. One assessor's scores of a candidate hang together no more than "
            "the candidate's ability explains."
        ]
    candidates = math.sqrt(calibration.fit.population.variance)
    agreement = halo.agreement.mean_rating
    return [
        f"Halo: one assessor's impression of a candidate moves all scores together by a standard "
        f"deviation of {math.sqrt(halo.variance):.2f} logits, where candidates differ by "
        f"{candidates:.2f}.",
        f"Two assessors of the same candidate agree about {agreement:.2f} on the mean of all "
        f"criteria (separate interviews: typically {_TYPICAL:.2f}); more criteria would not bring "
        f"them beyond {halo.agreement.impression:.2f}.",
    ]
