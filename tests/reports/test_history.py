"""What a report learns from the provider's own earlier cases, and what it never looks at."""

import random
from types import SimpleNamespace

import pytest
from django.utils import timezone

from second_opinion.accounts.states import Role
from second_opinion.audit.services import destroy_case_key
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import CaseState
from second_opinion.opinions import services as opinions
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports import selectors, services
from second_opinion.reports.analysis import Source, analyse_stored
from second_opinion.reports.rendering.stored import document_of
from tests import factories

pytestmark = pytest.mark.django_db

ENOUGH = 7  # cases of three candidates: 21 rated by two


@pytest.fixture
def case(cast):
    return factories.make_case(cast, state=CaseState.OPENED)


def rated_case(cast, *, number, generosity=0.0, **order):
    """A case in assessment, all of it sealed; the provider's assessor rates higher by so much."""
    chance = random.Random(number)
    case = factories.make_case(
        cast, state=CaseState.IN_ASSESSMENT, candidates=("A", "B", "C"), **order
    )
    engaged = [
        (factories.engage(cast, candidacy, assessor, kind), candidacy)
        for assessor, kind in (
            (cast.decider, OpinionKind.FIRST),
            (cast.assessor, OpinionKind.SECOND),
        )
        for candidacy in case.candidacies.all()
    ]
    truth = {candidacy: chance.gauss(3, 0.6) for candidacy in case.candidacies.all()}
    for opinion, candidacy in engaged:
        extra = generosity if opinion.kind == OpinionKind.SECOND else 0.0
        score = truth[candidacy] + extra + chance.gauss(0, 0.2)
        factories.seal(opinion, score=min(max(round(score, 1), 1.0), 5.0))
    return case


def earlier_case(cast, **case):
    return opinions.open_case(actor=cast.coordinator, case=rated_case(cast, **case))


def earlier_cases(cast, number=ENOUGH, **case):
    return [earlier_case(cast, number=one, **case) for one in range(number)]


def written(cast, case):
    return services.sign_report(actor=cast.coordinator, case=case)


def words(version):
    document = document_of(version, language="en")
    return " ".join(
        block.text for part in document.parts for block in part.blocks if block.kind == "paragraph"
    )


def tables(version):
    document = document_of(version, language="en")
    return [block for part in document.parts for block in part.blocks if block.kind == "table"]


def test_a_first_case_rests_on_planning_defaults_and_says_why(cast, case):
    version = written(cast, case)

    assert version.method["population"] == Source.PLANNING_DEFAULTS
    assert "no other opened case on this scale" in words(version)


def test_too_few_cases_leave_the_planning_defaults_and_are_counted(cast, case):
    earlier_cases(cast, 2)

    version = written(cast, case)

    assert version.method["population"] == Source.PLANNING_DEFAULTS
    assert "6 candidates in them were rated by two assessors, and 20 are needed" in words(version)


def test_enough_cases_are_pooled_with_the_defaults_and_are_named(cast, case):
    earlier_cases(cast)

    version = written(cast, case)

    analysis = analyse_stored(selectors.case_file_of_version(version), version.method)
    planning = analyse_stored(
        selectors.case_file_of_version(version), {"rule": version.method["rule"]}
    )
    assert version.method["population"] == Source.POOLED
    assert analysis.agreement > planning.agreement  # these two nearly always agreed
    assert "the provider's own 7 opened cases on this scale, with 21 candidates" in words(version)


def test_a_report_says_the_same_whatever_the_history_becomes(cast, case):
    earlier_cases(cast)
    version = written(cast, case)
    before = document_of(version, language="sv")
    figures = analyse_stored(selectors.case_file_of_version(version), version.method)

    earlier_case(cast, number=50, generosity=1.5)
    destroy_case_key(Case.objects.exclude(pk=case.pk).earliest("pk"))
    version.refresh_from_db()

    again = analyse_stored(selectors.case_file_of_version(version), version.method)
    assert document_of(version, language="sv") == before
    assert [one.whole for one in again.candidates] == [one.whole for one in figures.candidates]
    assert written(cast, case).method != version.method


def test_nothing_unopened_withdrawn_elsewhere_or_on_another_scale_is_looked_at(cast, case):
    kept = earlier_case(cast, number=1)
    rated_case(cast, number=2)  # sealed, and not opened
    factories.put_in_state(earlier_case(cast, number=3), CaseState.WITHDRAWN)
    earlier_case(cast, number=4, scale_high=7.0)
    _of_another_provider(cast)
    Candidacy.objects.filter(case=kept, name="A").update(withdrawn_at=timezone.now())

    earlier = selectors.earlier_opinions(case).opinions

    assert {one.case for one in earlier} == {kept.pk}
    assert len(earlier) == 4  # B and C, twice each


def test_an_erased_case_is_left_out_and_stops_nothing(cast, case):
    destroy_case_key(earlier_case(cast, number=1))
    kept = earlier_case(cast, number=2)

    assert {one.case for one in selectors.earlier_opinions(case).opinions} == {kept.pk}


def test_severity_is_taken_off_from_links_and_shown_beside_the_raw_score(cast, case):
    earlier_cases(cast, generosity=1.0)

    version = written(cast, case)

    (table,) = (one for one in tables(version) if one.columns[-1] == "Linked cases")
    by_assessor = {row[0]: row for row in table.rows}
    generous, strict = by_assessor["Anna Assessor"], by_assessor["Disa Decider"]
    assert generous[2] == strict[2] == "3.0"
    assert float(generous[4]) < 3.0 < float(strict[4])
    assert generous[5] == "7"


def test_the_method_names_nobody(cast, case):
    earlier_cases(cast)

    version = written(cast, case)

    assert not any(person.name in str(version.method) for person in (cast.assessor, cast.decider))


def _of_another_provider(cast):
    provider = factories.make_organisation("Other provider")
    elsewhere = SimpleNamespace(
        client=cast.client,
        provider=provider,
        orderer=cast.orderer,
        decider=cast.decider,
        coordinator=factories.make_person(Role.COORDINATOR, organisation=provider),
        assessor=factories.make_person(Role.ASSESSOR, organisation=provider),
    )
    earlier_case(elsewhere, number=9)
