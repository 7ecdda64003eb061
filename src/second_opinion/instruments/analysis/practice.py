"""Practice against the key: what a person's scores say of how they rate."""

from collections.abc import Sequence
from dataclasses import dataclass

from second_opinion.engine.agreement import RatingAccuracy, rating_accuracy
from second_opinion.instruments.models import PracticeRating
from second_opinion.library.transcripts import TRANSCRIPTS

FEWEST_TO_COMPARE = 2
"""With one transcript nothing tells the persons rated apart; only the level can be compared."""

SEVERE = 0.5  # score points off the key that are worth a word; planning assumption
SMALL_SPREAD = 0.7  # of the key's spread, below which an impression may colour all; likewise


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """
    n_transcripts : rated so far
    accuracy : against the key, over all of them
    exact, within_one : shares of the scores
    spread_ratio : of the spread within persons, own over the key's
    """

    n_transcripts: int
    accuracy: RatingAccuracy
    exact: float
    within_one: float

    @property
    def spread_ratio(self) -> float:
        return self.accuracy.spread / self.accuracy.key_spread

    @property
    def is_strict(self) -> bool:
        return self.accuracy.elevation <= -SEVERE

    @property
    def is_lenient(self) -> bool:
        return self.accuracy.elevation >= SEVERE

    @property
    def is_one_impression(self) -> bool:
        return self.spread_ratio < SMALL_SPREAD


def practice_figures(rated: Sequence[PracticeRating]) -> Practice | None:
    """Over all that one person has rated; None until they have rated two."""
    if len(rated) < FEWEST_TO_COMPARE:
        return None
    keys = [[rating.score for rating in TRANSCRIPTS[each.transcript].ratings] for each in rated]
    scores = [
        [each.scores[rating.criterion] for rating in TRANSCRIPTS[each.transcript].ratings]
        for each in rated
    ]
    apart = [
        abs(score - key)
        for row, key_row in zip(scores, keys, strict=True)
        for score, key in zip(row, key_row, strict=True)
    ]
    return Practice(
        n_transcripts=len(rated),
        accuracy=rating_accuracy(scores, keys),
        exact=sum(each == 0 for each in apart) / len(apart),
        within_one=sum(each <= 1 for each in apart) / len(apart),
    )
