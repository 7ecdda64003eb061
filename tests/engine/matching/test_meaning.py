"""Likely entries in the order of writing and meaning together."""

import numpy as np

from second_opinion.engine.matching import by_meaning
from second_opinion.engine.matching.vocabulary import Likely


class Meaning:
    """Two directions: what has to do with money, and everything else."""

    name = "made up"

    def vectors(self, texts):
        return np.array([[1.0, 0.0] if "money" in text else [0.0, 1.0] for text in texts])


LIKELY = [Likely(key="written", score=0.5), Likely(key="meant", score=0.3)]
TEXTS = {"written": ["Coins", "Metal."], "meant": ["Cash", "Paper money."]}


def test_meaning_brings_an_entry_forward_and_writing_still_counts():
    found = by_meaning("money matters", LIKELY, TEXTS, meaning=Meaning(), most=2)

    assert [one.key for one in found] == ["meant", "written"]
    assert [round(one.score, 3) for one in found] == [0.533, 0.333]
    alike = by_meaning("coins", LIKELY, TEXTS, meaning=Meaning(), most=1)
    assert [one.key for one in alike] == ["written"]


def test_what_is_not_alike_in_writing_at_all_stays_unfound():
    assert by_meaning("money", [], {}, meaning=Meaning(), most=5) == ()
