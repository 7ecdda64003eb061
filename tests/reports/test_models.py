import pytest
from django.db import IntegrityError, transaction

from second_opinion.cases.states import CaseState
from second_opinion.reports import services
from second_opinion.reports.models import ReportVersion
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        {"input": b"Other."},
        {"addendum": b"Other."},
        {"input_hash": "0" * 64},
        {"method": {}},
        {"number": 7},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_database_itself_keeps_what_a_report_was_written_from(cast, change):
    case = factories.make_case(cast, state=CaseState.OPENED)
    services.sign_report(actor=cast.coordinator, case=case)
    before = list(ReportVersion.objects.values())

    with pytest.raises(IntegrityError, match="write a new version"), transaction.atomic():
        ReportVersion.objects.update(**change)

    assert list(ReportVersion.objects.values()) == before


def test_the_database_itself_keeps_a_release_from_being_taken_back(cast):
    factories.make_case(cast, state=CaseState.REPORTED)
    before = list(ReportVersion.objects.values())

    with pytest.raises(IntegrityError, match="write a new version"), transaction.atomic():
        ReportVersion.objects.update(released_at=None)
    with pytest.raises(IntegrityError, match="released and stays"), transaction.atomic():
        ReportVersion.objects.all()._raw_delete("default")

    assert list(ReportVersion.objects.values()) == before
