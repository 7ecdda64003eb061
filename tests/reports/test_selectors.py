import dataclasses
from datetime import date

import pytest

from second_opinion.cases import services as cases
from second_opinion.cases.services.beliefs import seal_beliefs
from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import BeliefEntry, OpinionKind, as_dict, from_dict
from second_opinion.opinions import services as opinions
from second_opinion.reports import selectors, services
from second_opinion.reports.analysis import analyse
from second_opinion.reports.errors import NotOpenedError
from second_opinion.reports.writing.for_candidate import write_for_candidate
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_stored_case_becomes_the_same_object_as_a_case_file(cast):
    case = factories.make_case(cast, state=CaseState.OPENED, reference="2026-7", bar=3.5)

    case_file = selectors.case_file_of(case)

    assert (case_file.role, case_file.client, case_file.provider, case_file.reference) == (
        "Head of Purchasing",
        "Client",
        "Provider",
        "2026-7",
    )
    assert (case_file.scale_low, case_file.scale_high, case_file.bar) == (1, 5, 3.5)
    assert case_file.criteria == factories.CRITERIA
    assert case_file.candidates == ("Kim Karlsson",)
    assert case_file.open_questions == ("Can Kim lead through others?",)
    assert isinstance(case_file.ordered_on, date)
    assert [(o.assessor, o.kind, o.candidate, o.conclusion) for o in case_file.opinions] == [
        ("Disa Decider", OpinionKind.FIRST, "Kim Karlsson", "Fits."),
        ("Anna Assessor", OpinionKind.SECOND, "Kim Karlsson", "Fits."),
    ]
    assert [
        (rating.criterion, rating.score, rating.evidence)
        for rating in case_file.opinions[0].ratings
    ] == [("Leadership", 3, ("Said so.",)), ("Judgement", 3, ("Said so.",))]
    assert from_dict(as_dict(case_file)) == case_file


@pytest.mark.parametrize(
    "state", [CaseState.ORDERED, CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT]
)
def test_no_case_file_is_made_before_the_opening(cast, state):
    case = factories.make_case(cast, state=state)

    with pytest.raises(NotOpenedError, match="break the seal"):
        selectors.case_file_of(case)


def test_two_assessors_of_one_name_stay_two_people(cast):
    case = factories.make_case(cast, state=CaseState.OPENED)

    # After the engagement: before it, two of one name are asked about.
    cast.decider.name = cast.assessor.name
    cast.decider.save()

    assert [opinion.assessor for opinion in selectors.case_file_of(case).opinions] == [
        "Anna Assessor",
        "Anna Assessor (2)",
    ]


def test_coordinators_see_every_version_and_who_orders_or_decides_the_released_ones(cast):
    case = factories.make_case(cast, state=CaseState.REPORTED, deciders=[cast.decider])
    draft = services.sign_report(actor=cast.coordinator, case=case)
    released = case.report_versions.get(number=1)

    sees = {
        who: list(selectors.reports_of(case, person=getattr(cast, who)))
        for who in ("coordinator", "orderer", "decider", "assessor", "stranger")
    }

    assert sees == {
        "coordinator": [draft, released],
        "orderer": [released],
        "decider": [released],
        "assessor": [],
        "stranger": [],
    }


def test_a_named_author_sees_what_he_or_she_has_signed_and_nobody_else_sees_more_for_it(cast):
    case = factories.make_case(cast, state=CaseState.OPENED, deciders=[cast.decider])
    before = services.sign_report(actor=cast.coordinator, case=case)
    services.save_draft(
        actor=cast.coordinator,
        case=case,
        written=factories.some_written(case.candidacies.first()),
    )
    services.name_author(actor=cast.coordinator, case=case, author=cast.assessor)
    signed = services.sign_report(actor=cast.assessor, case=case)

    sees = {
        who: list(selectors.reports_of(case, person=getattr(cast, who)))
        for who in ("coordinator", "orderer", "decider", "assessor", "stranger")
    }

    assert sees == {
        "coordinator": [signed, before],
        "orderer": [],
        "decider": [],
        "assessor": [signed],
        "stranger": [],
    }


def test_an_author_who_is_no_assessor_there_any_more_reads_nothing(cast):
    case = factories.make_case(cast, state=CaseState.OPENED)
    services.name_author(actor=cast.coordinator, case=case, author=cast.assessor)
    services.sign_report(actor=cast.assessor, case=case)

    cast.assessor.memberships.all().delete()

    assert not selectors.reports_visible_to(cast.assessor).exists()


def test_a_report_is_found_by_its_pseudonym_for_those_who_may_see_it(cast):
    case = factories.make_case(cast, state=CaseState.OPENED)
    draft = services.sign_report(actor=cast.coordinator, case=case)

    assert selectors.report_for(cast.coordinator, draft.pseudonym) == draft
    assert selectors.report_for(cast.orderer, draft.pseudonym) is None


def test_an_orderer_who_left_the_client_reads_no_report_any_more(cast):
    factories.make_case(cast, state=CaseState.REPORTED)

    cast.orderer.memberships.all().delete()

    assert not selectors.reports_visible_to(cast.orderer).exists()


def test_making_a_case_file_takes_the_same_queries_for_one_candidate_and_three(
    cast, django_assert_num_queries
):
    one = factories.make_case(cast, state=CaseState.OPENED)
    three = factories.make_case(cast, state=CaseState.OPENED, candidates=["A", "B", "C"])

    for case, n_opinions in ((one, 2), (three, 6)):
        case = type(case).objects.select_related("client", "provider").get(pk=case.pk)
        with django_assert_num_queries(19):
            assert len(selectors.case_file_of(case).opinions) == n_opinions


def test_how_many_usually_work_out_goes_along_with_the_case(cast):
    case = factories.make_case(cast, state=CaseState.OPENED, worked_out=6.5)

    assert selectors.case_file_of(case).outlook.worked_out == 6.5


def test_what_the_orderer_believed_goes_along_only_once_the_case_is_open(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT, worked_out=6)
    _believe(cast, case)
    with pytest.raises(NotOpenedError):
        selectors.case_file_of(case)

    factories.open_case(cast, case)
    case.refresh_from_db()
    case_file = selectors.case_file_of(case)

    assert case_file.beliefs == (
        BeliefEntry(candidate="Kim Karlsson", would_hire=True, sureness=9),
    )
    told = write_for_candidate(
        case_file,
        analyse(case_file),
        candidate="Kim Karlsson",
        language="en",
        issued_on=date(2026, 11, 2),
    )
    without = dataclasses.replace(case_file, beliefs=())
    assert told == write_for_candidate(
        without,
        analyse(without),
        candidate="Kim Karlsson",
        language="en",
        issued_on=date(2026, 11, 2),
    )


def test_what_was_unusual_goes_along_with_its_reasons(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    cases.change_profile(actor=cast.coordinator, case=case, reason="The budget moved.")
    factories.lock_profile(cast, case)
    cases.waive_first_opinion(actor=cast.coordinator, case=case, reason="No time.")
    factories.start_assessment(cast, case)
    candidacy = case.candidacies.get()
    factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)
    factories.seal(candidacy.opinions.get())
    opinions.open_case(actor=cast.coordinator, case=case)
    case.refresh_from_db()

    case_file = selectors.case_file_of(case)

    assert case_file.profile_changes == ("The budget moved.",)
    assert case_file.no_first_opinion == "No time."


def _believe(cast, case):
    """Sealed, as it is when an order is sent by its orderer."""
    state = case.state
    factories.put_in_state(case, CaseState.DRAFT)
    for candidacy in case.candidacies.all():
        cases.record_belief(actor=cast.orderer, candidacy=candidacy, would_hire=True, sure_of_ten=9)
    seal_beliefs(actor=cast.orderer, case=case)
    factories.put_in_state(case, state)
