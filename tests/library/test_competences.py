"""The vocabulary of competences: whole in both languages, and no identifier without a source."""

from collections import Counter

from second_opinion.library.competences import COMPETENCES


def test_there_are_enough_entries_each_whole_in_both_languages():
    assert len(COMPETENCES) >= 150
    for one in COMPETENCES.values():
        assert all((one.sv, one.en, one.means_sv, one.means_en, one.also_sv[0], one.also_en[0]))


def test_labels_name_one_entry_each():
    for language in ("sv", "en"):
        labels = Counter(one.label(language).casefold() for one in COMPETENCES.values())
        assert [label for label, count in labels.items() if count > 1] == []


def test_identifiers_elsewhere_are_empty_until_they_are_read_from_a_source():
    assert {one.esco + one.onet for one in COMPETENCES.values()} == {""}
