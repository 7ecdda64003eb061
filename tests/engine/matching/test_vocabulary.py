"""Free text to entries of a vocabulary, by how it is written."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching.vocabulary import Vocabulary, Word
from second_opinion.library.competences import COMPETENCES

REFERENCE = Path(__file__).parents[2] / "reference" / "competences"
# What docs/methods/matching.md tells, rounded down: right first, mean reciprocal rank.
LEAST = {
    "probes.csv": {"label": (1.0, 1.0), "paraphrase": (0.80, 0.84), "across": (0.80, 0.90)},
    "held_out.csv": {"label": (0.95, 0.97), "paraphrase": (0.57, 0.67), "across": (0.83, 0.90)},
}


def vocabulary():
    return Vocabulary(
        [
            Word(key=one.key, labels=one.labels, means=(one.means_sv, one.means_en))
            for one in COMPETENCES.values()
        ]
    )


def probes(name):
    with (REFERENCE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def ranks_in(name, likely):
    ranks = defaultdict(list)
    for probe in probes(name):
        found = [one.key for one in likely(probe["text"])]
        rank = found.index(probe["key"]) + 1 if probe["key"] in found else float("inf")
        ranks[probe["kind"]].append(rank)
    return ranks


def right_first(ranks):
    return sum(rank == 1 for rank in ranks) / len(ranks)


@pytest.mark.parametrize("name", LEAST)
def test_our_own_probes_are_found_as_often_as_the_page_tells(name):
    words = vocabulary()

    ranks = ranks_in(name, lambda text: words.likely(text, most=len(COMPETENCES)))

    for kind, (first, reciprocal) in LEAST[name].items():
        assert right_first(ranks[kind]) >= first
        assert sum(1 / rank for rank in ranks[kind]) / len(ranks[kind]) >= reciprocal


def test_no_held_out_probe_was_there_to_choose_by():
    assert not {one["text"] for one in probes("held_out.csv")} & {
        one["text"] for one in probes("probes.csv")
    }
    assert {one["key"] for one in probes("held_out.csv")} <= COMPETENCES.keys()


def test_scores_run_from_alike_to_nothing_in_common():
    words = Vocabulary([Word(key="a", labels=("German",)), Word(key="b", labels=("Physics",))])

    (first,) = words.likely("german")

    assert (first.key, round(first.score, 6)) == ("a", 1.0)
    assert words.likely("zzzz") == ()
    with pytest.raises(ArgumentError, match="at least one entry"):
        Vocabulary([])


def test_a_label_and_a_definition_that_both_speak_for_an_entry_weigh_together():
    words = Vocabulary(
        [
            Word(key="both", labels=("Night shifts",), means=("Leading work on sites.",)),
            Word(key="one", labels=("Night shift work",), means=("Anything else.",)),
        ]
    )

    (first, _) = words.likely("leading night work on sites")

    assert first.key == "both"


def test_of_thousands_of_texts_every_block_counts(monkeypatch):
    some = [Word(key=f"k{n}", labels=(f"label{n} of many",), means=("Means.",)) for n in range(30)]
    whole = Vocabulary(some).likely("label17 of many", most=30)
    monkeypatch.setattr("second_opinion.engine.matching.vocabulary.AT_ONCE", 7)

    assert Vocabulary(some).likely("label17 of many", most=30) == whole
    assert whole[0].key == "k17"


def plain(found):
    return [(one.key, round(one.score, 12)) for one in found]


def test_what_was_worked_out_is_kept_and_finds_the_same_again():
    words = vocabulary()

    kept = Vocabulary.of_arrays(words.arrays())

    for probe in probes("probes.csv")[:20]:
        assert kept.likely(probe["text"]) == words.likely(probe["text"])


def test_a_few_entries_beside_many_are_found_and_change_nothing_of_the_others():
    words = vocabulary()
    own = Word(key="own", labels=("Glasblåsning", "Glass blowing"), means=("Blåser rör av glas.",))

    more = words.beside([own])

    assert more.likely("glasblåsning")[0].key == "own"
    assert more.likely("blåser rör")[0].key == "own"
    assert plain(more.likely("avtalsrätt")) == plain(words.likely("avtalsrätt"))
    assert words.likely("glasblåsning")[0].key != "own"
    assert words.beside([]) is words
    assert "own" in {one.key for one in Vocabulary.of_arrays(more.arrays()).likely("glasblåsning")}


def test_an_entry_beside_others_scores_as_it_would_among_them():
    many = [Word(key=f"k{n}", labels=(f"label{n} of many",), means=("Means.",)) for n in range(300)]
    last = Word(key="last", labels=("label17 of others",), means=())

    beside = Vocabulary(many).beside([last]).likely("label17 of others", most=3)
    among = Vocabulary([*many, last]).likely("label17 of others", most=3)

    assert [one.key for one in beside] == [one.key for one in among]
    assert [one.score for one in beside] == pytest.approx([one.score for one in among], abs=0.03)
