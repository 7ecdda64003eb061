"""Free text to entries of a vocabulary, by how it is written."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching.vocabulary import Vocabulary, Word
from second_opinion.library.competences import COMPETENCES

PROBES = Path(__file__).parents[2] / "reference" / "competences" / "probes.csv"
# What docs/methods/matching.md tells, rounded down.
LEAST = {"label": (1.0, 1.0), "paraphrase": (0.46, 0.65), "across": (0.75, 0.87)}


def vocabulary():
    return Vocabulary(
        [
            Word(key=one.key, labels=one.labels, means=(one.means_sv, one.means_en))
            for one in COMPETENCES.values()
        ]
    )


def test_our_own_probes_are_found_as_often_as_the_page_tells():
    ranks, words = defaultdict(list), vocabulary()
    with PROBES.open(encoding="utf-8") as file:
        for probe in csv.DictReader(file, delimiter=";"):
            found = [one.key for one in words.likely(probe["text"], most=len(COMPETENCES))]
            ranks[probe["kind"]].append(found.index(probe["key"]) + 1)

    for kind, (first, reciprocal) in LEAST.items():
        got = ranks[kind]
        assert sum(rank == 1 for rank in got) / len(got) >= first
        assert sum(1 / rank for rank in got) / len(got) >= reciprocal


def test_scores_run_from_alike_to_nothing_in_common():
    words = Vocabulary([Word(key="a", labels=("German",)), Word(key="b", labels=("Physics",))])

    (first,) = words.likely("german")

    assert (first.key, round(first.score, 6)) == ("a", 1.0)
    assert words.likely("zzzz") == ()
    with pytest.raises(ArgumentError, match="at least one entry"):
        Vocabulary([])
