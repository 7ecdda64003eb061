"""Plain makers of case files; scores are given as one number, or None, for each criterion."""

import dataclasses
from datetime import date

from second_opinion.ingest.case_file import (
    CaseFile,
    CriterionEntry,
    OpinionEntry,
    OpinionKind,
    RatingEntry,
)

FIRST, SECOND, THIRD = OpinionKind
ISSUED = date(2026, 11, 24)
CRITERIA = (
    CriterionEntry(
        name="Judgement",
        weight=50,
        minimum=2.5,
        definition="Tells what matters.",
        anchors={1: "Repeats figures.", 3: "Reads figures.", 5: "Tests assumptions."},
    ),
    CriterionEntry(name="Leads change", weight=30),
    CriterionEntry(name="Accounting", weight=20, minimum=3),
)


def an_opinion(
    scores,
    *,
    kind=FIRST,
    assessor="Maria",
    candidate="Kim",
    evidence=("Said so.",),
    reason="",
    conclusion="",
    criteria=CRITERIA,
    **declared,
):
    return OpinionEntry(
        **declared,
        assessor=assessor,
        candidate=candidate,
        kind=kind,
        conclusion=conclusion,
        ratings=tuple(
            RatingEntry(
                criterion=criterion.name,
                score=score,
                evidence=() if score is None else evidence,
                reason_not_observed=reason if score is None else "",
            )
            for criterion, score in zip(criteria, scores, strict=True)
        ),
    )


TWO_OPINIONS = (
    an_opinion((4, 4, 3)),
    an_opinion((4, 2, 4), kind=SECOND, assessor="Jonas"),
)


def a_case(*opinions, **changes):
    """One finalist, a first and a second opinion, unless told otherwise."""
    case = CaseFile(
        role="Head of Finance",
        client="Norrvik",
        provider="Kullberg",
        reference="NE-14",
        language="en",
        ordered_on=date(2026, 11, 2),
        open_questions=("Can Kim lead the move?",),
        scale_low=1,
        scale_high=5,
        bar=3,
        criteria=CRITERIA,
        candidates=("Kim",),
        opinions=opinions or TWO_OPINIONS,
    )
    return dataclasses.replace(case, **changes)


def about(candidate, opinions=TWO_OPINIONS):
    """The same opinions on somebody else."""
    return tuple(dataclasses.replace(opinion, candidate=candidate) for opinion in opinions)
