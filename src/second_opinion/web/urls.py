from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from second_opinion.web.pages import (
    cases,
    demo,
    discussion,
    given,
    health,
    language,
    masked,
    metrics,
    outside_tests,
    practice,
    proof,
    sign_in,
)
from second_opinion.web.pages.assessor import (
    answers,
    assessments,
    declaring,
    interview,
    rating_practice,
    sealing,
    work_samples,
    workspace,
)
from second_opinion.web.pages.assessor import guide as own_guide
from second_opinion.web.pages.author import candidate as author_candidate
from second_opinion.web.pages.author import overview as author_overview
from second_opinion.web.pages.author import signing as author_signing
from second_opinion.web.pages.candidate import (
    asking,
    counting,
    door,
    home,
    leaving,
    material,
    questionnaire,
    task,
    times,
)
from second_opinion.web.pages.candidate import assessors as candidate_assessors
from second_opinion.web.pages.candidate import notice as candidate_notice
from second_opinion.web.pages.candidate import referees as candidate_referees
from second_opinion.web.pages.candidate import report as candidate_report
from second_opinion.web.pages.coordinator import candidate as card
from second_opinion.web.pages.coordinator import candidate_notice as notice_writing
from second_opinion.web.pages.coordinator import (
    ending,
    engaging,
    events,
    giving,
    mails,
    norms,
    ordering,
    register,
    rule,
    steps,
)
from second_opinion.web.pages.coordinator import guide as case_guide
from second_opinion.web.pages.coordinator import masking as case_masking
from second_opinion.web.pages.coordinator import referees as case_referees
from second_opinion.web.pages.coordinator import work_sample as case_work_sample
from second_opinion.web.pages.decider import approving, deciding
from second_opinion.web.pages.orderer import (
    choosing,
    order_lists,
    order_worth,
    plan,
    weighing,
)
from second_opinion.web.pages.orderer import order as order_writing
from second_opinion.web.pages.orderer import worth as orderer_worth
from second_opinion.web.pages.people import lists, one
from second_opinion.web.pages.referee import answer as referee_answer
from second_opinion.web.panel_urls import PANELS
from second_opinion.web.report_urls import OWN_REPORT, REPORTS

# Of candidates: their card for the coordinator, and the pages that a personal link opens.
CANDIDATES = [
    path("candidacies/<uuid:pseudonym>/", card.candidacy, name="candidacy"),
    path("candidacies/<uuid:pseudonym>/notice/", notice_writing.notice, name="write_notice"),
    path(
        "assessments/<uuid:pseudonym>/material/<uuid:piece>/",
        workspace.material,
        name="assessment_material",
    ),
    path("personal/<str:token>/", door.personal_link, name="personal_link"),
    path("candidate/", home.home, name="candidate"),
    path("candidate/notice/", candidate_notice.notice, name="candidate_notice"),
    path("candidate/questions/", asking.questions, name="candidate_questions"),
    path("candidate/needs/", asking.adjustment, name="candidate_adjustment"),
    path("candidate/assessors/", candidate_assessors.assessors, name="candidate_assessors"),
    path("candidate/times/", times.times, name="candidate_times"),
    path("candidate/times/<uuid:meeting>.ics", times.calendar, name="candidate_calendar"),
    path(
        "candidate/questionnaires/<uuid:pseudonym>/",
        questionnaire.questionnaire,
        name="candidate_questionnaire",
    ),
    path(
        "candidate/questionnaires/<uuid:pseudonym>/<int:place>/",
        questionnaire.statement,
        name="candidate_statement",
    ),
    path(
        "candidate/questionnaires/<uuid:pseudonym>/counted/",
        counting.counted,
        name="candidate_counted",
    ),
    path("candidate/material/", material.material, name="candidate_material"),
    path(
        "candidate/material/<uuid:piece>/", material.material_file, name="candidate_material_file"
    ),
    path("candidate/task/", task.task, name="candidate_task"),
    path("candidate/referees/", candidate_referees.referees, name="candidate_referees"),
    path("candidate/report/code/", candidate_report.code, name="candidate_code"),
    path("candidate/report/reply/", candidate_report.reply, name="candidate_reply"),
    path("candidate/feedback/", candidate_report.feedback, name="candidate_feedback"),
    path("candidate/experience/", candidate_report.experience, name="candidate_experience"),
    path("candidate/withdraw/", leaving.withdraw, name="candidate_withdraw"),
    path("candidate/data/", leaving.data, name="candidate_data"),
    path("candidate/data.json", leaving.data_file, name="candidate_data_file"),
    path("candidacies/<uuid:pseudonym>/files/<uuid:piece>/", card.material, name="candidacy_file"),
    path("candidate/leave/", login_not_required(door.leave), name="candidate_leave"),
]


# An order being written, and at the provider's until its criteria are locked.
ORDERS = [
    path("orders/new/", order_writing.begin, name="begin_order"),
    path("orders/<uuid:pseudonym>/", order_writing.order, name="order"),
    path("orders/<uuid:pseudonym>/belief/", order_lists.beliefs, name="order_beliefs"),
    path("orders/<uuid:pseudonym>/belief/<uuid:candidacy>/", order_lists.believe, name="believe"),
    path("orders/<uuid:pseudonym>/profile/", order_lists.criteria, name="order_criteria"),
    path(
        "orders/<uuid:pseudonym>/profile/<int:position>/",
        order_lists.criterion,
        name="order_criterion",
    ),
    path(
        "orders/<uuid:pseudonym>/profile/<int:position>/remove/",
        order_lists.remove_criterion,
        name="remove_criterion",
    ),
    path("orders/<uuid:pseudonym>/profile/library/", choosing.library, name="criteria_library"),
    path(
        "orders/<uuid:pseudonym>/profile/library/<slug:key>/",
        choosing.choose,
        name="choose_criterion",
    ),
    path("orders/<uuid:pseudonym>/profile/weights/", weighing.weigh, name="weigh_criteria"),
    path("orders/<uuid:pseudonym>/submit/", order_writing.submit, name="submit_order"),
    path("orders/<uuid:pseudonym>/profile/plan/", plan.plan, name="order_plan"),
    path("orders/<uuid:pseudonym>/worth/", order_worth.order_worth, name="order_worth"),
    path("orders/<uuid:pseudonym>/<slug:name>/", order_writing.part, name="order_part"),
    path("cases/<uuid:pseudonym>/why/", order_writing.sign_why, name="sign_why"),
    path("cases/<uuid:pseudonym>/profile/", approving.profile, name="profile"),
    path("cases/<uuid:pseudonym>/accept/", ordering.accept, name="accept"),
    path("cases/<uuid:pseudonym>/ask-back/", ordering.ask_back, name="ask_back"),
    path("cases/<uuid:pseudonym>/decline/", ordering.decline, name="decline"),
    path("cases/<uuid:pseudonym>/change/", ordering.change_profile, name="change_profile"),
    path(
        "cases/<uuid:pseudonym>/no-first-opinion/",
        ordering.waive_first_opinion,
        name="waive_first_opinion",
    ),
]


# After the opening.
DISCUSSION = [
    path("cases/<uuid:pseudonym>/discussion/", discussion.discussion, name="discussion"),
    path(
        "candidacies/<uuid:pseudonym>/discussion/<int:position>/", discussion.thread, name="thread"
    ),
    path(
        "candidacies/<uuid:pseudonym>/discussion/<int:position>/revise/",
        discussion.revise_rating,
        name="revise_rating",
    ),
]


# The interview guide, for its coordinator and in an assessor's hands; and practice in rating.
GUIDES = [
    path("cases/<uuid:pseudonym>/guide/", case_guide.guide, name="guide"),
    path("cases/<uuid:pseudonym>/guide.pdf", case_guide.guide_pdf, name="case_guide_pdf"),
    path("assessments/<uuid:pseudonym>/guide.pdf", own_guide.guide_pdf, name="guide_pdf"),
    path("assessments/<uuid:pseudonym>/guide.txt", own_guide.guide_sheet, name="guide_sheet"),
    path("assessments/<uuid:pseudonym>/guide/", own_guide.send_sheet, name="send_sheet"),
    path("rating-practice/", rating_practice.practice, name="rating_practice"),
    path(
        "rating-practice/<slug:key>/", rating_practice.transcript, name="rating_practice_transcript"
    ),
    path("assessments/<uuid:pseudonym>/deviations/", own_guide.deviate, name="log_deviation"),
]


# What moves a case on, and how it ends.
MOVES = [
    path("cases/<uuid:pseudonym>/start/", steps.start_assessment, name="start_assessment"),
    path("cases/<uuid:pseudonym>/assessors/", engaging.engage, name="engage"),
    path(
        "cases/<uuid:pseudonym>/questionnaires/",
        giving.case_questionnaires,
        name="case_questionnaires",
    ),
    path("cases/<uuid:pseudonym>/open/", steps.open_case, name="open_case"),
    path("cases/<uuid:pseudonym>/report/", author_signing.sign_report, name="sign_report"),
    path("cases/<uuid:pseudonym>/writing/", author_overview.writing, name="writing"),
    path(
        "cases/<uuid:pseudonym>/writing/<int:position>/", author_candidate.write_on, name="write_on"
    ),
    path(
        "cases/<uuid:pseudonym>/writing/report/",
        author_signing.report_preview,
        name="report_preview",
    ),
    path("cases/<uuid:pseudonym>/close/", ending.close_case, name="close_case"),
    path("cases/<uuid:pseudonym>/answers/", deciding.answers, name="quick_answers"),
    path("cases/<uuid:pseudonym>/decision/", deciding.decision, name="decision"),
    path("reports/<uuid:pseudonym>/candidates/", ending.to_candidates, name="to_candidates"),
    path("reports/<uuid:pseudonym>/release/", ending.release, name="release_report"),
    path("reports/<uuid:pseudonym>/advice/", ending.release_advice, name="release_advice"),
    path("cases/<uuid:pseudonym>/log/", events.events, name="case_events"),
    path("cases/<uuid:pseudonym>/log/events.json", events.events_file, name="case_events_file"),
    path("cases/<uuid:pseudonym>/mails/", mails.case_mails, name="case_mails"),
    path("mails/", mails.all_mails, name="mails"),
    path("cases/<uuid:pseudonym>/withdraw/", steps.withdraw_case, name="withdraw_case"),
]


# What instruments say of candidates.
RESULTS = [
    path("cases/<uuid:pseudonym>/work-sample/", case_work_sample.work_sample, name="work_sample"),
    path("work-samples/<uuid:pseudonym>/", work_samples.rate_work_sample, name="rate_work_sample"),
    path(
        "work-samples/<uuid:pseudonym>/file/",
        work_samples.work_sample_file,
        name="work_sample_file",
    ),
    path("cases/<uuid:pseudonym>/masking/", case_masking.masking, name="masking"),
    path("masked/<uuid:pseudonym>/", masked.masked_document, name="masked_document"),
    path("masked/<uuid:pseudonym>/file/", masked.masked_document_file, name="masked_document_file"),
    path("candidacies/<uuid:pseudonym>/given/file/", given.given_file, name="given_file"),
    path("referee/", referee_answer.answer, name="referee"),
    path("candidacies/<uuid:pseudonym>/referees/", case_referees.referees, name="referees"),
    path("candidacies/<uuid:pseudonym>/given/", given.given, name="given"),
    path("candidacies/<uuid:pseudonym>/tests/", outside_tests.outside_tests, name="outside_tests"),
    path(
        "candidacies/<uuid:pseudonym>/tests/<uuid:result>/",
        outside_tests.outside_test,
        name="outside_test",
    ),
]


# Made-up cases to learn on.
PRACTICE = [
    path("practice/", practice.practice, name="practice"),
    path("practice/<uuid:pseudonym>/play/", practice.play, name="play_practice"),
    path("practice/<uuid:pseudonym>/candidate/", practice.as_candidate, name="practice_candidate"),
    path("practice/<uuid:pseudonym>/remove/", practice.remove, name="remove_practice"),
]


# What an assessor writes, seals, and meets about.
ASSESSMENTS = [
    path("assessments/", assessments.assessments, name="assessments"),
    path("assessments/<uuid:pseudonym>/", workspace.assessment, name="assessment"),
    path(
        "assessments/<uuid:pseudonym>/criteria/<int:position>/",
        workspace.rate_criterion,
        name="rate_criterion",
    ),
    path(
        "assessments/<uuid:pseudonym>/conclusion/",
        workspace.write_conclusion,
        name="write_conclusion",
    ),
    path("assessments/<uuid:pseudonym>/ties/", declaring.declare_ties, name="declare_ties"),
    path("assessments/<uuid:pseudonym>/end/", declaring.step_down, name="step_down"),
    path("assessments/<uuid:pseudonym>/answers/", answers.answers, name="candidates_answers"),
    path("assessments/<uuid:pseudonym>/interview/", interview.interview, name="interview"),
    path(
        "assessments/<uuid:pseudonym>/interview.ics",
        interview.calendar,
        name="interview_calendar",
    ),
    path("assessments/<uuid:pseudonym>/seal/", sealing.seal_assessment, name="seal_assessment"),
    path("assessments/<uuid:pseudonym>/receipt.json", sealing.receipt, name="receipt"),
]


# Everybody's own ways to sign in.
YOUR_SIGN_IN = [
    path("sign-in/again/", sign_in.sign_in_again, name="account_reauthenticate"),
    path("your-sign-in/addresses/", sign_in.addresses, name="addresses"),
    path("your-sign-in/addresses/<str:key>/", sign_in.confirm_address, name="confirm_address"),
    path("your-sign-in/", sign_in.your_sign_in, name="mfa_index"),
    path("your-sign-in/sessions/end/", sign_in.end_sessions, name="end_sessions"),
]


# What a stranger needs to check the log without us; nothing of any case.
PROOF = [
    path("proof/", login_not_required(proof.proof), name="proof"),
    path("proof/key.json", login_not_required(proof.key), name="proof_key"),
    path("proof/head.json", login_not_required(proof.head), name="proof_head"),
    path(
        "proof/consistency/<int:size>.json",
        login_not_required(proof.consistency),
        name="proof_consistency",
    ),
    path("proof/check.py", login_not_required(proof.checker), name="proof_checker"),
]


# Who takes part: for coordinators and administrators.
PEOPLE = [
    path("people/", lists.people, name="people"),
    path("people/invite/", lists.invite, name="invite"),
    path("people/organisations/new/", lists.new_organisation, name="new_organisation"),
    path("people/<uuid:pseudonym>/", one.person, name="person"),
]


def addresses(*, is_demo: bool) -> list[URLPattern]:
    """All pages of this room. The demo's sign-in exists only while the demo setting is on."""
    always = [
        path("", cases.case_list, name="cases"),
        path("board/", cases.board, name="board"),
        *PRACTICE,
        path("cases/<uuid:pseudonym>/", cases.case, name="case"),
        path("cases/<uuid:pseudonym>/rule/", rule.case_rule, name="case_rule"),
        path("standard-rule/", rule.standard_rule, name="standard_rule"),
        path("questionnaires/", register.register, name="questionnaires"),
        path("norms/", norms.norms, name="norms"),
        *ASSESSMENTS,
        *GUIDES,
        *RESULTS,
        *ORDERS,
        *MOVES,
        *DISCUSSION,
        *REPORTS,
        *OWN_REPORT,
        *CANDIDATES,
        path("worth/", orderer_worth.worth, name="worth"),
        *PANELS,
        *PROOF,
        *PEOPLE,
        *YOUR_SIGN_IN,
        path("language/", login_not_required(language.choose_language), name="choose_language"),
        path("health/live", login_not_required(health.live), name="health_live"),
        path("health/ready", login_not_required(health.ready), name="health_ready"),
        path("metrics", login_not_required(metrics.metrics), name="metrics"),
    ]
    if not is_demo:
        return always
    return [
        *always,
        path("demo/sign-in/<str:token>/", login_not_required(demo.sign_in), name="demo_sign_in"),
    ]


urlpatterns = addresses(is_demo=settings.SECOND_OPINION_DEMO)
