"""A lottery's answer drawn again: does the seed open its commitment, and bring the same pairs?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from second_opinion.cli.errors import CommandError
from second_opinion.cli.match.lottery import SCHEMA as ANSWER
from second_opinion.cli.match.pairing import Pairing
from second_opinion.cli.match.seed import Seed, read_object, seed_of
from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import EngineError
from second_opinion.engine.matching import (
    AssignmentProblem,
    capped_lottery,
    drawn,
    summed_scores,
)

SCHEMA = "second-opinion/match-redraw/1"
_OFF = 1e-6  # other solvers end at other digits
_MOST_NAMED = 5
_MEND = "Give the answer that --most-likely wrote with --json."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a lottery's answer says.

    pairs : (case, assessor) by name, as drawn
    """

    per_case: int
    most_likely: float
    seed: Seed
    cases: tuple[str, ...]
    assessors: tuple[str, ...]
    problem: AssignmentProblem
    probability: Floats
    pairs: frozenset[tuple[str, str]]
    figures: dict[str, float]

    def names_of(self, pairs: Integers) -> frozenset[tuple[str, str]]:
        return frozenset(
            (self.cases[case], self.assessors[assessor])
            for case, assessor in zip(
                self.problem.case[pairs].tolist(),
                self.problem.assessor[pairs].tolist(),
                strict=True,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Sentences, in the order in which they were checked."""

    holds: tuple[str, ...]
    differs: tuple[str, ...]


def read_answer(path: Path) -> Answer:
    """The answer of a lottery.

    Raises
    ------
    CommandError : the file is none
    """
    body = read_object(path, schema=ANSWER, mend=_MEND)
    try:
        return _answer(body, where=str(path))
    except (KeyError, TypeError, ValueError, OverflowError, EngineError) as fault:
        raise CommandError(f"{path} is no whole answer of a lottery ({fault}). {_MEND}") from fault


def verdict_on(answer: Answer, pairing: Pairing | None) -> Verdict:
    """What holds of an answer, and what differs.

    pairing : of the files, where they are at hand; else the answer's own pairs are believed
    """
    checks = [_seed(answer), _shares(answer), _best(answer), _draw(answer), _figures(answer)]
    if pairing is not None:
        checks.append(_files(answer, pairing))
    return Verdict(
        holds=tuple(sentence for holds, sentence in checks if holds),
        differs=tuple(sentence for holds, sentence in checks if not holds),
    )


def _answer(body: dict[str, Any], *, where: str) -> Answer:
    cases = tuple(str(each["case"]) for each in body["cases"])
    assessors = tuple(str(each["assessor"]) for each in body["loads"])
    case_of = {name: place for place, name in enumerate(cases)}
    assessor_of = {name: place for place, name in enumerate(assessors)}
    if len(case_of) < len(cases) or len(assessor_of) < len(assessors):
        raise ValueError("a name stands there twice")
    rows = body["pairs"]
    return Answer(
        per_case=int(body["per_case"]),
        most_likely=float(body["most_likely"]),
        seed=seed_of(body["lottery"], where=where),
        cases=cases,
        assessors=assessors,
        problem=AssignmentProblem(
            case=np.array([case_of[each["case"]] for each in rows], dtype=np.int64),
            assessor=np.array([assessor_of[each["assessor"]] for each in rows], dtype=np.int64),
            score=np.array([each["coverage"] for each in rows], dtype=np.float64),
            covers_gap=np.array([each["covers_gap"] for each in rows], dtype=np.bool_),
            required=np.array([each["required"] for each in body["cases"]], dtype=np.int64),
            has_gap=np.array([each["has_gap"] for each in body["cases"]], dtype=np.bool_),
            cap=np.array([each["cap"] for each in body["loads"]], dtype=np.int64),
            load_cost=float(body["load_cost"]),
        ),
        probability=np.array([each["share"] for each in rows], dtype=np.float64),
        pairs=frozenset((each["case"], each["assessor"]) for each in body["assignments"]),
        figures={name: float(body[name]) for name in ("expected_total", "worst", "total")},
    )


def _seed(answer: Answer) -> tuple[bool, str]:
    commitment = answer.seed.commitment.hex()
    if answer.seed.is_open:
        return True, (
            f"The seed opens the commitment {commitment}; compare it with the one that was told "
            "before the draw."
        )
    return False, f"Seed and nonce do not open the commitment {commitment}."


def _shares(answer: Answer) -> tuple[bool, str]:
    above = np.flatnonzero(answer.probability > answer.most_likely + _OFF)
    if not len(above):
        return True, f"No pair is likelier than {answer.most_likely:g}."
    return False, f"Likelier than {answer.most_likely:g}: {_listed(answer.names_of(above))}."


def _best(answer: Answer) -> tuple[bool, str]:
    given = float(answer.probability @ answer.problem.score)
    try:
        best = capped_lottery(answer.problem, most_likely=answer.most_likely).expected_total
    except EngineError as error:
        return False, f"Of these pairs there is no such lottery. {error}"
    if abs(given - best) <= _OFF * max(1.0, best):
        return True, f"The shares give the best expected total under that cap, {best:.4f}."
    return False, (
        f"The shares give an expected total of {given:.4f}, and the best under that cap is "
        f"{best:.4f}."
    )


def _draw(answer: Answer) -> tuple[bool, str]:
    try:
        again = answer.names_of(drawn(answer.problem, answer.probability, seed=answer.seed.seed))
    except EngineError as error:
        return False, f"The shares cannot be drawn from. {error}"
    if again == answer.pairs:
        return True, f"Drawn again, the seed brings the same {len(again)} pairs."
    parts = [
        f"{words} {_listed(pairs)}"
        for words, pairs in (
            ("it draws, and the answer has not,", again - answer.pairs),
            ("the answer has, and it does not draw,", answer.pairs - again),
        )
        if pairs
    ]
    return False, f"Drawn again, the seed brings other pairs: {'; '.join(parts)}."


def _figures(answer: Answer) -> tuple[bool, str]:
    """The totals that stand in the answer, against its own pairs."""
    problem = answer.problem
    names = list(zip(problem.case.tolist(), problem.assessor.tolist(), strict=True))
    chosen = np.array(
        [(answer.cases[case], answer.assessors[who]) in answer.pairs for case, who in names],
        dtype=np.bool_,
    )
    pairs = np.flatnonzero(chosen)
    found = {
        "expected_total": float(answer.probability @ problem.score),
        "worst": float(summed_scores(problem, pairs).min()),
        "total": float(problem.score[pairs].sum()),
    }
    wrong = [
        f"{name} is {answer.figures[name]:.4f} and should be {value:.4f}"
        for name, value in found.items()
        if abs(value - answer.figures[name]) > _OFF * max(1.0, abs(value))
    ]
    if wrong:
        return False, f"Totals that are not those of the pairs: {', '.join(wrong)}."
    return True, "The totals are those of the pairs."


def _files(answer: Answer, pairing: Pairing) -> tuple[bool, str]:
    """Cases, caps and coverage as the files have them."""
    by_file = frozenset(_facts(_of_files(answer, pairing)))
    by_answer = frozenset(_facts(answer))
    if by_file == by_answer:
        return True, "Cases, caps, pairs and coverage are those of the files."
    return False, "Other than in the files: " + _listed(
        {(kind, name) for kind, name, _ in by_file ^ by_answer}
    ) + "."


def _of_files(answer: Answer, pairing: Pairing) -> Answer:
    return replace(
        answer,
        cases=tuple(each.name for each in pairing.cases),
        assessors=tuple(each.name for each in pairing.assessors),
        problem=pairing.problem,
    )


def _facts(answer: Answer) -> Iterator[tuple[str, str, tuple[object, ...]]]:
    problem = answer.problem
    for case, required, has_gap in zip(
        answer.cases, problem.required.tolist(), problem.has_gap.tolist(), strict=True
    ):
        yield "case", case, (required, has_gap)
    for assessor, cap in zip(answer.assessors, problem.cap.tolist(), strict=True):
        yield "assessor", assessor, (cap,)
    for case, who, score, covers_gap in zip(
        problem.case.tolist(),
        problem.assessor.tolist(),
        problem.score.tolist(),
        problem.covers_gap.tolist(),
        strict=True,
    ):
        yield answer.cases[case], answer.assessors[who], (round(score, 9), covers_gap)


def _listed(pairs: frozenset[tuple[str, str]] | set[tuple[str, str]]) -> str:
    every = sorted(f"{one} – {other}" for one, other in pairs)
    more = len(every) - _MOST_NAMED
    return ", ".join(every[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
