"""Who may open which page. The addresses come from the resolver: a page without a rule fails."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from second_opinion.cases.states import CaseState
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.services import record_opinion
from tests.web.cast import MARKER, STAGES
from tests.web.outline import OF_AN_ASSESSMENT, Outline, addresses, path_of

EVERYBODY = (
    "anonymous",
    "coordinator",
    "orderer",
    "first_assessor",
    "second_assessor",
    "other_coordinator",
    "other_orderer",
    "newcomer",
    "decider",
)
SIGN_IN = "sign in first"


def _open_to_all(status):
    return dict.fromkeys(EVERYBODY, status)


def _signed_in(status, **exceptions):
    return _open_to_all(status) | {"anonymous": SIGN_IN} | exceptions


def _of_the_coordinator(**exceptions):
    known = {
        "coordinator": 200,
        "orderer": 403,
        "decider": 403,
        "first_assessor": 403,
        "second_assessor": 403,
    }
    return _signed_in(404, **(known | exceptions))


# What GET answers, by page and by who asks; for a case in assessment and a released report.
RULES = {
    # Who only assesses is led to their assessments.
    "cases": _signed_in(200, first_assessor=302, second_assessor=302),
    "board": _signed_in(200),
    "practice": _signed_in(
        403,
        coordinator=200,
        other_coordinator=200,
        first_assessor=200,
        second_assessor=200,
    ),
    "play_practice": _signed_in(405),
    "practice_candidate": _signed_in(405),
    "remove_practice": _signed_in(404),  # no practice of theirs
    "case": _of_the_coordinator(orderer=200, decider=200),
    # An order that was sent is written no further, and says so to who ordered it.
    "begin_order": _signed_in(403, orderer=200, other_orderer=200),
    "order": _of_the_coordinator(coordinator=403),
    "order_beliefs": _of_the_coordinator(coordinator=403),
    "order_criteria": _of_the_coordinator(coordinator=403),
    "submit_order": _of_the_coordinator(coordinator=403),
    "order_worth": _of_the_coordinator(coordinator=403),
    "order_plan": _of_the_coordinator(coordinator=403),
    "criteria_library": _of_the_coordinator(coordinator=403),
    "choose_criterion": _signed_in(405),
    "weigh_criteria": _of_the_coordinator(coordinator=403),
    "order_part": _of_the_coordinator(coordinator=403),
    "order_criterion": _signed_in(405),
    "remove_criterion": _signed_in(405),
    "believe": _signed_in(405),
    "sign_why": _signed_in(405),
    "profile": _of_the_coordinator(orderer=200, decider=200),
    # The case is past all that, and says so.
    "accept": _of_the_coordinator(coordinator=302),
    "ask_back": _of_the_coordinator(coordinator=302),
    "decline": _of_the_coordinator(coordinator=302),
    "change_profile": _of_the_coordinator(coordinator=302),
    "waive_first_opinion": _of_the_coordinator(coordinator=302),
    "start_assessment": _signed_in(405),
    "engage": _of_the_coordinator(),
    "conflicts": _of_the_coordinator(),
    # Whoever takes part is told who has read what is sealed; only who runs the case asks for it.
    "early_readings": _signed_in(
        404,
        coordinator=200,
        orderer=200,
        decider=200,
        first_assessor=200,
        second_assessor=200,
    ),
    # The log of these tests holds what happened a week ago, and so has a head of this morning.
    "proof": _open_to_all(200),
    "proof_key": _open_to_all(200),
    "proof_head": _open_to_all(200),
    "proof_consistency": _open_to_all(200),
    "proof_checker": _open_to_all(200),
    "who_assesses": _of_the_coordinator(coordinator=403, orderer=200),
    "needs": _of_the_coordinator(),
    "panel": _of_the_coordinator(),
    "assessor_register": _signed_in(403, coordinator=200, other_coordinator=200),
    "assessor_batch": _signed_in(403, coordinator=200, other_coordinator=200),
    "registered": _signed_in(404),
    "assessor_version": _signed_in(404),
    "proposal": _signed_in(404),
    "candidate_assessors": _open_to_all(403),
    "own_ties": _signed_in(403, first_assessor=200, second_assessor=200),
    "correct_tie": _signed_in(405),
    # Not everything is sealed, so the case says why; of opening and withdrawing nobody else hears.
    "open_case": _of_the_coordinator(coordinator=302),
    # Nothing is opened: a coordinator is told so, and no assessor was named to write.
    **{
        name: _signed_in(404, coordinator=403)
        for name in ("sign_report", "writing", "write_on", "report_preview")
    },
    "getting_started": _signed_in(404, coordinator=200, orderer=403, decider=403),
    "getting_started_pdf": _signed_in(404, coordinator=200, orderer=403, decider=403),
    "release_advice": _signed_in(404, coordinator=200, orderer=403, decider=403),
    "withdraw_case": _of_the_coordinator(orderer=200, decider=302),
    "close_case": _of_the_coordinator(coordinator=302),
    # Nothing is discussed before the opening, and whoever knows the case is told so.
    "discussion": _of_the_coordinator(coordinator=403),
    "thread": _of_the_coordinator(coordinator=403),
    "revise_rating": _of_the_coordinator(coordinator=403),
    "case_events": _of_the_coordinator(),
    "case_events_file": _of_the_coordinator(),
    "case_mails": _of_the_coordinator(),
    "mails": _signed_in(403, coordinator=200, other_coordinator=200),
    "quick_answers": _signed_in(404, orderer=200, decider=200),
    "decision": _signed_in(404, orderer=200, decider=200),
    **{
        name: _signed_in(404, coordinator=200, orderer=403, decider=403)
        for name in (
            "candidate_version",
            "candidate_version_pdf",
            "candidate_version_word",
            "candidate_version_explanation",
        )
    },
    "to_candidates": _signed_in(404, coordinator=302, orderer=403, decider=403),
    "release_report": _signed_in(404, coordinator=302, orderer=403, decider=403),
    # A decider says first what they would have done.
    "brand_styles": _open_to_all(200),
    "report": _signed_in(404, coordinator=200, orderer=200, decider=302),
    "report_pdf": _signed_in(404, coordinator=200, orderer=200, decider=302),
    # Only who ordered the case and who runs it share its report.
    "shares": _signed_in(404, coordinator=200, orderer=200, decider=403),
    # A shared report is opened by a link and a mailed code: signing in does not do for it.
    "shared_link": _open_to_all(404),
    "shared_code": _open_to_all(403),
    "shared_report": _open_to_all(403),
    "shared_pdf": _open_to_all(403),
    **{
        name: _signed_in(404, coordinator=200, orderer=200, decider=302)
        for name in (
            "report_json",
            "report_word",
            "report_drawings",
            "report_memo",
            "report_test_annex",
            "report_oral_summary",
        )
    },
    "assessments": _signed_in(200),
    "assessment": _signed_in(404, second_assessor=200),
    "declare_ties": _signed_in(404, second_assessor=302),  # who has is led to the file
    "step_down": _signed_in(404, second_assessor=200),
    "interview": _signed_in(404, second_assessor=200),
    "candidates_answers": _signed_in(404, second_assessor=200),
    "case_questionnaires": _of_the_coordinator(),
    "interview_calendar": _signed_in(404),  # no time is chosen
    "rate_criterion": _signed_in(405),
    "rating_practice": _signed_in(200),
    "rating_practice_transcript": _signed_in(200),
    "guide": _of_the_coordinator(),
    "case_guide_pdf": _of_the_coordinator(),
    "guide_pdf": _signed_in(404, second_assessor=200),
    "guide_sheet": _signed_in(404, second_assessor=200),
    "send_sheet": _signed_in(405),
    "log_deviation": _signed_in(405),
    "write_conclusion": _signed_in(405),
    "seal_assessment": _signed_in(404, second_assessor=200),
    "receipt": _signed_in(404),
    "candidacy": _signed_in(404, coordinator=200),
    "write_notice": _signed_in(404, coordinator=200),
    "work_sample": _of_the_coordinator(),
    "rate_work_sample": _signed_in(404),
    "work_sample_file": _signed_in(404),
    "given_file": _signed_in(404),
    "masking": _of_the_coordinator(),
    "masked_document": _signed_in(404),
    "masked_document_file": _signed_in(404),
    "candidate_task": _open_to_all(403),
    "referees": _signed_in(404, coordinator=200),
    "given": _signed_in(404),  # nothing is opened
    # A referee has a link and no account, as a candidate.
    "referee": _open_to_all(403),
    "candidate_referees": _open_to_all(403),
    "outside_tests": _signed_in(404, coordinator=200, second_assessor=200),
    "outside_test": _signed_in(404),
    # A candidate has a link and no account: signing in does not do for it.
    "personal_link": _open_to_all(404),
    "candidate": _open_to_all(403),
    "candidate_notice": _open_to_all(403),
    "candidate_questions": _open_to_all(403),
    "candidate_adjustment": _open_to_all(403),
    "candidate_times": _open_to_all(403),
    "candidate_calendar": _open_to_all(403),
    "candidate_material": _open_to_all(403),
    "candidate_material_file": _open_to_all(403),
    "candidate_questionnaire": _open_to_all(403),
    "candidate_statement": _open_to_all(403),
    "candidate_counted": _open_to_all(405),
    "candidate_withdraw": _open_to_all(403),
    "candidate_report": _open_to_all(403),
    "candidate_report_pdf": _open_to_all(403),
    "candidate_report_word": _open_to_all(403),
    "candidate_explanation": _open_to_all(403),
    "candidate_code": _open_to_all(403),
    "candidate_reply": _open_to_all(403),
    "candidate_feedback": _open_to_all(403),
    "candidate_experience": _open_to_all(403),
    "candidate_data": _open_to_all(403),
    "candidate_data_file": _open_to_all(403),
    "candidacy_file": _signed_in(404),
    "assessment_material": _signed_in(404),
    "candidate_leave": _open_to_all(405),
    # The case is past its lock, so its coordinator is led back to it.
    "case_rule": _of_the_coordinator(coordinator=302),
    "standard_rule": _signed_in(403, coordinator=200, other_coordinator=200),
    "questionnaires": _signed_in(403, coordinator=200, other_coordinator=200),
    "norms": _signed_in(403, coordinator=200, other_coordinator=200),
    "worth": _signed_in(200),
    "choose_language": _open_to_all(405),
    "health_live": _open_to_all(200),
    "health_ready": _open_to_all(200),
    "metrics": _open_to_all(404),  # with its token: tests/web/pages/test_metrics.py
    # Signing in, by allauth: those who are signed in are led to their cases.
    "account_login": _signed_in(302, anonymous=200),
    "account_confirm_login_code": _open_to_all(302),
    "account_request_login_code": _open_to_all(302),
    "account_signup": _open_to_all(302),
    "account_email": _open_to_all(302),
    "account_inactive": _open_to_all(200),
    "account_email_verification_sent": _open_to_all(200),
    "account_reauthenticate": _signed_in(200),
    "account_logout": _signed_in(200, anonymous=302),
    # Everybody's own sign-in; what changes it wants a sign-in that is fresh, and this one is not.
    "mfa_index": _signed_in(200),
    "end_sessions": _signed_in(405),
    # Whom one may invite is a matter of the organisation, which the services know.
    "people": _signed_in(403, coordinator=200, other_coordinator=200),
    "invite": _signed_in(403, coordinator=200, other_coordinator=200),
    "new_organisation": _signed_in(403, coordinator=200, other_coordinator=200),
    "person": _signed_in(404),
    "addresses": _signed_in(405),
    "confirm_address": _signed_in(200),
    "mfa_login_webauthn": _open_to_all(302),
    "mfa_authenticate": _open_to_all(302),
    "mfa_list_webauthn": _signed_in(302),
    "mfa_add_webauthn": _signed_in(302),
    "mfa_remove_webauthn": _signed_in(302),
    "mfa_activate_totp": _signed_in(302),
    "mfa_deactivate_totp": _signed_in(302),
    "mfa_view_recovery_codes": _signed_in(302),
    "mfa_generate_recovery_codes": _signed_in(302),
}
# Everything that is not named here is refused with 405.
VERBS = {
    **{
        name: {"get", "head", "post"}
        for name in (
            "begin_order",
            "submit_order",
            "order_part",
            "profile",
            "accept",
            "ask_back",
            "decline",
            "change_profile",
            "waive_first_opinion",
        )
    },
    **{name: {"post"} for name in ("order_criterion", "remove_criterion", "believe", "sign_why")},
    "choose_criterion": {"post"},
    "weigh_criteria": {"get", "head", "post"},
    "candidacy": {"get", "head", "post"},
    "case_mails": {"get", "head", "post"},
    "outside_tests": {"get", "head", "post"},
    "work_sample": {"get", "head", "post"},
    "masking": {"get", "head", "post"},
    "masked_document": {"get", "head", "post"},
    "rate_work_sample": {"get", "head", "post"},
    "candidate_task": {"get", "head", "post"},
    "referees": {"get", "head", "post"},
    "referee": {"get", "head", "post"},
    "candidate_referees": {"get", "head", "post"},
    "outside_test": {"get", "head", "post"},
    "practice": {"get", "head", "post"},
    "play_practice": {"post"},
    "practice_candidate": {"post"},
    "remove_practice": {"get", "head", "post"},
    "candidate_leave": {"post"},
    "candidate_adjustment": {"get", "head", "post"},
    "candidate_material": {"get", "head", "post"},
    "candidate_notice": {"get", "head", "post"},
    "case_rule": {"get", "head", "post"},
    "standard_rule": {"get", "head", "post"},
    "norms": {"get", "head", "post"},
    "candidate_counted": {"post"},
    "candidate_questions": {"get", "head", "post"},
    "candidate_code": {"get", "head", "post"},
    "candidate_experience": {"get", "head", "post"},
    "candidate_feedback": {"get", "head", "post"},
    "candidate_reply": {"get", "head", "post"},
    "candidate_times": {"get", "head", "post"},
    "candidate_questionnaire": {"get", "head", "post"},
    "candidate_statement": {"get", "head", "post"},
    "case_questionnaires": {"get", "head", "post"},
    "candidate_withdraw": {"get", "head", "post"},
    "choose_language": {"post"},
    "personal_link": {"get", "head", "post"},
    "write_notice": {"get", "head", "post"},
    "end_sessions": {"post"},
    "addresses": {"post"},
    **{
        name: {"get", "head", "post"}
        for name in ("invite", "new_organisation", "person", "confirm_address")
    },
    "interview": {"get", "head", "post"},
    "demo_sign_in": {"get", "head", "post"},
    "rate_criterion": {"post"},
    "guide": {"get", "head", "post"},
    "rating_practice_transcript": {"get", "head", "post"},
    "send_sheet": {"post"},
    "log_deviation": {"post"},
    "start_assessment": {"post"},
    "engage": {"get", "head", "post"},
    "conflicts": {"get", "head", "post"},
    "who_assesses": {"get", "head", "post"},
    "assessor_register": {"get", "head", "post"},
    "given": {"get", "head", "post"},
    "early_readings": {"get", "head", "post"},
    "declare_ties": {"get", "head", "post"},
    "step_down": {"get", "head", "post"},
    "own_ties": {"get", "head", "post"},
    "correct_tie": {"post"},
    **{
        name: {"get", "head", "post"}
        for name in ("needs", "panel", "registered", "proposal", "candidate_assessors")
    },
    "open_case": {"get", "head", "post"},
    "sign_report": {"get", "head", "post"},
    "writing": {"get", "head", "post"},
    "write_on": {"get", "head", "post"},
    "release_advice": {"get", "head", "post"},
    "withdraw_case": {"get", "head", "post"},
    "close_case": {"get", "head", "post"},
    "quick_answers": {"get", "head", "post"},
    "decision": {"get", "head", "post"},
    "to_candidates": {"get", "head", "post"},
    "release_report": {"get", "head", "post"},
    "worth": {"get", "head", "post"},
    "order_worth": {"get", "head", "post"},
    "order_plan": {"get", "head", "post"},
    "write_conclusion": {"post"},
    "seal_assessment": {"get", "head", "post"},
    "shared_code": {"get", "head", "post"},
    "shared_link": {"get", "head", "post"},
    "shares": {"get", "head", "post"},
    "thread": {"get", "head", "post"},
    "revise_rating": {"get", "head", "post"},
}
READ = {"get", "head"}
OURS = tuple(name for name in RULES if not name.startswith(("account_", "mfa_")))


@pytest.fixture
def version(cast):
    return cast.case_in(CaseState.REPORTED).report_versions.get()


@pytest.fixture
def visit(cast, client):
    def go(who, path):
        client.logout()
        if who != "anonymous":
            client.force_login(getattr(cast, who))
        return client.get(path)

    return go


def test_every_page_has_a_rule():
    names = {name for name, _ in addresses()}

    # The demo's page has its own tests, and is there only if these tests run in the demo.
    assert names - {"demo_sign_in"} == set(RULES)


@pytest.mark.parametrize("who", EVERYBODY)
def test_pages_answer_each_person_as_their_rules_say(who, cast, version, visit):
    """Reading changes nothing, so one case serves for all pages."""
    case = cast.case_in(CaseState.IN_ASSESSMENT)

    answers = {
        name: _answer(visit(who, path_of(name, case=case, version=version))) for name in RULES
    }

    assert answers == {name: rule[who] for name, rule in RULES.items()}


def test_an_orderer_is_told_why_a_report_is_not_there_yet(cast, visit):
    version = cast.write(cast.case_in(CaseState.OPENED))

    answer = visit("orderer", path_of("report", version=version))

    assert answer.status_code == 403
    assert "has not been released" in answer.content.decode()


def test_a_report_that_is_not_released_is_for_the_coordinators_alone(cast, visit):
    path = path_of("report", version=cast.write(cast.case_in(CaseState.OPENED)))

    readers = [who for who in EVERYBODY if visit(who, path).status_code == 200]

    assert readers == ["coordinator"]


def test_an_assessor_is_told_why_the_case_page_is_closed(cast, visit):
    case = cast.case_in(CaseState.IN_ASSESSMENT)

    answer = visit("second_assessor", path_of("case", case=case))

    assert "so that your opinion stays your own" in answer.content.decode()


@pytest.mark.parametrize("role", ["orderer", "coordinator"])
def test_who_lost_the_role_is_told_so(role, cast, visit):
    case = cast.case_in(CaseState.ORDERED)
    getattr(cast, role).memberships.all().delete()

    answer = visit(role, path_of("case", case=case))

    assert answer.status_code == 403
    assert "you " in answer.content.decode()
    assert "no longer" in answer.content.decode()


@pytest.mark.parametrize("verb", ["get", "head", "post", "put", "patch", "delete"])
def test_a_wrong_verb_is_refused(verb, cast, version, client):
    """What a verb that is right does meanwhile makes no other page answer 405."""
    client.force_login(cast.coordinator)
    case = cast.case_in(CaseState.IN_ASSESSMENT)
    paths = {name: path_of(name, case=case, version=version) for name in OURS}

    refused = {name for name, path in paths.items() if _is_refused(client, verb, path)}

    assert refused == {name for name in OURS if verb not in VERBS.get(name, READ)}


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_has_a_title_a_heading_and_its_language(who, language, cast, version, client):
    case = cast.case_in(CaseState.IN_ASSESSMENT)
    if who != "anonymous":
        client.force_login(getattr(cast, who))
    client.cookies["django_language"] = language
    paths = [path_of(name, case=case, version=version) for name in RULES] + ["/nothing-here/"]

    for path in paths:
        answer = client.get(path)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        if answer.status_code in {302, 405}:
            continue
        outline = Outline(answer)
        assert outline.language == language, path
        assert outline.title.endswith("Second Opinion"), path
        assert outline.title.strip(" ·") != "Second Opinion", path
        assert outline.headings == 1, path
        assert len(outline.ids) == len(set(outline.ids)), path
        assert outline.inline == [], path


@pytest.mark.parametrize("who", EVERYBODY)
def test_nothing_of_a_sealed_or_unsealed_opinion_shows_before_the_opening(who, cast, visit):
    case = cast.case_in(CaseState.IN_ASSESSMENT)
    version = cast.case_in(CaseState.REPORTED).report_versions.get()
    # The released report of another case rightly shows its own evidence, and one's own assessment
    # what one has written: both are left out.
    own = OF_AN_ASSESSMENT if who == "second_assessor" else frozenset()
    of_a_report = {name for name in RULES if name.startswith(("report", "candidate_version"))}
    names = [name for name in RULES if name not in own | of_a_report]

    pages = [visit(who, path_of(name, case=case, version=version)) for name in names]

    assert [page.request["PATH_INFO"] for page in pages if _shows_marker(page)] == []
    assert not any(MARKER in message.body + message.subject for message in mail.outbox)


@pytest.mark.parametrize("stage", STAGES)
def test_a_list_or_case_page_never_shows_the_words_of_an_opinion(stage, cast, visit):
    case = cast.case_in(stage)

    pages = [visit(who, path) for who in EVERYBODY for path in ("/", path_of("case", case=case))]

    assert not any(_shows_marker(page) for page in pages)


@pytest.mark.parametrize("who", ["coordinator", "orderer"])
def test_what_is_written_in_an_unopened_opinion_changes_no_page(who, cast, visit):
    case = cast.case_in(CaseState.IN_ASSESSMENT)
    paths = ["/", path_of("case", case=case)]
    before = [_without_tokens(visit(who, path)) for path in paths]

    for opinion in Opinion.objects.filter(candidacy__case=case, sealed_at=None):
        record_opinion(
            actor=opinion.assessor, opinion=opinion, conclusion="At much greater length. " * 40
        )

    assert [_without_tokens(visit(who, path)) for path in paths] == before


def test_the_orderer_does_not_learn_who_has_sealed(cast, visit):
    case = cast.case_in(CaseState.IN_ASSESSMENT)

    pages = [visit("orderer", path) for path in ("/", path_of("case", case=case))]

    text = " ".join(page.content.decode() for page in pages)
    assert "The assessment is under way" in text
    assert cast.first_assessor.name not in text
    assert cast.second_assessor.name not in text


def _is_refused(client, verb, path):
    return getattr(client, verb)(path).status_code == 405


def _answer(response):
    leads_to_sign_in = response.status_code == 302 and response["Location"].startswith(
        f"{reverse('account_login')}?next="
    )
    return SIGN_IN if leads_to_sign_in else response.status_code


def _shows_marker(response):
    return MARKER in response.content.decode(errors="replace")


def _without_tokens(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
