"""Finalists are set against each other only on one profile and by the same methods."""

import dataclasses

import pytest

from second_opinion.ingest.case_file import InstrumentEntry, InstrumentKind, ReadingEntry
from second_opinion.reports.analysis import NotCompared, analyse
from second_opinion.reports.rendering import report_figures
from tests.reports import samples


def changed(source, place, **words):
    opinions = list(source.opinions)
    opinions[place] = dataclasses.replace(opinions[place], **words)
    return dataclasses.replace(source, opinions=tuple(opinions))


def text_of(source, language="en"):
    document = samples.document(source, language=language)
    return " ".join(block.text for block in document.parts[0].blocks if block.kind == "paragraph")


def test_on_one_profile_by_the_same_methods_they_are_compared_also_after_a_third_opinion():
    analysis = analyse(samples.three_finalists())

    assert analysis.not_compared is None
    assert sum(analysis.finalists.probability_best) == pytest.approx(1)


def test_another_version_of_the_profile_is_a_reason_not_to():
    source = changed(samples.three_finalists(), 0, profile_version="2")

    assert analyse(source).not_compared is NotCompared.PROFILES_DIFFER
    assert "different versions of the requirement profile" in text_of(source)
    assert "most likely the strongest" not in text_of(source)


def test_another_material_or_instrument_or_a_missing_opinion_is_a_reason_not_to():
    source = samples.three_finalists()
    test = InstrumentEntry(
        name="Test",
        kind=InstrumentKind.TEST,
        candidate=samples.ANNA,
        readings=(ReadingEntry(criterion="Judgement", value=3.0, standard_error=0.5),),
    )

    for other in (
        changed(source, 0, material="recording"),
        dataclasses.replace(source, instruments=(test,)),
        dataclasses.replace(source, opinions=source.opinions[1:]),
    ):
        assert analyse(other).not_compared is NotCompared.METHODS_DIFFER
        assert "not assessed by the same methods" in text_of(other)
        assert "inte bedömts med samma metoder" in text_of(other, language="sv")


def test_one_of_whom_too_little_is_known_is_a_reason_not_to():
    source = samples.three_finalists()
    nothing = tuple(
        dataclasses.replace(rating, score=None, reason_not_observed="No time.")
        for rating in source.opinions[0].ratings
    )
    source = changed(changed(source, 0, ratings=nothing), 1, ratings=nothing)
    source = dataclasses.replace(source, opinions=source.opinions[:-1])

    analysis = analyse(source)

    assert analysis.not_compared is NotCompared.TOO_LITTLE_KNOWN
    assert report_figures(source, analysis)["not_compared"] == "too little known"


def test_a_single_candidate_needs_no_reason():
    assert analyse(samples.two_opinions()).not_compared is None
