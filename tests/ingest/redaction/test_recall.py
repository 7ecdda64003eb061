"""What is masked in made-up CVs, by kind and by origin of names; what still tells the gender."""

import os

import pytest
from tests.ingest.redaction.corpus import ORIGINS, make_papers
from tests.ingest.redaction.measuring import area_under_curve, recalls

from second_opinion.ingest.redaction import Kind, redact
from second_opinion.ingest.redaction.entities import BY_RULE

SHARE = float(os.environ.get("SOAK_SHARE", "1"))


def check(papers):
    by_kind, by_origin, share_too_many = recalls(papers)
    ruled = {kind: recall for kind, recall in by_kind.items() if kind in BY_RULE}
    print("\n", {kind.value: round(recall, 4) for kind, recall in by_kind.items()})
    print({origin: round(recall, 4) for origin, recall in by_origin.items()})
    print(f"masked that names nobody: {share_too_many:.4f} of the other letters")

    assert min(ruled.values()) >= 0.99
    assert by_kind[Kind.PERSON] >= 0.95
    assert set(by_origin) == set(ORIGINS)
    assert min(by_origin.values()) >= 0.95
    assert max(by_origin.values()) - min(by_origin.values()) <= 0.03
    assert min(by_kind.values()) >= 0.95
    assert share_too_many < 0.02


def test_identifiers_and_names_of_every_origin_are_masked():
    check(make_papers(240, seed=1))


@pytest.mark.soak
def test_the_same_of_thousands():
    check(make_papers(max(round(6_000 * SHARE), 240), seed=2))


@pytest.mark.soak
def test_what_a_classifier_still_tells_of_the_gender():
    papers = make_papers(max(round(2_000 * SHARE), 400), seed=3)
    genders = [paper.gender for paper in papers]
    before = area_under_curve([paper.text for paper in papers], genders)
    shown = [redact(one.text, one.entities, language=one.language).text for one in papers]
    after = area_under_curve(shown, genders)

    print(f"\nAUROC for gender: {before:.3f} before, {after:.3f} after, of {len(papers)} CVs")
    assert before > 0.9
    assert after < before
