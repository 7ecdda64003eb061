import pytest

from second_opinion.cases.states import CaseState


@pytest.fixture
def version(cast):
    return cast.case_in(CaseState.REPORTED).report_versions.get()


def test_the_orderer_reads_the_released_report(cast, client, version):
    client.force_login(cast.orderer)

    page = client.get(f"/reports/{version.pseudonym}/").content.decode()

    assert "Head of finance, Nordic region" in page
    assert "Maja Ek" in page
    assert "Leads through others" in page
    assert "Not released" not in page


def test_the_coordinator_is_told_that_nobody_else_reads_it_yet(cast, client):
    version = cast.write(cast.case_in(CaseState.OPENED))
    client.force_login(cast.coordinator)

    page = client.get(f"/reports/{version.pseudonym}/").content.decode()

    assert "Not released: only its author and the coordinators can read it." in page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_report_follows_the_language_of_the_page(language, cast, client, version):
    client.force_login(cast.orderer)
    client.cookies["django_language"] = language

    page = client.get(f"/reports/{version.pseudonym}/").content.decode()

    assert f'<div class="report" lang="{language}">' in page


def test_the_download_is_a_pdf_whose_name_names_nobody(cast, client, version):
    client.force_login(cast.orderer)

    answer = client.get(f"/reports/{version.pseudonym}/report.pdf")

    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    reference = version.case.reference
    assert answer["Content-Disposition"] == (
        f'attachment; filename="second-opinion-{reference}-1.pdf"'
    )
    assert "no-store" in answer["Cache-Control"]


def test_a_reference_that_no_file_name_can_hold_is_replaced(cast, client, version):
    case = version.case
    case.reference = '§§/"\r\n'
    case.save()
    client.force_login(cast.orderer)

    answer = client.get(f"/reports/{version.pseudonym}/report.pdf")

    assert answer["Content-Disposition"] == (
        f'attachment; filename="second-opinion-{case.pseudonym.hex[:8]}-1.pdf"'
    )
