"""Random cases: every one is made, its tags are accepted, and no text is lost on the way."""

import os

import outloud
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from second_opinion.ingest.case_file import CaseFile, CriterionEntry, OpinionEntry, RatingEntry
from second_opinion.reports.analysis import analyse
from second_opinion.reports.rendering import render_pdf
from tests.reports.case_files import FIRST, ISSUED, SECOND, THIRD
from tests.reports.rendering.printed import Printed, put_in

SHARE = float(os.environ.get("SOAK_SHARE", "1"))  # CI runs a fresh sample of the soak
WRITTEN = (
    "abcdefghijklmnopqrstuvwxyzåäö ABCÅÄÖ.,;:()-–0123456789  #$*_`@<>\\/{}%&\"'\n"
    "ЂђЖΑβγ中文龙한글אבגمحدعربي😀👨\u200d👩\u0301\u0308\x00\u202e\ufeff\u200b\U000e0041"
)
words = st.text(st.sampled_from(WRITTEN), max_size=60)
# one very long text in ten, with and without spaces
prose = st.one_of(
    *[st.text(st.sampled_from(WRITTEN), max_size=300)] * 8,
    st.builds(lambda text, times: text * times, words, st.integers(1, 80)),
    st.builds(lambda letter, times: letter * times, st.sampled_from(WRITTEN), st.integers(1, 5000)),
)


@st.composite
def cases(draw):
    criteria = tuple(
        CriterionEntry(
            name=f"{draw(words)}{place}",
            weight=weight,
            minimum=draw(st.sampled_from([None, 1, 2.5, 5])),
            anchors=draw(st.dictionaries(st.sampled_from([1, 3, 5]), prose, max_size=2)),
            definition=draw(words),
        )
        for place, weight in enumerate(draw(st.sampled_from([(100,), (60, 40), (25,) * 4])))
    )
    candidates = tuple(f"{draw(words)}{place}" for place in range(draw(st.integers(1, 3))))
    assessors = tuple(f"{draw(words)}{place}" for place in range(draw(st.integers(1, 5))))
    return CaseFile(
        role=draw(words),
        client=draw(words),
        provider=draw(words),
        reference=draw(words),
        language=draw(st.sampled_from(["sv", "en"])),
        open_questions=tuple(draw(st.lists(prose, max_size=3))),
        scale_low=1,
        scale_high=5,
        bar=draw(st.sampled_from([1, 2.75, 3, 5])),
        criteria=criteria,
        candidates=candidates,
        opinions=tuple(
            OpinionEntry(
                assessor=assessor,
                candidate=candidate,
                kind=(FIRST, SECOND, THIRD)[min(place, 2)],
                conclusion=draw(prose),
                ratings=tuple(_rating(draw, criterion) for criterion in criteria),
            )
            for candidate in candidates
            for place, assessor in enumerate(assessors)
        ),
    )


def _rating(draw, criterion):
    score = draw(st.sampled_from([None, 1, 2, 3.5, 4, 5]))
    return RatingEntry(
        criterion=criterion.name,
        score=score,
        evidence=() if score is None else tuple(draw(st.lists(prose, max_size=2))),
        reason_not_observed=draw(words) if score is None else "",
    )


@pytest.mark.soak
@settings(
    max_examples=max(1, round(500 * SHARE)),
    suppress_health_check=list(HealthCheck),
)
@given(case=cases())
def test_any_case_becomes_a_tagged_report_that_holds_its_text(tmp_path_factory, case):
    path = tmp_path_factory.mktemp("soak") / "report.pdf"

    path.write_bytes(render_pdf(case, analyse(case), language=case.language, issued_on=ISSUED))

    result = outloud.check(str(path))
    wrong = [
        (each.rule, each.message)
        for each in result.findings
        # TAG-002: the head of a long table, repeated on its next page, is rightly no content
        if each.severity == "error" and each.rule != "TAG-002"
    ]
    assert (result.error, wrong) == (None, [])
    assert not Printed(path.read_bytes()).lost(put_in(case))
