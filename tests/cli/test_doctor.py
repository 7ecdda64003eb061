import uuid
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from second_opinion.audit.models import OutboxRow
from second_opinion.audit.services import (
    canonical_json,
    content_hash,
    destroy_case_key,
    encrypt,
)
from second_opinion.audit.triggers import take_triggers_away
from second_opinion.cases.models import Case, CaseTransition, RequirementProfile
from second_opinion.cases.states import CaseState
from second_opinion.cli import doctor
from second_opinion.cli.doctor import (
    configuration_findings,
    database,
    database_findings,
    examine,
    key_findings,
    record_findings,
)
from second_opinion.opinions.models import Opinion, Revision
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.models import ReportVersion, Share
from second_opinion.reports.selectors import input_label, input_of
from second_opinion.reports.services import share_report
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_order(settings):
    """Configuration as it should be, whatever the environment of the tests says."""
    settings.SECOND_OPINION_HAS_MASTER_KEY = True
    settings.SECOND_OPINION_IS_LOCAL = True
    settings.SILENCED_SYSTEM_CHECKS = [
        "security.W004", "security.W008", "security.W012", "security.W016"
    ]  # fmt: skip
    return settings


@pytest.fixture
def by_hand():
    """What only somebody with the database's password could do: change what triggers protect."""
    take_triggers_away(connection)


def problems():
    return [finding.problem for finding in record_findings()]


def test_nothing_is_found_where_nothing_is_wrong(in_order, cast):
    for state in (
        CaseState.ORDERED,
        CaseState.PROFILE_LOCKED,
        CaseState.IN_ASSESSMENT,
        CaseState.OPENED,
        CaseState.REPORTED,
        CaseState.DECIDED,
        CaseState.CLOSED,
        CaseState.WITHDRAWN,
    ):
        factories.make_case(cast, state=state)

    assert examine() == []


def test_a_missing_master_key_is_found_outside_the_demo(in_order):
    in_order.SECOND_OPINION_HAS_MASTER_KEY = False
    [found] = configuration_findings()
    in_order.SECOND_OPINION_DEMO = True

    in_demo = configuration_findings()

    assert "SECOND_OPINION_MASTER_KEY is not set" in found.problem
    assert "token_urlsafe(32)" in found.mend
    assert not [f for f in in_demo if "MASTER_KEY" in f.problem]


def test_a_master_key_that_the_cases_do_not_belong_to_is_found(in_order, cast):
    factories.make_case(cast)
    in_order.SECOND_OPINION_WRAPPING_SECRET = "00" * 32

    [finding] = key_findings()

    assert "SECOND_OPINION_MASTER_KEY is not the one" in finding.problem
    assert finding.stops_serving


def test_a_folder_without_the_keys_of_the_cases_is_found(in_order, cast, tmp_path):
    factories.make_case(cast)
    in_order.SECOND_OPINION_KEY_FOLDER = tmp_path

    [finding] = key_findings()

    assert f"no key of any case in {tmp_path}" in finding.problem
    assert finding.stops_serving


def test_mails_printed_on_the_console_of_a_public_service_are_found(in_order):
    in_order.SECOND_OPINION_IS_LOCAL = False
    in_order.SECOND_OPINION_PUBLIC_URL = "https://opinion.example.com"
    in_order.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

    [found] = configuration_findings()

    assert "SECOND_OPINION_SMTP_URL" in found.problem
    assert not found.stops_serving


def test_a_questionnaire_with_a_fault_is_found(in_order, tmp_path):
    (tmp_path / "ours.toml").write_text('key = "ours"', encoding="utf-8")
    in_order.SECOND_OPINION_QUESTIONNAIRE_FOLDER = tmp_path

    found = [finding.problem for finding in configuration_findings()]

    assert "A questionnaire is not offered. ours.toml, item: This is missing." in "\n".join(found)


def test_the_demo_on_postgresql_is_found(in_order, monkeypatch):
    in_order.SECOND_OPINION_DEMO = True
    monkeypatch.setattr(connection, "vendor", "postgresql")

    [found] = configuration_findings()

    assert "SECOND_OPINION_DEMO is set on PostgreSQL" in found.problem
    assert found.stops_serving


def test_a_database_that_does_not_answer_is_found(monkeypatch):
    def refuse():
        raise OperationalError("connection refused\nmore about it")

    monkeypatch.setattr(connection, "ensure_connection", refuse)

    [found] = database_findings()

    assert found.problem == "The database cannot be reached: connection refused"
    assert "DATABASE_URL" in found.mend


def test_records_are_not_read_from_a_database_that_is_not_in_order(in_order, monkeypatch):
    monkeypatch.setattr(database, "_unapplied_migrations", lambda: ["cases.0003_more"])
    monkeypatch.setattr(doctor, "record_findings", lambda: pytest.fail("it was read"))

    assert [finding.area for finding in examine()] == ["database"]


def test_changes_that_were_not_applied_are_found(monkeypatch):
    monkeypatch.setattr(database, "_unapplied_migrations", lambda: ["cases.0003_more"])

    [found] = database_findings()

    assert found.problem == "The database lacks 1 changes of this version, first cases.0003_more."


def test_missing_triggers_are_found(by_hand):
    found = {finding.problem for finding in database_findings()}

    assert (
        "The database no longer protects its records: audit_event_refuses_update is missing or "
        "changed." in found
    )


def test_a_case_that_was_opened_with_an_unsealed_opinion_is_found(cast, by_hand):
    case = factories.make_case(cast, state=CaseState.OPENED)
    Opinion.objects.filter(kind=OpinionKind.SECOND).update(
        sealed_at=None, nonce=None, commitment=""
    )

    assert f"Case {case.reference} is opened, but not all of its opinions are sealed." in problems()


def test_an_opinion_sealed_before_the_first_is_found(cast, by_hand):
    case = factories.make_case(cast, state=CaseState.OPENED)
    Opinion.objects.filter(kind=OpinionKind.FIRST).update(sealed_at=timezone.now())

    later = Opinion.objects.get(kind=OpinionKind.SECOND)
    assert problems() == [
        f"Case {case.reference}: opinion {later.pseudonym} was sealed before the first one."
    ]


def test_a_first_opinion_asked_for_afterwards_is_no_fault(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    candidacy = case.candidacies.get()
    factories.seal(factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND))

    factories.seal(factories.engage(cast, candidacy, cast.decider, OpinionKind.FIRST))

    assert problems() == []


@pytest.mark.parametrize(
    "change",
    [{"content": b"Something else."}, {"nonce": b""}, {"commitment": "00" * 32}],
    ids=["content", "nonce", "commitment"],
)
def test_an_opinion_that_is_not_what_was_sealed_is_found(cast, by_hand, change):
    factories.make_case(cast, state=CaseState.OPENED)
    one = Opinion.objects.first()
    Opinion.objects.filter(pk=one.pk).update(**change)

    assert [
        problem for problem in problems() if f"{one.pseudonym} is not what was sealed" in problem
    ]


def test_an_erased_case_is_no_fault(cast):
    case = factories.make_case(cast, state=CaseState.OPENED)

    destroy_case_key(case)

    assert problems() == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"locked_at": None, "content_hash": ""}, "is profile_locked with 0 locked profiles"),
        ({"content_hash": "0" * 64}, "the locked requirement profile was changed"),
    ],
)
def test_a_profile_that_is_not_what_was_locked_is_found(cast, by_hand, change, sentence):
    factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    RequirementProfile.objects.update(**change)

    [problem] = problems()
    assert sentence in problem


def test_a_step_that_the_journey_does_not_have_is_found(cast, by_hand):
    case = factories.make_case(cast)
    CaseTransition.objects.create(
        case=case, source="ordered", target="decided", actor=cast.coordinator
    )
    Case.objects.update(state="decided")

    assert f"Case {case.reference} went from ordered to decided." in problems()


def test_a_state_that_no_step_led_to_is_found(cast, by_hand):
    case = factories.make_case(cast)
    Case.objects.update(state=CaseState.WITHDRAWN)

    assert problems() == [f"Case {case.reference} is withdrawn, but its steps end at ordered."]


def test_a_report_that_was_changed_is_found(cast, by_hand):
    case = factories.make_case(cast, state=CaseState.REPORTED)
    version = ReportVersion.objects.get()
    changed = encrypt(
        canonical_json(input_of(version) | {"bar": 1.0}),
        case=case,
        label=input_label(version.pseudonym),
    )
    ReportVersion.objects.update(input=changed)

    assert problems() == [f"Case {case.reference}: report version 1 was changed."]


def test_a_report_with_ratings_that_nobody_has_sealed_is_found(cast, by_hand):
    case = factories.make_case(cast, state=CaseState.REPORTED)
    version = ReportVersion.objects.get()
    forged = input_of(version)
    forged["opinions"][1]["ratings"][0]["score"] = 1.0
    changed = encrypt(canonical_json(forged), case=case, label=input_label(version.pseudonym))
    ReportVersion.objects.update(input=changed, input_hash=content_hash(forged))

    assert problems() == [
        f"Case {case.reference}: report version 1 was given out with ratings that nobody has "
        "sealed."
    ]


def test_a_revision_that_was_changed_or_came_too_late_is_found(cast, by_hand):
    case = factories.make_case(cast, state=CaseState.OPENED)
    factories.revise(Opinion.objects.get(candidacy__case=case, kind=OpinionKind.SECOND))
    factories.release_report(cast, case)
    # One that the log does not know: whenever it says it was, it may have come afterwards.
    Revision.objects.update(pseudonym=uuid4(), commitment="00" * 32, at=timezone.now())
    revision = Revision.objects.get()

    assert problems() == [
        f"Case {case.reference}: revision {revision.pseudonym} is not what was kept.",
        f"Case {case.reference}: a rating was revised after a report had been given out.",
    ]


def test_a_report_shared_before_it_was_released_is_found(cast, by_hand):
    case = factories.make_case(cast, state=CaseState.REPORTED)
    version = ReportVersion.objects.get()
    share_report(actor=cast.orderer, version=version, email="reader@example.com", days=7)
    Share.objects.update(made_at=version.released_at - timedelta(days=1))

    assert problems() == [
        f"Case {case.reference}: report version 1 was shared before it was released."
    ]


def test_a_report_released_before_its_case_was_reported_is_found(cast, by_hand):
    case = factories.make_case(cast, state=CaseState.OPENED)
    factories.reports.sign_report(actor=cast.coordinator, case=case)
    now = timezone.now()
    ReportVersion.objects.update(to_candidates_at=now, released_at=now)

    assert problems() == [f"Case {case.reference} is opened, but report version 1 was released."]


def test_what_the_worker_could_not_do_for_long_is_found():
    OutboxRow.objects.create(
        kind="mail", subject=uuid.uuid4(), attempts=9, last_error="It did not answer."
    )

    assert problems() == ["mail has failed 9 times: It did not answer."]


def test_the_deployment_checks_of_django_are_among_what_is_looked_at(in_order):
    in_order.SILENCED_SYSTEM_CHECKS = []

    messages = configuration_findings()

    assert [f for f in messages if "SECURE_SSL_REDIRECT" in f.problem]
