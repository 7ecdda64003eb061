"""The notice is complete, kept in versions, sent once, and read before anything is assessed."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.models import Event
from second_opinion.candidates import selectors, services
from second_opinion.candidates.analysis.readability import readability_of
from second_opinion.candidates.errors import AddressError, IncompleteNoticeError, NotAskedError
from second_opinion.candidates.models import Acknowledgement, Notice
from second_opinion.candidates.states import HowAcknowledged
from second_opinion.candidates.writing.notice import KEYS, NoticeFacts, write_sections
from second_opinion.cases.selectors import criteria_of, planned_dates_of
from second_opinion.cases.services import withdraw_candidacy
from second_opinion.cases.states import CaseState
from second_opinion.opinions.services import record_opinion
from second_opinion.opinions.states import OpinionKind
from tests import factories

WHY = "We do not know how Kim leads through others: 100 % of us come from finance."


def generated(candidacy, language="en", **facts):
    given = {"words": WHY, "assessors": ["Anna Assessor"]} | facts
    facts = NoticeFacts(candidacy=candidacy, criteria=list(criteria_of(candidacy.case)), **given)
    return write_sections(facts, language=language)


def send(cast, candidacy, **texts):
    factories.write_notice(cast, candidacy, **texts)
    return services.send_notice(actor=cast.coordinator, candidacy=candidacy)


def note(cast, candidacy, **changes):
    given = {"how": HowAcknowledged.PHONE, "reason": "No computer at hand."} | changes
    return services.note_acknowledgement(actor=cast.coordinator, candidacy=candidacy, **given)


# --- what it says


@pytest.mark.parametrize(
    "must_say",
    [
        WHY,
        "Olle Orderer",
        "Anna Assessor",
        "Leadership, weight 60 percent",
        "90 minutes",
        "never more than 240",
        "responsible for your personal data",
        "article 6.1 f",
        "Source: Client gave us",
        "Recipients",
        "24 months",
        "right to",
        "object",
        "IMY",
        "No decision about you is made by a machine",
        "withdraw",
        "two working days",
        "Cilla Coordinator",
    ],
)
def test_the_generated_notice_tells_all_that_a_candidate_must_be_told(candidacy, must_say):
    text = "\n".join(f"{section.heading}\n{section.text}" for section in generated(candidacy))

    assert must_say in text


def test_it_says_in_which_order_the_report_is_read_as_the_order_has_it(candidacy):
    sees = {first: text_of(generated(candidacy, reads_first=first)) for first in (True, False)}

    assert "You read the report first." in sees[True]
    assert "at the same time" in sees[False]
    assert "You read the report first." not in sees[False]


def test_it_says_how_the_last_candidates_were_chosen_in_the_clients_words(candidacy):
    assert "Twenty applied, 3 % were met." in text_of(
        generated(candidacy, how_chosen="Twenty applied, 3 % were met.")
    )


def test_it_says_by_when_and_in_which_language_of_days(candidacy):
    candidacy.case.due_on = date(2026, 12, 10)
    planned = planned_dates_of(candidacy.case)

    assert "comment until Wednesday 9 December 2026 at 24:00" in text_of(
        generated(candidacy, dates=planned)
    )
    assert "till och med onsdag 9 december 2026" in text_of(
        generated(candidacy, dates=planned, language="sv")
    )


def text_of(sections):
    return "\n".join(section.text for section in sections)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_is_written_in_the_candidates_language_and_reads_like_a_daily_paper(candidacy, language):
    planned = planned_dates_of(candidacy.case)
    sections = generated(candidacy, language=language, dates=planned)

    assert tuple(section.key for section in sections) == KEYS
    assert all(section.text for section in sections)
    assert ("Dina rättigheter" in [section.heading for section in sections]) is (language == "sv")
    whole = readability_of("\n".join(section.text for section in sections))
    assert 20 <= whole.lix <= 45
    assert whole.longest_sentence <= 30


def test_names_with_signs_of_formatting_or_from_the_right_come_through(candidacy):
    candidacy.case.role = "100 % %(x)s مدير 👩🏽‍🚀"

    why = generated(candidacy)[0].text

    assert candidacy.case.role in why


# --- versions


def test_a_change_is_a_new_version_and_the_same_words_are_none(cast, candidacy):
    first = factories.write_notice(cast, candidacy)
    same = factories.write_notice(cast, candidacy)
    changed = factories.write_notice(cast, candidacy, steps="An interview.\n\n")

    assert (first.version, same.pk, changed.version) == (1, first.pk, 2)
    assert selectors.sections_of(changed)[3].text == "An interview."


def test_what_a_candidate_was_told_cannot_be_changed_or_removed(cast, candidacy):
    notice = factories.write_notice(cast, candidacy)

    for change in (
        lambda: Notice.objects.filter(pk=notice.pk).update(version=9),
        lambda: Notice.objects.filter(pk=notice.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
            change()


def test_neither_words_nor_names_reach_the_log(cast, candidacy):
    send(cast, candidacy, words=WHY)
    note(cast, candidacy)

    log = " ".join(str(event.details) + event.verb for event in Event.objects.all())
    assert not {"Kim", "finance", "computer", "kim@"} & set(log.replace(",", " ").split())
    assert WHY.encode() not in bytes(Notice.objects.get().content)


@pytest.mark.parametrize("who", ["orderer", "decider", "assessor", "stranger"])
def test_only_the_providers_coordinators_inform(cast, candidacy, who):
    with pytest.raises(NotAllowedError):
        services.write_notice(
            actor=getattr(cast, who), candidacy=candidacy, sections=[], language="en"
        )


@pytest.mark.parametrize("who", ["orderer", "decider", "assessor", "stranger"])
def test_nobody_else_sends_it_or_says_that_it_was_read(cast, candidacy, who):
    mailing = send(cast, candidacy)
    person = getattr(cast, who)

    for act in (
        lambda: services.send_notice(actor=person, candidacy=candidacy),
        lambda: services.note_acknowledgement(
            actor=person, candidacy=candidacy, how=HowAcknowledged.PHONE, reason="Said so."
        ),
        lambda: services.mark_returned(actor=person, mailing=mailing),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_nobody_is_informed_before_it_is_fixed_what_is_assessed(cast):
    candidacy = factories.make_case(cast).candidacies.get()

    with pytest.raises(NotAllowedError, match="after the requirement profile is locked"):
        factories.write_notice(cast, candidacy)


# --- sending


def test_it_cannot_be_sent_without_the_orderers_own_words(cast, candidacy):
    with pytest.raises(IncompleteNoticeError, match="in the orderer’s own words"):
        send(cast, candidacy, words="  ")

    assert not candidacy.mailings.exists()


@pytest.mark.parametrize("key", [key for key in KEYS if key != "words"])
def test_it_cannot_be_sent_while_a_part_says_nothing(cast, candidacy, key):
    with pytest.raises(IncompleteNoticeError, match=key.title()):
        send(cast, candidacy, **{key: ""})


def test_it_cannot_be_sent_to_nobody(cast, candidacy):
    candidacy.email = ""
    candidacy.save()

    with pytest.raises(AddressError, match="no mail address"):
        send(cast, candidacy)


def test_two_presses_send_one_mail(cast, candidacy):
    assert send(cast, candidacy) == send(cast, candidacy)


@pytest.mark.parametrize(
    ("domain", "is_refused"),
    [
        ("example.com", True),
        ("@Example.com ", True),
        ("www.example.com", True),
        ("ample.com", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_an_address_at_the_present_employer_is_used_only_on_purpose(
    cast, candidacy, domain, is_refused
):
    factories.write_notice(cast, candidacy)
    sending = {"actor": cast.coordinator, "candidacy": candidacy, "employer_domain": domain}

    if is_refused:
        with pytest.raises(AddressError, match="present employer"):
            services.send_notice(**sending)
    assert services.send_notice(**sending, is_employer_agreed=True)


# --- reading


def test_reading_it_on_the_page_is_noted_once(cast, candidacy):
    notice = send(cast, candidacy).notice

    first = services.acknowledge(candidacy=candidacy, notice=notice)
    again = services.acknowledge(candidacy=candidacy, notice=notice)

    assert first == again
    assert selectors.has_acknowledged(candidacy)
    assert Event.objects.filter(verb="notice.acknowledged").count() == 1


def test_an_older_version_cannot_be_acknowledged(cast, candidacy):
    older = send(cast, candidacy).notice
    send(cast, candidacy, steps="Two interviews.")

    with pytest.raises(NotAskedError, match="newer version"):
        services.acknowledge(candidacy=candidacy, notice=older)


def test_a_new_version_that_is_sent_must_be_read_anew_and_a_draft_need_not(cast, candidacy):
    services.acknowledge(candidacy=candidacy, notice=send(cast, candidacy).notice)
    factories.write_notice(cast, candidacy, steps="Two interviews.")
    assert selectors.has_acknowledged(candidacy)

    newer = services.send_notice(actor=cast.coordinator, candidacy=candidacy).notice
    assert not selectors.has_acknowledged(candidacy)

    services.acknowledge(candidacy=candidacy, notice=newer)
    assert selectors.has_acknowledged(candidacy)


def test_the_coordinator_notes_what_was_said_elsewhere_and_why(cast, candidacy):
    factories.write_notice(cast, candidacy)

    row = note(cast, candidacy)

    assert selectors.reason_of(row) == "No computer at hand."
    assert b"computer" not in bytes(row.reason)
    assert selectors.has_acknowledged(candidacy)


@pytest.mark.parametrize(
    "changes", [{"reason": " "}, {"how": HowAcknowledged.PAGE}, {"reason": ""}]
)
def test_the_coordinator_says_how_and_why(cast, candidacy, changes):
    factories.write_notice(cast, candidacy)

    with pytest.raises(NotAskedError):
        note(cast, candidacy, **changes)


def test_who_has_withdrawn_is_asked_for_nothing(cast, candidacy):
    notice = send(cast, candidacy).notice
    withdraw_candidacy(actor=None, candidacy=candidacy)

    with pytest.raises(NotAllowedError, match="You have withdrawn"):
        services.acknowledge(candidacy=candidacy, notice=notice)


# --- before anything is assessed


@pytest.fixture
def untold(cast):
    """An assessment of somebody who was told nothing; a coordinator began it all the same."""
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    factories.cases.start_assessment(actor=cast.coordinator, case=case)
    return factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)


def test_nothing_is_recorded_of_a_candidate_who_was_not_told(untold):
    with pytest.raises(NotAllowedError, match="Not everything is ready"):
        record_opinion(actor=untold.assessor, opinion=untold, conclusion="Fits.")


def test_the_database_takes_no_content_either(cast, untold):
    with pytest.raises(IntegrityError, match="before the candidate has read"):  # noqa: SIM117
        with transaction.atomic():
            type(untold).objects.filter(pk=untold.pk).update(content=b"content")
    with pytest.raises(IntegrityError, match="before the candidate has read"):  # noqa: SIM117
        with transaction.atomic():
            untold.candidacy.opinions.create(
                assessor=cast.decider, kind="first", content=b"content"
            )


def test_another_candidates_word_does_not_do(cast):
    case = factories.make_case(
        cast, state=CaseState.PROFILE_LOCKED, candidates=("Kim Karlsson", "Lo Lind")
    )
    told, untold = case.candidacies.all()
    factories.write_notice(cast, told)
    note(cast, told)
    factories.cases.start_assessment(actor=cast.coordinator, case=case)
    opinions = [
        factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)
        for candidacy in (told, untold)
    ]

    record_opinion(actor=cast.assessor, opinion=opinions[0], conclusion="Fits.")
    with pytest.raises(NotAllowedError):
        record_opinion(actor=cast.assessor, opinion=opinions[1], conclusion="Fits.")


def test_an_acknowledgement_cannot_be_taken_back(cast, candidacy):
    factories.write_notice(cast, candidacy)
    row = note(cast, candidacy)

    with pytest.raises(IntegrityError, match="stays as it was given"), transaction.atomic():
        Acknowledgement.objects.filter(pk=row.pk)._raw_delete("default")


def test_a_section_travels_through_the_store_unchanged(cast, candidacy):
    long = "عربي 👩🏽‍🚀 " + "ord " * 2500
    sections = [replace(section, text=long.strip()) for section in generated(candidacy)]
    notice = services.write_notice(
        actor=cast.coordinator, candidacy=candidacy, sections=sections, language="en"
    )

    assert [section.text for section in selectors.sections_of(notice)] == [long.strip()] * 11
