"""How likely each score is, along the ruler."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from second_opinion.cli.calibration.steps import StepGroup
from second_opinion.cli.calibration.words import listed_plainly
from second_opinion.drawings import Curve, Figure, draw_peaks
from second_opinion.engine.arrays import Floats

_MOST_GROUPS = 12
_MOST_DRAWN = 12  # scores; of more, those that are somewhere the likeliest
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
    told = _told(group, probability)
    description = _description(group, place, probability, told)
    word = "score " if len(group.scores) <= _MOST_NAMED_SCORES else ""
    curves = [
        Curve(
            label=f"{word}{group.scores[one]}",
            points=list(zip(place.tolist(), probability[:, one].tolist(), strict=True)),
        )
        for one in told
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


def _told(group: StepGroup, probability: Floats) -> list[int]:
    """The scores that are drawn: all, or of many those that are somewhere the likeliest."""
    if len(group.scores) <= _MOST_DRAWN:
        return list(range(len(group.scores)))
    return sorted(_likeliest(probability))


def _description(group: StepGroup, place: Floats, probability: Floats, told: Sequence[int]) -> str:
    peaks = ((one, probability[:, one].argmax()) for one in told)
    sentences = [
        f"The probability of each score from {group.scores[0]} to {group.scores[-1]} where ability "
        "exceeds severity and difficulty by so many logits.",
        *(
            f"Score {group.scores[one]} is likeliest at {place[row]:+.1f}, with probability "
            f"{probability[row, one]:.2f}."
            for one, row in peaks
        ),
        *(["The other scores are in the table."] if len(told) < len(group.scores) else []),
    ]
    return " ".join(sentences).replace("-", "−")


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


def _likeliest(probability: Floats) -> set[int]:
    """Which scores are somewhere the likeliest."""
    return set(probability.argmax(axis=1).tolist())


def _title(group: StepGroup, probability: Floats) -> str:
    """Whether each score has a place where it is the likeliest."""
    likeliest = _likeliest(probability)
    never = [score for place, score in enumerate(group.scores) if place not in likeliest]
    whose = f"{group.label}: " if group.label else ""
    if not never:
        every = "every score is somewhere the likeliest"
        return f"{whose}{every}" if whose else every.capitalize()
    if len(never) > _MOST_NAMED_SCORES:
        sentence = f"{len(never)} of {len(group.scores)} scores are nowhere the likeliest"
        return f"{whose}{sentence}"
    scores = f"score {never[0]} is" if len(never) == 1 else f"scores {listed_plainly(never)} are"
    sentence = f"{scores} nowhere the likeliest"
    return f"{whose}{sentence}" if whose else sentence.capitalize()
