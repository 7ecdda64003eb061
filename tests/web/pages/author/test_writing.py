"""The pages where an author writes, sees what changed, and signs."""

import pytest
from django.urls import reverse

from second_opinion.cases.states import CaseState
from second_opinion.reports import selectors, services
from tests.web.outline import path_of

pytestmark = pytest.mark.django_db

FIELDS = {
    "in": "en",
    "based_on": "0",
    "reasons-0-text": "Kept all nineteen when the shifts changed.",
    "reasons-0-sources": "1, 2, 999, x",
    "reasons-1-text": "Is a born leader and will never fail.",
    "reasons-1-sources": "",
    "risks-0-text": "Explains late.",
    "risks-0-condition": "the team is new.",
    "risks-0-sources": "1",
    "answer1-not_answered": "nobody saw it.",
    "override-conclusion": "",
}


@pytest.fixture
def case(cast):
    return cast.case_in(CaseState.OPENED)


@pytest.fixture
def coordinator(cast, client):
    client.force_login(cast.coordinator)
    return client


def test_what_is_written_is_saved_with_its_sources_and_shown_with_what_to_look_at(
    coordinator, case
):
    path = path_of("write_on", case=case)

    answer = coordinator.post(path, FIELDS, follow=True)

    (written,) = selectors.written_for(case)
    assert [len(one.sources) for one in written.reasons] == [2, 0]
    assert written.answers[0].not_answered == "nobody saw it."
    text = answer.content.decode()
    assert "Saved. Every save is kept" in text
    assert "A type sorts people" in text
    assert "This is a verdict" in text
    assert "it is shown as the assessor’s judgement" in text
    assert "LIX" in text


def test_what_is_refused_stands_in_its_fields_and_nothing_is_saved(coordinator, case):
    answer = coordinator.post(path_of("write_on", case=case), FIELDS | {"risks-0-condition": ""})

    assert answer.status_code == 422
    assert "a risk without its condition is a verdict" in answer.content.decode()
    assert "Kept all nineteen" in answer.content.decode()
    assert selectors.saves_of(case) == []


def test_the_overview_says_what_is_missing_and_what_changed(coordinator, case):
    coordinator.post(path_of("write_on", case=case), FIELDS)
    coordinator.post(path_of("sign_report", case=case))
    coordinator.post(
        path_of("write_on", case=case),
        FIELDS | {"based_on": "1", "reasons-1-text": "Asked those who doubted."},
    )

    text = coordinator.get(path_of("writing", case=case)).content.decode()

    assert "advice on getting started, questions for references" in text
    assert "<ins" in text
    assert "Asked those who doubted." in text
    assert "Is a born leader and will never fail." in text
    assert "Changed since version 1 was signed" in text


def test_signing_says_first_what_is_missing_and_then_makes_a_version(cast, coordinator, case):
    path = path_of("sign_report", case=case)

    asked = coordinator.get(path).content.decode()
    answer = coordinator.post(path, follow=True)

    assert "the report says that this is missing: reasons for, risks" in asked
    assert "The report is signed." in answer.content.decode()
    assert case.report_versions.get().author == cast.coordinator


def test_an_answer_that_does_not_fit_on_its_page_is_told_while_writing_and_before_signing(
    coordinator, case
):
    warned = "In English the answer takes"
    coordinator.post(path_of("write_on", case=case), FIELDS)
    short = coordinator.get(path_of("write_on", case=case)).content.decode()

    fields = ("reasons-0-text", "risks-0-text", "risks-0-condition")
    long = dict.fromkeys(fields, "Said it again. " * 130)
    coordinator.post(path_of("write_on", case=case), FIELDS | long | {"based_on": "1"})

    assert warned not in short
    for name in ("write_on", "writing", "sign_report"):
        assert warned in coordinator.get(path_of(name, case=case)).content.decode()


def test_it_can_be_read_as_it_would_be_signed(coordinator, case):
    coordinator.post(path_of("write_on", case=case), FIELDS)

    text = coordinator.get(path_of("report_preview", case=case)).content.decode()

    assert "Kept all nineteen when the shifts changed." in text
    assert "Nothing is fixed" in text
    assert not case.report_versions.exists()


def test_a_named_assessor_finds_the_pages_and_nobody_else_at_the_client_or_elsewhere(
    cast, client, coordinator, case
):
    coordinator.post(path_of("writing", case=case), {"author": str(cast.second_assessor.pseudonym)})

    answers = {}
    for who in ("second_assessor", "first_assessor", "orderer", "decider", "other_coordinator"):
        client.force_login(getattr(cast, who))
        answers[who] = client.get(path_of("write_on", case=case)).status_code

    assert answers == {
        "second_assessor": 200,
        "first_assessor": 404,
        "orderer": 404,
        "decider": 404,
        "other_coordinator": 404,
    }
    client.force_login(cast.second_assessor)
    assert client.post(path_of("sign_report", case=case), follow=True).status_code == 200
    assert case.report_versions.get().author == cast.second_assessor


@pytest.fixture
def signed(cast, case):
    """Signed by the second assessor, who was named for it."""
    services.name_author(actor=cast.coordinator, case=case, author=cast.second_assessor)
    return services.sign_report(actor=cast.second_assessor, case=case)


def test_a_named_assessor_is_led_to_the_writing_and_to_what_was_signed(cast, client, case, signed):
    client.force_login(cast.second_assessor)
    own = client.get(reverse("assessments")).content.decode()
    discussed = client.get(path_of("discussion", case=case)).content.decode()
    written = client.get(path_of("writing", case=case)).content.decode()
    report = client.get(path_of("report", version=signed)).content.decode()

    assert path_of("writing", case=case) in own
    assert path_of("writing", case=case) in discussed
    for page in (discussed, written):
        assert path_of("report", version=signed) in page
    for page in (written, report):  # the case's own page is closed to an assessor
        assert path_of("discussion", case=case) in page
        assert f'href="{path_of("case", case=case)}"' not in page


FILES = ("report", "report_pdf", "report_json", "report_word", "report_drawings", "getting_started")


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_a_signed_version_is_its_author_s_and_the_coordinator_s(
    cast, client, signed, name
):
    answers = {}
    for who in ("second_assessor", "coordinator", "first_assessor", "orderer", "decider"):
        client.force_login(getattr(cast, who))
        answers[who] = client.get(path_of(name, version=signed)).status_code

    assert answers == {
        "second_assessor": 200,
        "coordinator": 200,
        "first_assessor": 404,
        "orderer": 403,
        "decider": 403,
    }


def test_an_author_who_signs_runs_nothing(cast, client, signed):
    client.force_login(cast.second_assessor)

    text = client.get(path_of("report", version=signed)).content.decode()
    answers = [
        client.get(path_of(name, version=signed)).status_code
        for name in ("release_report", "candidate_version", "shares")
    ]

    assert "What each candidate reads" not in text
    assert answers == [403, 403, 403]


def test_whoever_is_named_is_told_by_a_mail_that_the_coordinator_sees_first(
    cast, coordinator, case
):
    text = coordinator.get(path_of("writing", case=case)).content.decode()

    assert "you are asked to write the report, and to sign it." in text


def test_advice_has_a_page_of_its_own_once_it_is_given_out(cast, client, coordinator):
    version = cast.case_in(CaseState.REPORTED).report_versions.get()
    path = reverse("getting_started", args=[version.pseudonym])
    client.force_login(cast.orderer)
    assert client.get(path).status_code == 403

    services.release_advice(actor=cast.coordinator, version=version)

    assert "No advice has been written." in client.get(path).content.decode()
    assert client.get(path_of("getting_started_pdf", version=version)).content[:4] == b"%PDF"
