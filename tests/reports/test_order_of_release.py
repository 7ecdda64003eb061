"""Who reads a report when: candidates, then the client; and what breaks if somebody tries."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.models import Event
from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import services as candidates
from second_opinion.candidates.states import ReplyKind
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import due_at
from second_opinion.cases.states import CaseState, ReportOrder
from second_opinion.cli.demo.past import as_of
from second_opinion.reports import policies, selectors, services
from second_opinion.reports.errors import InvalidAnswerError
from second_opinion.reports.models import ClientDecision, QuickAnswer, ReportVersion
from second_opinion.reports.rendering import page_of
from second_opinion.reports.rendering.stored import document_of
from tests import factories

pytestmark = pytest.mark.django_db

A_WEEK = timedelta(days=7)


@pytest.fixture
def version(cast):
    case = factories.make_case(cast, state=CaseState.OPENED)
    return services.sign_report(actor=cast.coordinator, case=case)


def show(cast, version):
    return services.release_to_candidates(actor=cast.coordinator, version=version)


def release(cast, version):
    return services.release_report(actor=cast.coordinator, version=version)


def test_the_client_does_not_read_before_the_candidates(cast, version):
    with pytest.raises(NotAllowedError, match="have not been given their own version"):
        release(cast, version)

    assert not selectors.reports_of(version.case, person=cast.orderer).exists()


def test_nor_before_their_time_for_a_reply_has_passed(cast, version):
    show(cast, version)

    with pytest.raises(NotAllowedError, match="The candidates can reply until"):
        release(cast, version)


def test_then_the_client_reads_and_the_case_is_reported(cast, version):
    show(cast, version)

    with as_of(timezone.now() + A_WEEK):
        release(cast, version)

    assert Case.objects.get(pk=version.case_id).state == CaseState.REPORTED
    verbs = list(Event.objects.filter(subject=version.pseudonym).values_list("verb", flat=True))
    assert verbs == ["report.written", "report.to_candidates", "report.released"]


def test_a_version_is_given_to_the_candidates_once(cast, version):
    show(cast, version)

    with pytest.raises(NotAllowedError, match="this version already"):
        show(cast, version)


def test_a_version_written_after_the_replies_reaches_both_at_the_same_moment(cast, version):
    show(cast, version)
    with as_of(timezone.now() + A_WEEK):
        newer = services.sign_report(actor=cast.coordinator, case=version.case)
        released = release(cast, newer)

    assert released.to_candidates_at == released.released_at


def test_a_version_after_the_first_release_goes_to_the_candidates_first_again(cast, version):
    show(cast, version)
    with as_of(timezone.now() + A_WEEK):
        further = services.sign_report(actor=cast.coordinator, case=version.case)
        release(cast, version)
        with pytest.raises(NotAllowedError, match="have not been given their own version"):
            release(cast, services.sign_report(actor=cast.coordinator, case=version.case))
        further = show(cast, further)
        reply(version.case, kind=ReplyKind.COMMENT)
        with pytest.raises(NotAllowedError, match="The candidates can reply until"):
            release(cast, further)
        assert "can reply until" in policies.may_decide(cast.orderer, further.case).reason

    with as_of(timezone.now() + 2 * A_WEEK):
        with_reply = services.sign_report(actor=cast.coordinator, case=version.case)
        assert release(cast, with_reply).released_at
        with pytest.raises(NotAllowedError, match="a later version already"):
            release(cast, further)


@pytest.mark.parametrize(
    ("shown", "closes"),
    [
        ("2026-11-23T08:00", "2026-11-26T00:00"),  # a Monday: the end of Wednesday
        ("2026-11-27T08:00", "2026-12-02T00:00"),  # a Friday: the end of Tuesday
        ("2026-11-28T08:00", "2026-12-02T00:00"),  # a Saturday: the same
        ("2026-11-25T22:59", "2026-11-28T00:00"),  # still Wednesday in UTC and in Stockholm
        ("2026-11-25T23:01", "2026-12-01T00:00"),  # Thursday in Stockholm: the end of Monday
    ],
)
def test_two_working_days_end_at_midnight_where_the_provider_is(cast, version, shown, closes):
    with as_of(timezone.datetime.fromisoformat(shown + "+00:00")):
        show(cast, version)

    closes_at = selectors.replies_close_at(version.case)

    assert closes_at.strftime("%Y-%m-%dT%H:%M") == closes


TRIES = {
    "the client before the candidates": {"released_at": timezone.now()},
    "the client alone": {
        "released_at": timezone.now(),
        "to_candidates_at": timezone.now() + A_WEEK,
    },
}


@pytest.mark.parametrize("fields", TRIES.values(), ids=TRIES)
def test_the_database_itself_lets_no_client_read_first(version, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportVersion.objects.filter(pk=version.pk).update(**fields)


def test_the_database_itself_keeps_when_the_candidates_read(cast, version):
    show(cast, version)

    with pytest.raises(IntegrityError, match="write a new version"), transaction.atomic():
        ReportVersion.objects.update(to_candidates_at=timezone.now() + A_WEEK)
    with pytest.raises(IntegrityError, match="released and stays"), transaction.atomic():
        ReportVersion.objects.all()._raw_delete("default")


def test_where_the_order_says_so_both_read_at_the_same_moment(cast):
    case = factories.make_case(
        cast, state=CaseState.OPENED, details={"report_order": ReportOrder.SAME_TIME}
    )
    version = services.sign_report(actor=cast.coordinator, case=case)

    released = release(cast, version)

    assert released.to_candidates_at == released.released_at
    decision = policies.may_decide(cast.orderer, Case.objects.get(pk=case.pk))
    assert "can reply until" in decision.reason


# --- deciders


def test_who_decides_elsewhere_at_the_client_is_not_asked_and_reads_nothing(cast, reported):
    other = factories.make_person(factories.Role.DECIDER, organisation=cast.client)

    with pytest.raises(NotAllowedError, match="Only those who decide"):
        factories.answer_quickly(cast, reported, decider=other)
    assert not selectors.reports_of(reported, person=other).exists()


@pytest.fixture
def reported(cast):
    return factories.make_case(cast, state=CaseState.REPORTED, deciders=[cast.decider])


def test_a_decider_answers_once_before_the_report_opens(cast, reported):
    assert selectors.must_answer_first(cast.decider, reported)

    for _ in range(2):
        factories.answer_quickly(cast, reported)

    assert not selectors.must_answer_first(cast.decider, reported)
    assert QuickAnswer.objects.get().answer == "hire"
    assert Event.objects.filter(verb="decider.answered").count() == 1
    assert "hire" not in str(Event.objects.get(verb="decider.answered").details)


def test_an_answer_for_some_candidates_is_none(cast, reported):
    with pytest.raises(InvalidAnswerError, match="one answer for each"):
        services.answer_quickly(actor=cast.decider, case=reported, answers={})

    assert not QuickAnswer.objects.exists()


@pytest.mark.parametrize("who", ["orderer", "coordinator", "assessor", "stranger"])
def test_nobody_else_is_asked(cast, reported, who):
    with pytest.raises(NotAllowedError, match="Only those who decide"):
        factories.answer_quickly(cast, reported, decider=getattr(cast, who))


def test_the_others_answers_are_shown_when_the_decision_is_made(cast, reported):
    factories.answer_quickly(cast, reported)
    before = {
        who: selectors.quick_answers_visible_to(getattr(cast, who), case=reported).count()
        for who in ("decider", "orderer", "coordinator", "stranger")
    }

    factories.decide(cast, reported)

    after = {
        who: selectors.quick_answers_visible_to(getattr(cast, who), case=reported).count()
        for who in ("decider", "orderer", "coordinator", "stranger")
    }
    assert before == {"decider": 1, "orderer": 0, "coordinator": 0, "stranger": 0}
    assert after == {"decider": 1, "orderer": 1, "coordinator": 0, "stranger": 0}


def test_the_database_itself_keeps_an_answer_and_takes_none_after_the_decision(cast, reported):
    factories.answer_quickly(cast, reported)
    with pytest.raises(IntegrityError, match="given once"), transaction.atomic():
        QuickAnswer.objects.update(answer="no")
    with pytest.raises(IntegrityError, match="given once"), transaction.atomic():
        QuickAnswer.objects.all()._raw_delete("default")

    factories.decide(cast, reported)

    with pytest.raises(IntegrityError, match="before the decision"), transaction.atomic():
        QuickAnswer.objects.create(
            candidacy=reported.candidacies.get(), decider=cast.orderer, answer="no"
        )


# --- the decision


def test_the_client_decides_in_its_own_words_which_only_the_key_reads(cast, reported):
    words = "Zirkon 4711 convinced us."

    decision = factories.decide(cast, reported, reasons=words)

    assert reported.state == CaseState.DECIDED
    assert selectors.words_of(decision).reasons == words
    assert words.encode() not in bytes(ClientDecision.objects.get().words)
    assert "Zirkon" not in str(list(Event.objects.values()))


def test_a_decision_needs_reasons(cast, reported):
    with pytest.raises(InvalidAnswerError, match="Write the reasons"):
        factories.decide(cast, reported, reasons="  ")

    assert not ClientDecision.objects.exists()


def test_deciding_against_the_report_is_allowed_and_asks_what_weighed_more(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    for person, kind in ((cast.decider, "first"), (cast.assessor, "second")):
        opinion = factories.engage(
            cast, case.candidacies.get(), person, factories.OpinionKind(kind)
        )
        factories.seal(opinion, score=1.0)
    factories.opinions.open_case(actor=cast.coordinator, case=case)
    factories.release_report(cast, case)
    case.refresh_from_db()
    kim = case.candidacies.get()

    with pytest.raises(InvalidAnswerError, match="what weighed more"):
        factories.decide(cast, case, hired=kim, against="")
    decision = factories.decide(cast, case, hired=kim, against="The reference.")

    assert decision.is_against_report
    assert Event.objects.get(verb="decision.recorded").details["against_report"] is True


def test_a_decider_says_first_what_they_would_have_done(cast, reported):
    with pytest.raises(NotAllowedError, match="Say first"):
        services.record_decision(
            actor=cast.decider, case=reported, hired=None, reasons="Nobody.", against="Doubt."
        )


def test_somebody_of_another_case_is_not_hired(cast, reported):
    other = factories.make_case(cast).candidacies.get()

    with pytest.raises(InvalidAnswerError, match="one of the candidates"):
        factories.decide(cast, reported, hired=other)


@pytest.mark.parametrize("who", ["coordinator", "assessor", "stranger"])
def test_the_provider_does_not_decide(cast, reported, who):
    decision = policies.may_decide(getattr(cast, who), reported)

    assert "records the decision" in decision.reason


def test_the_database_itself_wants_the_report_before_the_decision(cast, version):
    with pytest.raises(IntegrityError, match="has the report"), transaction.atomic():
        ClientDecision.objects.create(case=version.case, decided_by=cast.orderer, words=b"")


def test_the_database_itself_wants_the_decision_before_the_state(reported):
    with pytest.raises(IntegrityError, match="by the decision"), transaction.atomic():
        Case.objects.filter(pk=reported.pk).update(state=CaseState.DECIDED)


def test_the_database_itself_keeps_the_decision(cast, reported):
    factories.decide(cast, reported)

    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        ClientDecision.objects.update(is_against_report=True)
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        ClientDecision.objects.all()._raw_delete("default")


def test_a_case_is_closed_after_the_decision_and_by_its_coordinator(cast, reported):
    with pytest.raises(NotAllowedError, match="cannot become closed"):
        factories.close_case(cast, reported)
    factories.decide(cast, reported)
    with pytest.raises(NotAllowedError, match="Only a coordinator"):
        services.close_case(actor=cast.orderer, case=reported)

    factories.close_case(cast, reported)

    assert reported.state == CaseState.CLOSED


def test_a_case_waits_with_closing_until_a_talk_is_settled_with_every_candidate(cast, reported):
    services.record_decision(
        actor=cast.orderer, case=reported, hired=None, reasons="Nobody fitted.", against="Doubts."
    )

    with pytest.raises(NotAllowedError, match="neither booked nor declined with Kim Karlsson"):
        factories.close_case(cast, reported)
    factories.settle_feedback(cast.coordinator, reported)

    factories.close_case(cast, reported)


# --- the candidate's reply, and the talk about the result


def reply(case, words="I left in May, not in March.", kind=ReplyKind.FACTS):
    candidacy = case.candidacies.select_related("case__provider").get()
    shown_at = selectors.to_candidates_at(case)
    return candidates.reply(candidacy=candidacy, kind=kind, words=words, released_at=shown_at)


def test_a_reply_goes_along_with_the_report_that_the_client_reads(cast, version):
    show(cast, version)
    reply(version.case, kind=ReplyKind.COMMENT)

    with as_of(timezone.now() + A_WEEK):
        with pytest.raises(NotAllowedError, match="since this version was written"):
            release(cast, version)
        newer = services.sign_report(actor=cast.coordinator, case=version.case)
        released = release(cast, newer)

    page = page_of(document_of(released, language="en"))
    assert "I left in May, not in March." in page
    assert "Kim Karlsson comments" in page
    assert b"in May" not in bytes(ReportVersion.objects.get(number=2).addendum)


def answer(cast, fact, *, is_accepted=True, **words):
    said = {"reason": "Your certificate says so.", "stated": "March", "correct": "May"} | words
    return candidates.answer_correction(
        actor=cast.coordinator, reply=fact, is_accepted=is_accepted, **said
    )


def test_the_client_reads_no_report_before_a_correction_is_answered_and_written_into_it(
    cast, version
):
    show(cast, version)
    fact = reply(version.case)

    with as_of(timezone.now() + A_WEEK):
        with pytest.raises(NotAllowedError, match="has corrected a fact"):
            release(cast, services.sign_report(actor=cast.coordinator, case=version.case))
        answer(cast, fact)
        with pytest.raises(NotAllowedError, match="has replied, or was answered, since"):
            release(cast, version)
    with as_of(timezone.now() + A_WEEK + timedelta(hours=1)):
        release(cast, services.sign_report(actor=cast.coordinator, case=version.case))


@pytest.mark.parametrize(
    ("is_accepted", "language", "expected"),
    [
        (True, "en", ("It stood", "in March", "in May", "accepts the correction")),
        (True, "sv", ("Det stod", "in March", "in May", "godtar rättelsen")),
        (False, "en", ("The provider does not accept the correction: The certificate",)),
        (False, "sv", ("Leverantören godtar inte rättelsen: The certificate",)),
    ],
)
def test_a_corrected_fact_stands_beside_what_stood_and_no_finding_changes(
    cast, version, is_accepted, language, expected
):
    show(cast, version)
    answer(
        cast,
        reply(version.case),
        is_accepted=is_accepted,
        reason="The certificate.",
        stated="in March",
        correct="in May",
    )

    newer = services.sign_report(actor=cast.coordinator, case=version.case)

    page = page_of(document_of(newer, language=language))
    assert [words for words in expected if words not in page] == []
    assert newer.input_hash == version.input_hash


def test_a_reply_changes_no_figure(cast, version):
    show(cast, version)
    reply(version.case)

    newer = services.sign_report(actor=cast.coordinator, case=version.case)

    assert newer.input_hash == version.input_hash
    assert newer.addendum_hash != version.addendum_hash


def test_candidates_with_an_address_get_a_mail_without_content(cast, version):
    version.case.candidacies.update(email="kim@example.com")

    show(cast, version)
    deliver_due()

    message = next(one for one in mail.outbox if one.to == ["kim@example.com"])
    # The link's token is drawn by chance, and may hold any three letters.
    text = re.sub(r"https?://\S+", "", message.subject + message.body)
    assert [word for word in ("Kim", "Purchasing", "report") if word in text] == []


def test_what_was_not_sealed_in_time_is_named_in_the_report(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    late = factories.make_person(factories.Role.ASSESSOR, organisation=cast.provider, name="Late")
    candidacy = case.candidacies.get()
    factories.seal(factories.engage(cast, candidacy, cast.assessor, factories.OpinionKind.SECOND))
    factories.engage(cast, candidacy, late, factories.OpinionKind.SECOND)
    with as_of(due_at(case)):
        factories.opinions.open_case(actor=cast.coordinator, case=case, reason="Late is ill.")
        version = services.sign_report(actor=cast.coordinator, case=case)

    page = page_of(document_of(version, language="en"))

    assert "Late on Kim Karlsson (second opinion)" in page
