import dataclasses

import pytest

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.models import Event
from second_opinion.audit.services import content_hash
from second_opinion.cases.services import set_standard_rule
from second_opinion.cases.states import CaseState, LetterKind
from second_opinion.ingest.case_file import STANDARD_LIMITS
from second_opinion.reports import selectors, services
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return factories.make_case(cast, state=CaseState.OPENED)


def test_a_version_keeps_what_it_was_written_from_with_its_hash(cast, case):
    written = services.sign_report(actor=cast.coordinator, case=case)

    version = selectors.report_for(cast.coordinator, written.pseudonym)
    signed = dataclasses.replace(selectors.case_file_of(case), author=cast.coordinator.name)
    assert selectors.case_file_of_version(version) == signed
    assert version.input_hash == content_hash(selectors.input_of(version))
    assert version.method["population"] == "planning defaults"
    assert version.method["rule"]["supported_from"] == 0.75
    assert Event.objects.get(verb="report.written").details["sha256"] == version.input_hash


def test_a_report_concludes_by_the_rule_that_was_locked(cast):
    strict = {**STANDARD_LIMITS, "supported_from": 0.95, "interval_level": 0.9}
    set_standard_rule(actor=cast.coordinator, provider=cast.provider, limits=strict)
    case = factories.make_case(cast, state=CaseState.OPENED)
    set_standard_rule(actor=cast.coordinator, provider=cast.provider, limits=STANDARD_LIMITS)

    version = services.sign_report(actor=cast.coordinator, case=case)

    assert version.method["rule"] == strict
    assert selectors.input_of(version)["conclusion_rule"] == strict


def test_writing_tells_nobody_and_moves_nothing(cast, case):
    before = case.letters.count()

    services.sign_report(actor=cast.coordinator, case=case)

    case.refresh_from_db()
    assert case.state == CaseState.OPENED
    assert case.letters.count() == before


def test_each_version_gets_the_next_number(cast, case):
    numbers = []
    for _ in range(3):
        version = services.sign_report(actor=cast.coordinator, case=case)
        factories.release_to_candidates(cast, version)
        numbers.append(version.number)

    assert numbers == [1, 2, 3]


def test_a_double_click_writes_one_version(cast, case):
    first = services.sign_report(actor=cast.coordinator, case=case)

    assert services.sign_report(actor=cast.coordinator, case=case) == first
    assert Event.objects.filter(verb="report.written").count() == 1


def test_releasing_reports_the_case_and_asks_for_one_mail(cast, case):
    version = services.sign_report(actor=cast.coordinator, case=case)
    factories.release_to_candidates(cast, version)

    released = services.release_report(actor=cast.coordinator, version=version)

    case.refresh_from_db()
    letter = case.letters.get(kind=LetterKind.REPORT)
    assert case.state == CaseState.REPORTED
    assert released.released_at is not None
    assert (letter.reader, letter.about) == (cast.orderer, version.pseudonym)


def test_a_double_click_releases_once(cast, case):
    version = services.sign_report(actor=cast.coordinator, case=case)
    factories.release_to_candidates(cast, version)
    services.release_report(actor=cast.coordinator, version=version)

    with pytest.raises(NotAllowedError, match="released already"):
        services.release_report(actor=cast.coordinator, version=version)

    assert case.letters.filter(kind=LetterKind.REPORT).count() == 1


def test_a_later_version_is_released_without_moving_the_case(cast, case):
    factories.release_report(cast, case)
    steps = case.transitions.count()

    factories.release_report(cast, case)

    assert case.transitions.count() == steps
    assert case.letters.filter(kind=LetterKind.REPORT).count() == 2


@pytest.mark.parametrize("who", ["orderer", "decider", "assessor", "stranger"])
def test_nobody_but_the_coordinator_writes_or_releases(cast, case, who):
    version = services.sign_report(actor=cast.coordinator, case=case)

    with pytest.raises(NotAllowedError):
        services.sign_report(actor=getattr(cast, who), case=case)
    with pytest.raises(NotAllowedError):
        services.release_report(actor=getattr(cast, who), version=version)

    version.refresh_from_db()
    assert version.released_at is None
    assert case.report_versions.count() == 1
