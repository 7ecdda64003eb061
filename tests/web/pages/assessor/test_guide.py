"""The guide in the workspace: shown, sent in filled in, departed from."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from second_opinion.cases.states import CaseState
from second_opinion.instruments.models import Deviation, Guide
from second_opinion.opinions.selectors import content_of
from second_opinion.opinions.states import OpinionKind
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def opinion(cast, client):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    client.force_login(cast.assessor)
    return factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)


def test_the_workspace_shows_the_questions_and_fixes_the_guide(client, opinion):
    page = client.get(reverse("assessment", args=[opinion.pseudonym])).content.decode()

    guide = Guide.objects.get()
    assert guide.is_frozen
    for section in guide.sections:
        assert section["questions"][0]["text"] in page


def test_a_document_is_taken_along_filled_in_and_sent_in(client, opinion):
    taken = client.get(reverse("guide_sheet", args=[opinion.pseudonym])).content.decode("utf-8-sig")
    lines = taken.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("> 1A"))
    lines.insert(place + 1, "4")
    document = SimpleUploadedFile("guide.txt", "\n".join(lines).encode())

    client.post(reverse("send_sheet", args=[opinion.pseudonym]), {"document": document})

    opinion.refresh_from_db()
    (rating,) = content_of(opinion).ratings
    assert rating.score == 4


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"Dear Sir", "no guide of this service"),
        (None, "Choose a file"),
    ],
)
def test_a_document_that_cannot_be_read_is_told(client, opinion, content, says):
    files = {} if content is None else {"document": SimpleUploadedFile("guide.txt", content)}

    page = client.post(reverse("send_sheet", args=[opinion.pseudonym]), files, follow=True)

    assert says in page.content.decode()
    opinion.refresh_from_db()
    assert opinion.content is None


def test_a_deviation_is_noted_and_shown_to_its_writer(client, opinion):
    client.post(
        reverse("log_deviation", args=[opinion.pseudonym]),
        {"question": "1.1", "kind": "left_out", "because": "A fire alarm rang."},
    )

    page = client.get(reverse("assessment", args=[opinion.pseudonym])).content.decode()
    assert Deviation.objects.count() == 1
    assert "1.1, left out: A fire alarm rang." in page


def test_the_coordinator_changes_the_guide_and_prints_it(client, cast, opinion):
    client.force_login(cast.coordinator)
    case = opinion.candidacy.case
    address = reverse("guide", args=[case.pseudonym])
    guide = client.get(address)
    sent = {
        name: value
        for part in guide.context["parts"]
        for name, value in ((part.add_prefix(field), part[field].initial) for field in part.fields)
    }

    client.post(address, sent | {"part1-minutes": 35})
    refused = client.post(address, sent | {"part1-minutes": 1})
    printed = client.get(reverse("case_guide_pdf", args=[case.pseudonym]))

    assert Guide.objects.get().sections[0]["minutes"] == 35
    assert refused.status_code == 422
    assert printed.content.startswith(b"%PDF")


def test_the_guide_is_printed_in_the_candidates_language_too(client, opinion):
    type(opinion.candidacy).objects.filter(pk=opinion.candidacy_id).update(language="sv")

    page = client.get(reverse("assessment", args=[opinion.pseudonym])).content.decode()
    address = reverse("guide_pdf", args=[opinion.pseudonym])

    assert f"{address}?language=sv" in page
    plain, swedish, unknown = (
        client.get(address, {"language": each}).content for each in ("en", "sv", "de")
    )
    assert b"/Lang (sv)" in swedish or b"/Lang(sv)" in swedish
    assert b"(sv)" not in plain + unknown
