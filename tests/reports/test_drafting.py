"""What an author writes is kept at every save, and is in the report once it is signed."""

import dataclasses

import pytest
from django.db import DatabaseError, transaction

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.cases.states import CaseState, LetterKind
from second_opinion.ingest.case_file import OverrideEntry, SentenceEntry
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports import selectors, services
from second_opinion.reports.errors import DraftError
from second_opinion.reports.models import DraftSave
from second_opinion.reports.rendering.stored import document_of, figures_of_version
from tests import factories
from tests.reports.writing.test_report import all_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return factories.make_case(
        cast, state=CaseState.OPENED, candidates=["Kim Karlsson", "Alex Olsson"]
    )


@pytest.fixture
def kim(case):
    return case.candidacies.first()


def save(cast, case, written, **changes):
    return services.save_draft(actor=cast.coordinator, case=case, written=written, **changes)


def test_every_save_is_kept_with_who_and_when_and_one_without_news_is_none(cast, case, kim):
    first = save(cast, case, factories.some_written(kim))
    again = save(cast, case, factories.some_written(kim))
    second = save(cast, case, factories.some_written(kim, words="Asked those who doubted."))

    assert again == first
    assert [(one.number, one.author) for one in selectors.saves_of(case)] == [
        (2, cast.coordinator),
        (1, cast.coordinator),
    ]
    changes = selectors.changes_between(selectors.written_in(first), selectors.written_in(second))
    assert {(one.text, one.is_new) for one in changes if "—" not in one.text} == {
        ("Led the change well.", False),
        ("Asked those who doubted.", True),
    }
    assert b"Led the change" not in bytes(first.content)


def test_what_is_written_of_one_leaves_the_others_as_they_are(cast, case, kim):
    alex = case.candidacies.last()
    save(cast, case, factories.some_written(kim))
    save(cast, case, factories.some_written(alex, words="Listened first."))

    written = selectors.written_for(case)

    assert [one.candidate for one in written] == ["Kim Karlsson", "Alex Olsson"]


def test_who_saves_over_somebody_else_s_words_is_told_and_nothing_is_lost(cast, case, kim):
    seen = save(cast, case, factories.some_written(kim))
    save(cast, case, factories.some_written(kim, words="By somebody else."))

    with pytest.raises(DraftError, match="has changed the same page"):
        save(cast, case, factories.some_written(kim, words="Mine."), based_on=seen.number)

    assert selectors.written_for(case)[0].reasons[0].text == "By somebody else."


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"risks": (SentenceEntry(text="Explains late."),)}, "when it bites"),
        ({"reasons": (SentenceEntry(text="A."),) * 4}, "room for 3"),
        ({"override": OverrideEntry(conclusion="supported", reason="")}, "needs its reason"),
        ({"candidate": "Somebody Else"}, "no candidate"),
    ],
)
def test_what_cannot_stand_in_a_report_is_refused_with_why(cast, case, kim, changes, told):
    with pytest.raises(DraftError, match=told):
        save(cast, case, dataclasses.replace(factories.some_written(kim), **changes))


def test_signing_freezes_what_is_written_and_later_words_are_a_new_version(cast, case, kim):
    save(cast, case, factories.some_written(kim))
    version = factories.sign_report(cast, case)
    save(cast, case, factories.some_written(kim, words="Written later."))

    text = all_text(document_of(version, language="en"))

    assert "Led the change well." in text
    assert "Written later." not in text
    assert factories.sign_report(cast, case).number == version.number + 1


def test_words_on_one_finalist_that_name_another_are_not_signed(cast, case, kim):
    save(cast, case, factories.some_written(kim, words="Calmer than Alex Olsson."))

    with pytest.raises(DraftError, match="names Alex Olsson, and Kim Karlsson reads it"):
        factories.sign_report(cast, case)


def test_a_named_assessor_writes_and_signs_and_a_coordinator_no_longer_signs(cast, case, kim):
    services.name_author(actor=cast.coordinator, case=case, author=cast.assessor)

    services.save_draft(
        actor=cast.assessor, case=case, written=factories.some_written(kim), based_on=0
    )
    with pytest.raises(NotAllowedError, match="signs it"):
        factories.sign_report(cast, case)
    version = services.sign_report(actor=cast.assessor, case=case)

    assert selectors.case_file_of_version(version).author == cast.assessor.name
    assert selectors.case_written_by(cast.assessor, case.pseudonym) == case


def test_who_is_named_is_mailed_once_and_finds_the_case_until_somebody_else_writes(cast, case):
    services.name_author(actor=cast.coordinator, case=case, author=cast.assessor)
    services.name_author(actor=cast.coordinator, case=case, author=cast.assessor)

    asked = case.letters.filter(kind=LetterKind.AUTHOR)
    assert [letter.reader for letter in asked] == [cast.assessor]
    assert selectors.cases_to_write(cast.assessor) == [case]

    services.name_author(actor=cast.coordinator, case=case, author=None)

    assert asked.count() == 1
    assert selectors.cases_to_write(cast.assessor) == []


def test_only_those_who_sealed_for_the_provider_can_be_named(cast, case):
    with pytest.raises(DraftError, match="has sealed no opinion"):
        services.name_author(actor=cast.coordinator, case=case, author=cast.decider)

    assert selectors.case_written_by(cast.assessor, case.pseudonym) is None
    assert all(one.kind != OpinionKind.FIRST for one in cast.assessor.opinions.all())


def test_advice_goes_to_the_client_apart_from_the_report_and_after_it(cast, case, kim):
    save(cast, case, factories.some_written(kim, words="Begin small."))
    version = factories.sign_report(cast, case)
    with pytest.raises(NotAllowedError, match="report itself goes first"):
        services.release_advice(actor=cast.coordinator, version=version)
    factories.release_to_candidates(cast, version)
    services.release_report(actor=cast.coordinator, version=version)
    version.refresh_from_db()
    (before,) = figures_of_version(version)["figures"]["written"]

    services.release_advice(actor=cast.coordinator, version=version)

    version.refresh_from_db()
    (after,) = figures_of_version(version)["figures"]["written"]
    assert (before["starting"], after["starting"][0]["text"]) == ([], "Begin small.")


def test_the_database_keeps_every_save(cast, case, kim):
    save(cast, case, factories.some_written(kim))

    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        DraftSave.objects.update(number=9)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        DraftSave.objects.all().delete()
