"""A lottery as a versioned answer that holds all that is needed to draw again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from second_opinion.cli.match.answer import WHAT_COVERAGE_IS, WHAT_QUALITY_IS
from second_opinion.cli.match.pairing import Pairing
from second_opinion.cli.match.reasons import assigned, assignments_table, loads
from second_opinion.cli.match.seed import Seed
from second_opinion.cli.output import readable
from second_opinion.engine.arrays import Integers
from second_opinion.engine.matching import Lottery, capped_lottery, drawn, summed_scores

SCHEMA = "second-opinion/match-lottery/1"
PAIRS = "pairs"
"""Last in the answer, as it is the longest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """What was asked, the shares, and the pairs that the seed drew."""

    pairing: Pairing
    per_case: int
    most_likely: float
    seed: Seed
    lottery: Lottery
    pairs: Integers


def draw(pairing: Pairing, *, per_case: int, most_likely: float, seed: Seed) -> Draw:
    """Shares first, then the draw.

    Raises
    ------
    InfeasibleError, ArgumentError : as capped_lottery
    """
    lottery = capped_lottery(pairing.problem, most_likely=most_likely)
    return Draw(
        pairing=pairing,
        per_case=per_case,
        most_likely=most_likely,
        seed=seed,
        lottery=lottery,
        pairs=drawn(pairing.problem, lottery.probability, seed=seed.seed),
    )


def as_answer(found: Draw) -> dict[str, object]:
    """All but the pairs, which are written one by one."""
    pairing, problem = found.pairing, found.pairing.problem
    return {
        "schema": SCHEMA,
        "per_case": found.per_case,
        "load_cost": problem.load_cost,
        "most_likely": found.most_likely,
        "lottery": found.seed.as_body(),
        "expected_total": found.lottery.expected_total,
        "worst": float(summed_scores(problem, found.pairs).min()),
        "total": float(problem.score[found.pairs].sum()),
        "cases": [
            {"case": each.name, "required": required, "has_gap": has_gap}
            for each, required, has_gap in zip(
                pairing.cases, problem.required.tolist(), problem.has_gap.tolist(), strict=True
            )
        ],
        "assignments": [
            assigned(pairing, pair) | {"share": float(found.lottery.probability[pair])}
            for pair in found.pairs.tolist()
        ],
        "loads": loads(pairing, found.pairs),
    }


def pair_rows(found: Draw) -> Iterator[dict[str, object]]:
    """Every pair that may be, with its share."""
    problem, pairing = found.pairing.problem, found.pairing
    for case, assessor, score, covers_gap, share in zip(
        problem.case.tolist(),
        problem.assessor.tolist(),
        problem.score.tolist(),
        problem.covers_gap.tolist(),
        found.lottery.probability.tolist(),
        strict=True,
    ):
        yield {
            "case": pairing.cases[case].name,
            "assessor": pairing.assessors[assessor].name,
            "coverage": score,
            "covers_gap": covers_gap,
            "share": share,
        }


def print_draw(found: Draw) -> None:
    console = readable()
    console.print()
    shares = [f"{found.lottery.probability[pair]:.2f}" for pair in found.pairs.tolist()]
    console.print(assignments_table(found.pairing, found.pairs, beside=("Share", shares)))
    total = float(found.pairing.problem.score[found.pairs].sum())
    for sentence in (
        f"Drawn by lottery: no pair was likelier than {found.most_likely:g}. Share: how likely "
        "the pair was.",
        f"All cases together have {total:.2f}; {found.lottery.expected_total:.2f} was to be "
        "expected, the most that any lottery with this cap gives.",
        f"The seed opens the commitment {found.seed.commitment.hex()}.",
        "Whoever is to draw again needs the whole answer: write it with --json, and look at it "
        "with --redraw.",
        WHAT_COVERAGE_IS,
        WHAT_QUALITY_IS,
    ):
        console.print(sentence)
