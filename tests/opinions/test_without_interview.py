"""A case that instruments alone measure: ordered by its methods, opened on its results."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from second_opinion.cases import services as cases
from second_opinion.cases.selectors import profile_flags
from second_opinion.cases.services import Grounds
from second_opinion.cases.states import CaseState, Method, NextAction
from second_opinion.cli.doctor.records import record_findings
from second_opinion.instruments.states import ResultKind
from second_opinion.opinions import services as opinions
from second_opinion.opinions.errors import NotAllSealedError
from second_opinion.opinions.models import Opening
from second_opinion.opinions.selectors import next_step
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.models import ReportVersion
from second_opinion.reports.rendering import pdf_of
from second_opinion.reports.rendering.stored import document_of
from second_opinion.web.candidate import way_of
from tests import factories

pytestmark = pytest.mark.django_db
BY_TESTS = (Method.TEST, Method.QUESTIONNAIRE)


@pytest.fixture
def cast():
    return factories.Cast()


def begin(cast, *methods, candidates=("Kim Karlsson", "Lo Lind")):
    """In assessment, with nobody engaged; one tuple of methods for each criterion."""
    case = lock(cast, *methods, candidates=candidates)
    factories.start_assessment(cast, case)
    case.refresh_from_db()
    return case


def lock(cast, *methods, candidates):
    case = factories.make_case(cast, candidates=candidates)
    grounds = {
        entry.name: Grounds(methods=each)
        for entry, each in zip(factories.CRITERIA, methods, strict=True)
    }
    cases.write_profile(
        actor=cast.coordinator, case=case, criteria=factories.CRITERIA, grounds=grounds
    )
    cases.lock_profile(actor=cast.coordinator, case=case)
    cases.waive_first_opinion(actor=cast.coordinator, case=case, reason="No time.")
    return case


def enter(cast, candidacy, **what):
    for entry in factories.CRITERIA:
        test = factories.outside_test(criterion=entry.name, **what)
        opinions.enter_test(actor=cast.coordinator, candidacy=candidacy, test=test)


def test_it_goes_to_its_close_without_any_assessor(cast):
    case = begin(cast, BY_TESTS, BY_TESTS)
    kim, lo = case.candidacies.all()
    assert next_step(case, person=cast.coordinator).action == NextAction.COLLECT_RESULTS
    assert any("no assessor is needed" in flag.sentence for flag in profile_flags(case))
    enter(cast, kim)
    with pytest.raises(NotAllSealedError, match="Instruments alone measure here"):
        opinions.open_case(actor=cast.coordinator, case=case)
    with pytest.raises(IntegrityError, match="instruments alone"), transaction.atomic():
        Opening.objects.create(case=case, actor=cast.coordinator)
    enter(cast, lo, score=50.0)
    assert next_step(case, person=cast.coordinator).action == NextAction.OPEN_CASE

    opinions.open_case(actor=cast.coordinator, case=case)
    factories.release_report(cast, case)
    case.refresh_from_db()
    factories.decide(cast, case)
    factories.close_case(cast, case)

    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    assert record_findings() == []
    document = document_of(ReportVersion.objects.get(), language="en")
    assert pdf_of(document).startswith(b"%PDF")
    text = str(document)
    assert "instruments alone measure here" in text
    assert "Matrix test, version 2" in text
    assert not re.search(r"\bnan\b|\b0 opinions|Only one assessor|severity: fewer", text)


def test_a_questionnaire_alone_opens_nothing(cast):
    case = begin(cast, (Method.QUESTIONNAIRE,), BY_TESTS, candidates=["Kim"])
    factories.enter_result(None, case.candidacies.get(), kind=ResultKind.QUESTIONNAIRE)

    with pytest.raises(NotAllSealedError):
        opinions.open_case(actor=cast.coordinator, case=case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create(case=case, actor=cast.coordinator)


@pytest.mark.parametrize("methods", [(Method.TEST, Method.INTERVIEW), ()])
def test_where_an_interview_measures_anything_a_result_is_no_opinion(cast, methods):
    case = begin(cast, BY_TESTS, methods, candidates=["Kim"])
    enter(cast, case.candidacies.get())

    assert next_step(case, person=cast.coordinator).action == NextAction.ENGAGE_ASSESSORS
    with pytest.raises(NotAllSealedError, match="every candidate has an opinion"):
        opinions.open_case(actor=cast.coordinator, case=case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create(case=case, actor=cast.coordinator)


def test_who_is_engaged_all_the_same_is_waited_for(cast):
    case = begin(cast, BY_TESTS, BY_TESTS, candidates=["Kim"])
    kim = case.candidacies.get()
    enter(cast, kim)
    opinion = factories.engage(cast, kim, cast.assessor, OpinionKind.SECOND)

    with pytest.raises(NotAllSealedError):
        opinions.open_case(actor=cast.coordinator, case=case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create(case=case, actor=cast.coordinator)
    factories.seal(opinion)

    opinions.open_case(actor=cast.coordinator, case=case)


def test_its_pages_speak_of_no_interview(cast):
    case = lock(cast, BY_TESTS, BY_TESTS, candidates=["Kim"])
    kim, desk = case.candidacies.get(), Client()
    type(kim).objects.filter(pk=kim.pk).update(language="en")
    desk.force_login(cast.coordinator)
    desk.cookies["django_language"] = "en"

    notice = desk.get(f"/candidacies/{kim.pseudonym}/notice/").content.decode()
    factories.start_assessment(cast, case)
    page = desk.get(f"/cases/{case.pseudonym}/").content.decode()
    way = [step.words for step in way_of(type(kim).objects.get(pk=kim.pk)).steps]

    assert "Nobody interviews you here" in notice
    assert "You are interviewed" not in notice
    assert "You are interviewed" not in way
    assert "It is your turn to collect the results." in page
