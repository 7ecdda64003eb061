"""A guide generated from a locked profile: questions, minutes, and what to listen for."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from second_opinion.cases.models import Criterion
from second_opinion.cases.states import Method

MINUTES = 80  # of questions; with a welcome and an end it makes an interview of an hour and a half
FEWEST_MINUTES, MOST_MINUTES = 5, 60  # for one criterion
CORE_PAST, CORE_SITUATIONAL = 2, 1
"""Of the questions of each kind, so many are asked of everybody; the others are in reserve."""


def sections_for(criteria: Iterable[Criterion], *, language: str) -> list[dict[str, Any]]:
    """As `Guide.sections` holds them: the weightiest first, each with minutes by its weight.

    Criteria that an interview does not measure are left out, unless it measures none.
    """
    every = sorted(criteria, key=lambda criterion: (-criterion.weight, criterion.position))
    asked = [criterion for criterion in every if Method.INTERVIEW in criterion.methods] or every
    total = sum(criterion.weight for criterion in asked)
    with override(language):
        return [
            {
                "criterion": criterion.name,
                "definition": criterion.definition,
                "minutes": _minutes(criterion.weight / total),
                "questions": _questions(criterion),
                "anchors": criterion.anchors,
                "listen_for": criterion.interview.get("listen_for", []),
                "rating_errors": criterion.interview.get("rating_errors", []),
            }
            for criterion in asked
        ]


def _minutes(share: float) -> int:
    """To the nearest five."""
    return min(max(5 * round(share * MINUTES / 5), FEWEST_MINUTES), MOST_MINUTES)


def _questions(criterion: Criterion) -> list[dict[str, Any]]:
    asked = criterion.interview or of_any_criterion(criterion.name)
    written = [
        {"text": each["question"], "probes": each["probes"], "is_core": place < n_core}
        for kind, n_core in (("past_behaviour", CORE_PAST), ("situational", CORE_SITUATIONAL))
        for place, each in enumerate(asked[kind])
    ]
    return sorted(written, key=lambda question: not question["is_core"])


def of_any_criterion(name: str) -> dict[str, Any]:
    """For a criterion that was not chosen from the library."""
    words = {"criterion": name}
    return {
        "past_behaviour": [
            {
                "question": _("Tell me about a time when your work demanded this: %(criterion)s.")
                % words,
                "probes": [
                    _("What was the situation?"),
                    _("What did you do yourself?"),
                    _("What came of it?"),
                ],
            },
            {
                "question": _(
                    "Describe a time when you were not content with yourself in this: "
                    "%(criterion)s."
                )
                % words,
                "probes": [
                    _("What happened, step by step?"),
                    _("What did others see of it?"),
                    _("What do you do differently today?"),
                ],
            },
        ],
        "situational": [
            {
                "question": _(
                    "Think of your first half year in this role. How would you go about this: "
                    "%(criterion)s?"
                )
                % words,
                "probes": [
                    _("What would you find out first?"),
                    _("How would you know that it works?"),
                ],
            }
        ],
    }
