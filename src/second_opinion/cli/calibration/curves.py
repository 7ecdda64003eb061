"""How likely each score is, along the ruler."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from second_opinion.cli.calibration.steps import StepGroup
from second_opinion.cli.calibration.words import listed_plainly
from second_opinion.drawings import Curve, Figure, draw_peaks
from second_opinion.engine.arrays import Floats

_MOST_GROUPS = 12
_MOST_NAMED_SCORES = 6  # beyond, "4" must do for "score 4"
_BEYOND, _STEP = 3.0, 0.1  # logits drawn beyond the outermost step, and between points
_RULER = "ability beyond severity and difficulty, in logits"


def category_figures(groups: Sequence[StepGroup]) -> Iterator[Figure]:
    """A drawing for each criterion, or one for all; for assessors their steps must do."""
    drawn = [group for group in groups if group.facet != "assessor"][:_MOST_GROUPS]
    for number, group in enumerate(drawn, start=1):
        yield _figure(group, name="categories" if len(drawn) == 1 else f"categories-{number}")


def _figure(group: StepGroup, *, name: str) -> Figure:
    ends = min(group.measures) - _BEYOND, max(group.measures) + _BEYOND
    place = np.arange(np.floor(ends[0]), np.ceil(ends[1]) + _STEP / 2, _STEP)
    probability = category_probability(place, np.array(group.measures))
    title = _title(group, probability)
    description = (
        f"The probability of each score from {group.scores[0]} to {group.scores[-1]} where ability "
        "exceeds severity and difficulty by so many logits. "
        + " ".join(
            f"Score {score} is likeliest at {place[row]:+.1f}, with probability {most:.2f}."
            for score, row, most in zip(
                group.scores, probability.argmax(axis=0), probability.max(axis=0), strict=True
            )
        )
    ).replace("-", "−")
    word = "score " if len(group.scores) <= _MOST_NAMED_SCORES else ""
    curves = [
        Curve(
            label=f"{word}{score}",
            points=list(zip(place.tolist(), column.tolist(), strict=True)),
        )
        for score, column in zip(group.scores, probability.T, strict=True)
    ]
    return Figure(
        name=name,
        title=title,
        description=description,
        svg=draw_peaks(
            title=title,
            description=description,
            ruler_name=_RULER,
            curves=curves,
            identity=name,
        ),
        columns=("logits", *(f"score_{score}" for score in group.scores)),
        rows=tuple(
            (round(x, 6), *row) for x, row in zip(place.tolist(), probability.tolist(), strict=True)
        ),
    )


def category_probability(place: Floats, thresholds: Floats) -> Floats:
    """Probability of each category where ability exceeds severity and difficulty by so much.

    Parameters
    ----------
    place : (n_places,), logits
    thresholds : (n_categories - 1,), logits

    Returns
    -------
    (n_places, n_categories)
    """
    passed = np.concatenate([[0.0], np.cumsum(thresholds)])
    logit = np.arange(len(passed)) * place[:, None] - passed
    chance: Floats = np.exp(logit - logit.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    return chance


def _title(group: StepGroup, probability: Floats) -> str:
    """Whether each score has a place where it is the likeliest."""
    likeliest = set(probability.argmax(axis=1).tolist())
    never = [score for place, score in enumerate(group.scores) if place not in likeliest]
    whose = f"{group.label}: " if group.label else ""
    if not never:
        every = "every score is somewhere the likeliest"
        return f"{whose}{every}" if whose else every.capitalize()
    scores = f"score {never[0]} is" if len(never) == 1 else f"scores {listed_plainly(never)} are"
    sentence = f"{scores} nowhere the likeliest"
    return f"{whose}{sentence}" if whose else sentence.capitalize()
