"""What an interviewing assessor gets of a candidate's files: no photo, and no name of theirs."""

import hashlib
import io
from datetime import date

import pytest
from django.utils import translation
from PIL import Image

from second_opinion.accounts.states import Role
from second_opinion.candidates import services as candidates
from second_opinion.candidates.analysis.uploads import cleaned
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from second_opinion.opinions import policies, selectors, services
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import material as of_material
from second_opinion.opinions.states import OpinionKind
from tests import factories, files

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def candidacy(cast):
    return factories.make_case(cast, state=CaseState.IN_ASSESSMENT).candidacies.get()


@pytest.fixture
def opinion(cast, candidacy):
    return factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)


def add(candidacy, name, content, **said):
    return candidates.add_file(candidacy=candidacy, name=name, content=content, **said)


def opened(cast, opinion):
    factories.seal(opinion)
    services.open_case(actor=cast.coordinator, case=opinion.candidacy.case)
    return Opinion.objects.select_related("candidacy__case").get(pk=opinion.pk)


def names_given(opinion):
    return [one.name for one in selectors.given_to(opinion)]


def test_files_have_a_name_from_us_numbered_among_those_that_are_given(candidacy, opinion):
    add(candidacy, "Zqpetra 1979.pdf", files.pdf("CV"))
    add(candidacy, "Zqme.png", files.picture("PNG"))
    candidates.add_words(candidacy=candidacy, words="I like figures.")
    add(candidacy, "Zqpetra.docx", files.word())
    add(candidacy, "Zqposter.jpg", files.picture(), is_without_photo=True)
    add(candidacy, "Zqpetra.txt", b"Letter")

    expected = ["material-1.pdf", "", "material-2.docx", "material-3.jpg", "material-4.txt"]
    assert names_given(opinion) == expected
    with translation.override("sv"):
        assert names_given(opinion) == expected


def test_a_picture_that_is_held_back_is_neither_listed_nor_found_by_its_address(candidacy, opinion):
    piece = add(candidacy, "me.jpg", files.picture())

    assert selectors.given_to(opinion) == []
    assert selectors.given_file(opinion, piece.pseudonym) is None


def test_a_picture_of_work_is_given_as_it_is_under_a_name_from_us(candidacy, opinion):
    piece = add(candidacy, "poster.png", files.picture("PNG"), is_without_photo=True)

    given = selectors.given_file(opinion, piece.pseudonym)

    assert (given.name, given.media_type) == ("material-1.png", "image/png")
    with Image.open(io.BytesIO(given.content)) as image:
        assert image.size == (4, 8)


def test_the_copy_of_a_document_has_no_picture_and_its_own_bytes(candidacy, opinion):
    content = files.word(**{"word/media/a.jpg": files.picture(size=(600, 400))})
    piece = add(candidacy, "cv.docx", content)

    given = selectors.given_file(opinion, piece.pseudonym)

    assert b"Zqtext" in files.member(given.content, "word/document.xml")
    with Image.open(io.BytesIO(files.member(given.content, "word/media/a.jpg"))) as image:
        assert image.size == (1, 1)
    known = {one.piece.sha256 for one in selectors.given_to(opinion)}
    assert hashlib.sha256(given.content).hexdigest() not in known


def test_with_the_candidates_word_a_document_is_given_whole(candidacy, opinion):
    content = files.word(**{"word/media/a.jpg": files.picture()})
    piece = add(candidacy, "portfolio.docx", content, is_without_photo=True)

    assert selectors.given_file(opinion, piece.pseudonym).content == cleaned(content).content


def test_the_newer_word_on_a_file_counts_whichever_it_is(candidacy, opinion):
    content = files.picture("PNG")
    for is_without_photo in (False, True, True, False):
        add(candidacy, "a.png", content, is_without_photo=is_without_photo)
        assert len(candidacy.material_rows.filter(removed_at=None)) == 1
        assert bool(selectors.given_to(opinion)) == is_without_photo


def test_a_file_that_cannot_be_read_without_its_pictures_is_not_given(
    candidacy, opinion, monkeypatch
):
    piece = add(candidacy, "cv.pdf", files.pdf())
    monkeypatch.setattr(of_material, "without_pictures", lambda *_: None)

    assert selectors.given_file(opinion, piece.pseudonym) is None


def test_after_the_opening_files_are_there_as_they_were_sent(cast, candidacy, opinion):
    content = files.word(**{"word/media/a.jpg": files.picture()})
    document = add(candidacy, "Kim.docx", content)
    add(candidacy, "Kim.jpg", files.picture())

    opinion = opened(cast, opinion)

    assert names_given(opinion) == ["Kim.docx", "Kim.jpg"]
    given = selectors.given_file(opinion, document.pseudonym)
    assert (given.name, given.content) == ("Kim.docx", cleaned(content).content)


def test_who_had_not_sealed_when_it_opened_gets_nothing_more_than_before(cast, candidacy, opinion):
    other = factories.make_person(Role.ASSESSOR, organisation=cast.provider)
    late = factories.engage(cast, candidacy, other, OpinionKind.SECOND)
    add(candidacy, "Kim.jpg", files.picture())
    factories.seal(opinion)
    Case.objects.filter(pk=candidacy.case.pk).update(due_on=date(2020, 1, 31))
    services.open_case(
        actor=cast.coordinator, case=Case.objects.get(pk=candidacy.case.pk), reason="One is ill."
    )
    late = Opinion.objects.select_related("candidacy__case").get(pk=late.pk)

    assert selectors.given_to(late) == []
    assert not policies.may_read_material(late.assessor, late)


def test_material_is_read_by_who_may_begin_and_no_sooner(cast, candidacy, opinion):
    first = factories.engage(cast, candidacy, cast.decider, OpinionKind.FIRST)

    denied = policies.may_read_material(cast.assessor, opinion)
    assert denied.reason == policies.not_yet_sentence()

    factories.seal(first)
    assert policies.may_read_material(cast.assessor, opinion)
    factories.seal(opinion)
    assert policies.may_read_material(cast.assessor, opinion)


def test_material_is_not_for_the_client_nor_for_another_nor_of_who_has_withdrawn(
    cast, candidacy, opinion
):
    first = factories.engage(cast, candidacy, cast.decider, OpinionKind.FIRST)

    assert "stays with them" in policies.may_read_material(cast.decider, first).reason
    assert "another" in policies.may_read_material(cast.decider, opinion).reason
    candidates.withdraw(candidacy=candidacy)
    opinion.refresh_from_db()
    assert "withdrawn" in policies.may_read_material(cast.assessor, opinion).reason
