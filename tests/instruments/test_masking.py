"""Documents for those who only read: masked by rule, compared by a person, released, and fixed."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.services import give_role
from second_opinion.accounts.states import Role
from second_opinion.audit.models import Event
from second_opinion.audit.services import destroy_erased_keys, has_case_key
from second_opinion.candidates import services as candidates
from second_opinion.cases.states import CaseState
from second_opinion.cli.doctor import key_findings
from second_opinion.ingest.redaction import Kind
from second_opinion.instruments import selectors, services
from second_opinion.instruments.errors import MaskingError
from second_opinion.instruments.models import MaskedDocument, MaskingChoice, OriginalLook
from second_opinion.instruments.services.masking import OPEN_FOR
from second_opinion.instruments.states import DocumentKind
from second_opinion.opinions import services as opinions
from second_opinion.opinions.errors import EngagementError
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.services import forget_case
from tests import factories
from tests.files import pdf
from tests.journey.world import everything

pytestmark = pytest.mark.django_db

ANSWER = (
    "Kim Karlsson here. I worked at Nordverk AB with Rut Ros.\n"
    "Write to kim.karlsson@example.com. The Zqsupplier is best, says Zqboss."
)


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def case(cast):
    case = factories.make_case(
        cast, state=CaseState.IN_ASSESSMENT, candidates=["Kim Karlsson", "Lo Lind"]
    )
    services.choose_masking(actor=cast.coordinator, case=case, is_masked=True)
    factories.give_task(cast, case)
    return case


@pytest.fixture
def kim(case):
    kim = case.candidacies.get(name="Kim Karlsson")
    services.begin_task(candidacy=kim)
    services.answer_task(candidacy=kim, words=ANSWER)
    return kim


@pytest.fixture
def rater(cast):
    return factories.make_person(Role.ASSESSOR, organisation=cast.provider, name="Ria Rater")


@pytest.fixture
def rating(cast, kim, rater):
    return opinions.engage_rater(actor=cast.coordinator, candidacy=kim, rater=rater)


@pytest.fixture
def document(cast, kim):
    """The answer, prepared and opened by the coordinator."""
    return factories.open_masked(cast, kim)


def release(cast, document):
    return services.release_document(
        actor=cast.coordinator, document=document, has_compared=True, note="A rare trade."
    )


def test_masking_is_chosen_until_somebody_is_asked_to_rate(cast, case, kim, rating):
    assert selectors.is_masked(case)
    with pytest.raises(NotAllowedError, match="cannot be unread"):
        services.choose_masking(actor=cast.coordinator, case=case, is_masked=False)
    with pytest.raises(NotAllowedError):
        services.choose_masking(actor=cast.assessor, case=case, is_masked=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        MaskingChoice.objects.update(is_masked=False)


def test_a_rater_reads_nothing_before_the_release_and_a_letter_for_a_name(
    cast, kim, rating, document
):
    before = selectors.reading_of(rating)
    with pytest.raises(NotAllowedError, match="nothing for you to read yet"):
        services.rate_task(actor=rating.rater, rating=rating, ratings=[])

    release(cast, document)

    after = selectors.reading_of(rating)
    assert (before.answer, before.texts) == (None, ())
    assert before.name == after.name
    assert before.name in {"Candidate A", "Candidate B"}
    assert "Karlsson" not in after.answer.words
    assert "[person 1] here" in after.answer.words
    assert "Nordverk" not in after.answer.words
    assert "example.com" not in after.answer.words
    assert (after.answer.file_name, after.answer.media_type, after.minutes) == ("", "", None)
    services.rate_task(actor=rating.rater, rating=rating, ratings=[])


def test_what_was_not_answered_and_what_is_not_released_read_the_same(cast, case, kim, rater):
    lo = case.candidacies.get(name="Lo Lind")
    both = [
        opinions.engage_rater(actor=cast.coordinator, candidacy=one, rater=rater)
        for one in (kim, lo)
    ]

    refusals = []
    for rating in both:
        with pytest.raises(NotAllowedError) as refused:
            services.rate_task(actor=rater, rating=rating, ratings=[])
        refusals.append(str(refused.value))

    assert refusals[0] == refusals[1]
    readings = [selectors.reading_of(one) for one in both]
    assert {(one.answer, one.texts) for one in readings} == {(None, ())}


def test_a_person_masks_more_and_shows_a_false_hit_each_with_a_reason(cast, document):
    services.mask_more(
        actor=cast.coordinator,
        document=document,
        words="Zqsupplier",
        kind=Kind.ORGANISATION,
        reason="Only one firm makes it.",
    )
    assert "Zqsupplier" not in selectors.masked_text_of(MaskedDocument.objects.get())
    assert "Zqboss" not in selectors.masked_text_of(MaskedDocument.objects.get())

    services.show_after_all(
        actor=cast.coordinator, document=document, words="Zqboss", reason="A product."
    )

    document = MaskedDocument.objects.get()
    shown, original = selectors.masked_text_of(document), selectors.original_in(document)
    assert "says Zqboss" in shown
    assert original.text == ANSWER
    assert [(one.act, one.reason) for one in original.changes] == [
        ("mask", "Only one firm makes it."),
        ("show", "A product."),
    ]
    for words, reason in (("Zqabsent", "It is there."), ("Zqboss", " ")):
        with pytest.raises(MaskingError, match="Nothing was changed"):
            services.mask_more(
                actor=cast.coordinator,
                document=document,
                words=words,
                kind=Kind.PERSON,
                reason=reason,
            )


def test_what_is_released_is_fixed_and_committed_to(cast, document):
    with pytest.raises(MaskingError, match="compared"):
        services.release_document(actor=cast.coordinator, document=document, has_compared=False)

    released = release(cast, document)

    event = Event.objects.get(verb="masking.released")
    assert event.details["sha256"] == released.commitment
    assert len(released.commitment) == 64
    with pytest.raises(NotAllowedError, match="stays as it was read"):
        services.show_after_all(
            actor=cast.coordinator, document=released, words="Zqboss", reason="A product."
        )
    for change in ({"content": b"other"}, {"map": b"other"}, {"released_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MaskedDocument.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        MaskedDocument.objects.all().delete()


def test_the_original_is_opened_only_as_an_act_that_is_noted_and_ends(cast, kim, document):
    colleague = factories.make_person(Role.COORDINATOR, organisation=cast.provider)

    with pytest.raises(NotAllowedError, match="Open the original first"):
        services.release_document(actor=colleague, document=document, has_compared=True)
    opinions.open_original(actor=colleague, document=document)

    assert [who for who, _at in selectors.looks_at([document])] == [
        cast.coordinator.name,
        colleague.name,
    ]
    opened = Event.objects.filter(verb="masking.opened", subject=document.pseudonym)
    assert [event.actor for event in opened] == [cast.coordinator.pseudonym, colleague.pseudonym]
    with pytest.raises(IntegrityError), transaction.atomic():
        OriginalLook.objects.update(ends_at=timezone.now() + timedelta(days=9))
    with pytest.raises(IntegrityError), transaction.atomic():
        OriginalLook.objects.all().delete()


def test_an_open_original_closes_after_half_an_hour(cast, document, monkeypatch):
    later = timezone.now() + OPEN_FOR + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert selectors.open_look_of(cast.coordinator, document) is None
    with pytest.raises(NotAllowedError, match="Open the original first"):
        release(cast, document)


def test_nobody_who_rates_or_assesses_compares_and_the_reverse(cast, kim, document, rater, rating):
    give_role(actor=None, person=rater, organisation=cast.provider, role=Role.COORDINATOR)
    assessing = factories.make_person(
        Role.COORDINATOR, Role.ASSESSOR, organisation=cast.provider, name="Both"
    )
    factories.engage(cast, kim, assessing, OpinionKind.SECOND)

    for who, why in ((rater, "You rate"), (assessing, "You assess"), (cast.assessor, "runs")):
        with pytest.raises(NotAllowedError, match=why):
            opinions.open_original(actor=who, document=document)
    runner = factories.make_person(Role.COORDINATOR, Role.ASSESSOR, organisation=cast.provider)
    with pytest.raises(EngagementError, match="sees who the candidates are"):
        opinions.engage_rater(actor=cast.coordinator, candidacy=kim, rater=runner)
    opinions.open_original(actor=runner, document=document)
    runner.memberships.filter(role=Role.COORDINATOR).delete()
    with pytest.raises(EngagementError, match="has opened an unmasked document"):
        opinions.engage_rater(actor=cast.coordinator, candidacy=kim, rater=runner)


def test_facts_are_set_on_the_standard_sheet_in_one_form(cast, kim, rating, document):
    sheet = factories.open_masked(cast, kim, kind=DocumentKind.SHEET)

    services.write_facts(
        actor=cast.coordinator,
        document=sheet,
        facts={"experience": "Sold\nLed purchasing for Nordverk AB; 31", "language": "Polish"},
    )
    with pytest.raises(MaskingError, match="number of months"):
        services.write_facts(
            actor=cast.coordinator, document=sheet, facts={"experience": "Led; since 2011"}
        )
    release(cast, document)
    release(cast, MaskedDocument.objects.get(pk=sheet.pk))

    (text,) = selectors.reading_of(rating).texts
    assert text.kind == DocumentKind.SHEET
    assert text.words.splitlines() == [
        "Experience",
        "- Led purchasing for [organisation 1], 2.5 years",
        "- Sold",
        "Language",
        "- Polish",
    ]


def test_a_file_that_cannot_be_read_is_written_out_by_a_person(cast, case, rater):
    lo = case.candidacies.get(name="Lo Lind")
    services.begin_task(candidacy=lo)
    services.answer_task(candidacy=lo, name="Lo_Lind.pdf", content=pdf())
    document = factories.open_masked(cast, lo)
    with pytest.raises(MaskingError, match="no text"):
        release(cast, document)

    services.write_text(actor=cast.coordinator, document=document, text="Lo Lind says yes.")
    release(cast, document)

    rating = opinions.engage_rater(actor=cast.coordinator, candidacy=lo, rater=rater)
    reading = selectors.reading_of(rating)
    assert reading.answer.words == "[person 1] says yes."
    assert reading.answer.file_name == ""


def test_what_the_candidate_takes_back_is_read_no_more_and_its_masked_text_goes(cast, kim, rating):
    piece = candidates.add_words(candidacy=kim, words="I, Kim Karlsson, sail.")
    release(cast, factories.open_masked(cast, kim))
    masked = factories.open_masked(cast, kim, kind=DocumentKind.MATERIAL, material=piece)
    release(cast, masked)
    assert [one.words for one in selectors.reading_of(rating).texts] == ["I, [person 1], sail."]

    candidates.take_back(candidacy=kim, material=piece)

    assert selectors.reading_of(rating).texts == ()
    services.forget_taken_back()
    kept = MaskedDocument.objects.get(pk=masked.pk)
    assert (bytes(kept.content), bytes(kept.map)) == (b"", b"")


def test_the_map_lies_under_a_key_of_its_own_and_is_erased_with_the_candidate(
    cast, case, kim, document, django_capture_on_commit_callbacks
):
    release(cast, document)
    rows = str(everything())
    assert "Zqsupplier" not in rows
    assert "Nordverk" not in rows
    assert has_case_key(kim)
    key = settings.SECOND_OPINION_KEY_FOLDER / f"{kim.pseudonym}.key"
    saved = key.read_bytes()

    with django_capture_on_commit_callbacks(execute=True):
        forget_case(case=case)

    assert not has_case_key(kim)
    assert selectors.masked_text_of(MaskedDocument.objects.get())  # under the case's key
    key.write_bytes(saved)  # a backup brings it back
    assert destroy_erased_keys() == 1
    assert not has_case_key(kim)


def test_doctor_misses_the_key_of_a_map(kim, document):
    assert key_findings() == []

    (settings.SECOND_OPINION_KEY_FOLDER / f"{kim.pseudonym}.key").unlink()

    (finding,) = key_findings()
    assert "maps of masked documents of 1 candidates" in finding.problem
    assert "backup of keys" in finding.mend
