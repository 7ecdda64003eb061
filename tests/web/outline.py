"""Every address there is, taken from the resolver, and what a page must look like."""

from html.parser import HTMLParser
from uuid import uuid4

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from second_opinion.opinions.models import Opinion
from second_opinion.opinions.states import OpinionKind

OF_AN_ASSESSMENT = frozenset(
    {
        "assessment",
        "candidates_answers",
        "declare_ties",
        "step_down",
        "interview",
        "interview_calendar",
        "rate_criterion",
        "write_conclusion",
        "seal_assessment",
        "receipt",
        "guide_pdf",
        "guide_sheet",
        "send_sheet",
        "log_deviation",
    }
)
# What nobody has: a link, a meeting, a file.
OF_NOTHING = {
    "rating_practice_transcript": ["johan"],
    "personal_link": ["of-nobody"],
    "shared_link": ["of-nobody"],
    "candidate_calendar": [uuid4()],
    "person": [uuid4()],
    "own_ties": [],
    "proof_consistency": [1],
    "assessor_register": [],
    "assessor_batch": [],
    "registered": [uuid4()],
    "assessor_version": [uuid4(), 1],
    "proposal": [uuid4()],
    "candidate_assessors": [],
    "correct_tie": [uuid4()],
    "confirm_address": ["of-nobody"],
    "candidate_material_file": [uuid4()],
    "candidate_questionnaire": [uuid4()],
    "candidate_statement": [uuid4(), 1],
    "candidate_counted": [uuid4()],
    "assessment_material": [uuid4(), uuid4()],
    "candidacy_file": [uuid4(), uuid4()],
    "outside_test": [uuid4(), uuid4()],
    "rate_work_sample": [uuid4()],
    "work_sample_file": [uuid4()],
    "masked_document": [uuid4()],
    "masked_document_file": [uuid4()],
}
OF_AN_ORDER = {
    "order": [],
    "order_beliefs": [],
    "order_criteria": [],
    "order_worth": [],
    "order_plan": [],
    "submit_order": [],
    "order_part": ["role"],
    "order_criterion": [1],
    "criteria_library": [],
    "choose_criterion": ["collaboration"],
    "weigh_criteria": [],
    "remove_criterion": [1],
    "believe": None,  # of the first candidacy
}
OF_A_CANDIDACY = frozenset(
    {"candidacy", "write_notice", "outside_tests", "referees", "given", "given_file"}
)
OF_A_CASE = frozenset(
    {
        "case",
        "start_assessment",
        "engage",
        "conflicts",
        "who_assesses",
        "early_readings",
        "case_questionnaires",
        "needs",
        "panel",
        "open_case",
        "sign_report",
        "writing",
        "report_preview",
        "withdraw_case",
        "case_rule",
        "work_sample",
        "masking",
        "guide",
        "case_guide_pdf",
        "sign_why",
        "profile",
        "accept",
        "ask_back",
        "decline",
        "change_profile",
        "waive_first_opinion",
        "close_case",
        "case_events",
        "case_events_file",
        "case_mails",
        "play_practice",
        "practice_candidate",
        "remove_practice",
        "quick_answers",
        "decision",
        "discussion",
    }
)
OF_A_THREAD = frozenset({"thread", "revise_rating"})
OF_A_REPORT = frozenset(
    {
        "report",
        "report_pdf",
        "report_word",
        "report_json",
        "report_drawings",
        "report_memo",
        "report_test_annex",
        "report_oral_summary",
        "shares",
        "to_candidates",
        "release_report",
        "release_advice",
        "getting_started",
        "getting_started_pdf",
    }
)


def addresses(resolver=None):
    """Name and view of every address, however deep it is included."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry)
        else:
            yield entry.name, entry.callback


def path_of(name, *, case=None, version=None):
    """An assessment's pages are those of the second assessor's first opinion in the case."""
    if name in OF_AN_ASSESSMENT:
        opinion = Opinion.objects.filter(candidacy__case=case, kind=OpinionKind.SECOND).first()
        rest = [1] if name == "rate_criterion" else []
        return reverse(name, args=[opinion.pseudonym, *rest])
    if name in OF_NOTHING:
        return reverse(name, args=OF_NOTHING[name])
    if name in OF_AN_ORDER:
        return _order_path(name, case)
    if name in OF_A_CANDIDACY:
        return reverse(name, args=[case.candidacies.first().pseudonym])
    if name in OF_A_THREAD:
        return reverse(name, args=[case.candidacies.first().pseudonym, 1])
    if name == "write_on" or name.startswith("candidate_version"):
        whose = case if name == "write_on" else version
        return reverse(name, args=[whose.pseudonym, 1])
    if name == "mfa_remove_webauthn":
        return reverse(name, args=[1])
    wanted = case if name in OF_A_CASE else version if name in OF_A_REPORT else None
    return reverse(name, args=[wanted.pseudonym] if wanted else [])


def _order_path(name, case):
    rest = OF_AN_ORDER[name]
    rest = [case.candidacies.first().pseudonym] if rest is None else rest
    return reverse(name, args=[case.pseudonym, *rest])


class Outline(HTMLParser):
    """What every page must have, whoever asked for it."""

    def __init__(self, response):
        super().__init__()
        self.language = None
        self.title = ""
        self.headings = 0
        self.ids = []
        self.inline = []
        self._is_in_title = False
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "html":
            self.language = attributes.get("lang")
        # Drawings have titles of their own; the page's is the first.
        self._is_in_title = tag == "title" and not self.title
        self.headings += tag == "h1"
        if "id" in attributes:
            self.ids.append(attributes["id"])
        self.inline += [name for name in attributes if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in attributes):
            self.inline.append(tag)

    def handle_data(self, data):
        if self._is_in_title:
            self.title += data
            self._is_in_title = False
