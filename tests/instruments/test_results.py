"""What an instrument says of a candidate: kept, corrected, hidden until the opening, combined."""

import pytest
from django.db import IntegrityError, transaction

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.cases import services as cases
from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import InstrumentKind, ReadingEntry
from second_opinion.instruments import selectors, services
from second_opinion.instruments.errors import ResultError
from second_opinion.instruments.models import Result
from second_opinion.instruments.selectors import ResultEntry
from second_opinion.instruments.states import ResultKind
from second_opinion.opinions.selectors import results_visible_to
from second_opinion.reports.analysis import analyse
from second_opinion.reports.rendering.stored import document_of
from second_opinion.reports.selectors import case_file_of
from tests import factories
from tests.journey.world import everything

pytestmark = pytest.mark.django_db

KIM, LO = "Kim Karlsson", "Lo Lind"


@pytest.fixture
def case(cast):
    return factories.make_case(cast, state=CaseState.IN_ASSESSMENT, candidates=[KIM, LO])


def reading(criterion="Judgement", value=4.0, standard_error=0.4):
    return ReadingEntry(criterion=criterion, value=value, standard_error=standard_error)


def entry(*readings, kind=ResultKind.TEST, name="Zqtest", **what):
    return ResultEntry(
        kind=kind, name=name, readings=readings or (reading(),), source="By hand.", **what
    )


def keep(actor, case, said=None, place=0):
    candidacy = case.candidacies.all()[place]
    return services.keep_result(actor=actor, candidacy=candidacy, entry=said or entry())


def test_its_kinds_are_those_of_a_case_file():
    assert ResultKind.values == [kind.value for kind in InstrumentKind]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (entry(reading("Charm")), "no criterion"),
        (entry(reading(value=6)), "outside the scale 1 to 5"),
        (entry(reading(value=float("nan"))), "outside the scale"),
        (entry(reading(standard_error=0)), "above 0"),
        (entry(reading(), reading()), "twice"),
        (entry(name=" "), "Name the instrument"),
    ],
)
def test_what_could_not_be_combined_is_refused(cast, case, said, sentence):
    with pytest.raises(ResultError, match=sentence):
        keep(cast.coordinator, case, said)

    assert not Result.objects.exists()


def test_a_mistake_is_mended_by_a_version_with_its_reason(cast, case):
    first = keep(cast.coordinator, case)
    with pytest.raises(ResultError, match="why"):
        services.correct_result(actor=cast.coordinator, result=first, entry=entry(), reason=" ")

    better = services.correct_result(
        actor=cast.coordinator, result=first, entry=entry(reading(value=2.5)), reason="A slip."
    )

    (newest,) = selectors.results_of(case.candidacies.all())
    assert (newest.entry.readings[0].value, newest.reason) == (2.5, "A slip.")
    assert [kept.result.version for kept in selectors.versions_of(better)] == [1, 2]
    with pytest.raises(ResultError, match="newer version"):
        services.correct_result(
            actor=cast.coordinator, result=first, entry=entry(), reason="Once more."
        )
    taken_back = ResultEntry(kind=ResultKind.TEST, name="Zqtest", readings=(), source="")
    services.correct_result(
        actor=cast.coordinator, result=better, entry=taken_back, reason="Another candidate's."
    )
    assert selectors.results_of(case.candidacies.all()) == []


def test_the_database_itself_keeps_it_as_it_is_and_in_time(cast, case):
    kept = keep(cast.coordinator, case)
    rows = Result.objects.filter(pk=kept.pk)
    later = factories.make_case(cast, state=CaseState.PROFILE_LOCKED, candidates=["Mo"])

    for act in (
        lambda: rows.update(kind=ResultKind.REFERENCE),
        rows.delete,
        lambda: Result.objects.create(
            candidacy=later.candidacies.get(), kind=ResultKind.TEST, content=b"content"
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert "Zqtest" not in str(everything())


def test_nothing_is_entered_before_the_candidate_knows_nor_after_the_opening(cast, case):
    locked = factories.make_case(cast, state=CaseState.PROFILE_LOCKED, candidates=["Mo"])
    opened = factories.make_case(cast, state=CaseState.OPENED, candidates=["Bo"])
    cases.withdraw_candidacy(actor=cast.coordinator, candidacy=case.candidacies.all()[1])

    for late, place in ((locked, 0), (opened, 0), (case, 1)):
        with pytest.raises(NotAllowedError):
            keep(cast.coordinator, late, place=place)


def test_before_the_opening_only_who_must_know_it_sees_it(cast, case):
    colleague = factories.make_person(Role.COORDINATOR, organisation=cast.provider)
    keep(cast.coordinator, case)
    keep(None, case, entry(kind=ResultKind.REFERENCE, name="Reference 1"))
    keep(cast.assessor, case, entry(name="Given by the assessor"), place=1)
    everybody = (cast.coordinator, colleague, cast.assessor, cast.orderer, cast.decider)

    def seen():
        found = {one: results_visible_to(one, case=case) for one in everybody}
        return {
            one.name: sorted(kept.entry.name for kept in results) for one, results in found.items()
        }

    tests = ["Given by the assessor", "Zqtest"]
    assert seen() == {
        cast.coordinator.name: tests,
        colleague.name: tests,
        cast.assessor.name: ["Given by the assessor"],
        cast.orderer.name: [],
        cast.decider.name: [],
    }
    factories.open_case(cast, case)
    case.refresh_from_db()
    everything_read = sorted([*tests, "Reference 1"])
    assert seen()[cast.coordinator.name] == everything_read
    assert seen()[cast.assessor.name] == everything_read
    assert seen()[cast.orderer.name] == []


def test_it_is_combined_with_its_error_for_its_own_candidate(cast, case):
    keep(cast.coordinator, case, entry(reading(value=5, standard_error=0.3)))
    factories.open_case(cast, case)
    case.refresh_from_db()

    kim, lo = analyse(case_file_of(case)).candidates

    judgement, same_without = kim.criteria[1], lo.criteria[1]
    assert (judgement.readings, same_without.readings) == (1, 0)
    assert judgement.estimate.mean > same_without.estimate.mean + 0.5
    width = judgement.estimate.high - judgement.estimate.low
    assert width < 0.7 * (same_without.estimate.high - same_without.estimate.low)
    version = factories.sign_report(cast, case)
    factories.release_to_candidates(cast, version)
    text = str(document_of(version, language="en"))
    assert "Zqtest" in text
    assert "Seen by 2 different sources: assessments and test." in text
