"""What an assessor learns of a candidate beside the guide: how, and never why."""

import io
import re

import docx
import pytest
from django.urls import reverse

from second_opinion.candidates import services
from second_opinion.cases.states import CaseState
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.services import engage_assessor, open_case, seal_opinion
from second_opinion.opinions.states import OpinionKind
from tests import files

HOW, WHY = "A break of ten minutes each hour.", "Zqback"


@pytest.fixture
def candidacy(cast):
    """In assessment, with an adjustment that was granted, and a file."""
    candidacy = cast.case_in(CaseState.IN_ASSESSMENT).candidacies.first()
    need = services.ask_adjustment(candidacy=candidacy, wish="Zqbreaks", why=WHY)
    services.arrange(actor=cast.coordinator, adjustment=need, is_granted=True, how=HOW)
    services.add_file(candidacy=candidacy, name="work.pdf", content=files.pdf("work"))
    return candidacy


def test_the_providers_assessor_reads_how_and_gets_the_file(client, cast, candidacy):
    client.force_login(cast.second_assessor)
    opinion = Opinion.objects.get(candidacy=candidacy, assessor=cast.second_assessor)

    page = client.get(reverse("assessment", args=[opinion.pseudonym])).content.decode()

    assert HOW in page
    assert "material-1.pdf" in page
    assert "work.pdf" not in page
    assert "Zqbreaks" not in page
    assert WHY not in page
    piece = candidacy.material_rows.get()
    address = reverse("assessment_material", args=[opinion.pseudonym, piece.pseudonym])
    answer = client.get(address)
    assert "work" in files.text_of(answer.content)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="material-1.pdf"'


def test_the_clients_own_assessor_learns_of_neither(client, cast, candidacy):
    client.force_login(cast.orderer)
    opinion = engage_assessor(
        actor=cast.coordinator,
        candidacy=candidacy,
        assessor=cast.orderer,
        kind=OpinionKind.FIRST,
    )

    page = client.get(reverse("assessment", args=[opinion.pseudonym])).content.decode()

    assert HOW not in page
    assert "work.pdf" not in page
    piece = candidacy.material_rows.get()
    address = reverse("assessment_material", args=[opinion.pseudonym, piece.pseudonym])
    assert client.get(address).status_code == 404


def page_and_address(client, cast, candidacy, piece):
    """The page as words, without what differs in any two answers; and where the file lies."""
    client.force_login(cast.second_assessor)
    opinion = Opinion.objects.get(candidacy=candidacy, assessor=cast.second_assessor)
    page = client.get(reverse("assessment", args=[opinion.pseudonym]), follow=True).content.decode()
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    address = reverse("assessment_material", args=[opinion.pseudonym, piece.pseudonym])
    return page.replace(str(piece.pseudonym), ""), address


def word_file(*, picture):
    made = docx.Document()
    if picture:
        made.add_picture(io.BytesIO(files.picture(size=(600, 400))))
    made.add_paragraph("Zqtext")
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


@pytest.mark.parametrize("name", ["cv.docx", "Zqpetra with photo, born 1979.docx"])
@pytest.mark.parametrize("picture", [True, False])
def test_the_page_is_the_same_whatever_a_file_is_called_and_with_or_without_a_photo(
    client, cast, candidacy, name, picture
):
    plain = services.add_file(candidacy=candidacy, name="a.docx", content=word_file(picture=False))
    expected, _address = page_and_address(client, cast, candidacy, plain)
    services.take_back(candidacy=candidacy, material=plain)

    piece = services.add_file(candidacy=candidacy, name=name, content=word_file(picture=picture))

    page, address = page_and_address(client, cast, candidacy, piece)
    assert page == expected
    assert "pictures are left out" in page
    answer = client.get(address)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="material-2.docx"'
    document = docx.Document(io.BytesIO(answer.content))
    assert len(document.inline_shapes) == picture  # an empty place
    assert files.picture(size=(600, 400)) not in answer.content


def test_a_picture_that_is_held_back_changes_nothing_on_the_page(client, cast, candidacy):
    work = candidacy.material_rows.get()
    before, _address = page_and_address(client, cast, candidacy, work)

    photo = services.add_file(candidacy=candidacy, name="me.jpg", content=files.picture())

    after, _address = page_and_address(client, cast, candidacy, work)
    assert after == before
    _page, address = page_and_address(client, cast, candidacy, photo)
    assert client.get(address).status_code == 404


def test_after_the_opening_the_files_are_there_with_names_and_pictures(client, cast, candidacy):
    photo = services.add_file(candidacy=candidacy, name="me.jpg", content=files.picture())
    for opinion in Opinion.objects.filter(candidacy__case=candidacy.case, sealed_at=None):
        seal_opinion(actor=opinion.assessor, opinion=opinion)
    sealed, address = page_and_address(client, cast, candidacy, photo)
    assert "material-1.pdf" in sealed
    assert "me.jpg" not in sealed
    assert client.get(address).status_code == 404

    open_case(actor=cast.coordinator, case=candidacy.case)

    page, address = page_and_address(client, cast, candidacy, photo)
    assert "work.pdf" in page
    assert "me.jpg" in page
    assert "second_opinion/cases.css" in page  # where the style of such a list stands
    assert client.get(address).headers["Content-Disposition"] == 'attachment; filename="me.jpg"'


def test_no_file_is_opened_before_the_first_opinion_is_sealed(client, cast):
    """Not by its address either."""
    candidacy = cast.waiting_case().candidacies.first()
    piece = services.add_file(candidacy=candidacy, name="work.pdf", content=files.pdf("work"))
    page, address = page_and_address(client, cast, candidacy, piece)

    answer = client.get(address)

    assert "What the candidate has added" not in page
    assert answer.status_code == 403
    assert "Not everything is ready for you to begin" in answer.content.decode()


def test_the_coordinator_sees_names_and_pictures_and_what_assessors_get(client, cast, candidacy):
    photo = services.add_file(candidacy=candidacy, name="me.jpg", content=files.picture())
    services.add_file(
        candidacy=candidacy, name="art.png", content=files.picture("PNG"), is_without_photo=True
    )
    client.force_login(cast.coordinator)

    page = client.get(reverse("candidacy", args=[candidacy.pseudonym])).content.decode()

    assert all(name in page for name in ("work.pdf", "me.jpg", "art.png"))
    assert "Assessors get it when all opinions are in." in page
    assert "Assessors get it with its pictures." in page
    assert "Assessors get it without pictures until all opinions are in." in page
    address = reverse("candidacy_file", args=[candidacy.pseudonym, photo.pseudonym])
    assert client.get(address).headers["Content-Disposition"] == 'attachment; filename="me.jpg"'
