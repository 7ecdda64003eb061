"""The guided order, from its first page to the lock, as its people walk it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from second_opinion.cases import selectors
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from tests import factories

pytestmark = pytest.mark.django_db

ROLE = {"role": "Head of Purchasing", "role_preview": "Twelve buyers.", "language": "en"}
WHY = {"why": "We know too little of how Kim leads."}
QUESTIONS = {"question_1": "How does Kim lead?", "competence_lacking": "Category management."}
CANDIDATES = {"name_1": "Kim Karlsson", "email_1": "kim@example.com", "how_chosen": "Two talks."}
CRITERION = {
    "name": "Leadership",
    "weight": "100",
    "reason": "Leads twelve.",
    "methods": ["interview", "reference"],
    "anchor_1": "Orders",
    "anchor_3": "Explains",
    "anchor_5": "Leads",
}
TERMS = {"due_on": "2099-01-31", "report_order": "candidate_first", "minutes_allowed": "240"}


@pytest.fixture
def cast():
    return factories.Cast()


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def at(name, case, *rest):
    return reverse(name, args=[case.pseudonym, *rest])


def write_all(cast, orderer):
    begun = orderer.post(
        reverse("begin_order"),
        {"role": "Head of Purchasing", "provider": str(cast.provider.pseudonym), "earlier": ""},
    )
    case = Case.objects.get()
    assert begun["Location"] == at("order", case)
    for part, sent in (
        ("role", ROLE),
        ("candidates", CANDIDATES),
        ("why", WHY),
        ("questions", QUESTIONS),
        ("deciders", {"deciders": [str(cast.decider.pseudonym)]}),
        ("terms", TERMS),
    ):
        answer = orderer.post(at("order_part", case, part), sent | {"go_on": "1"})
        assert answer.status_code == 302, (part, answer.content.decode())
    candidacy = case.candidacies.get()
    orderer.post(
        at("believe", case, candidacy.pseudonym), {"would_hire": "yes", "sure_of_ten": "6"}
    )
    orderer.post(at("order_criterion", case, 0), CRITERION)
    return case


def test_an_order_is_written_sent_approved_and_locked_without_javascript(cast):
    orderer, decider, coordinator = map(signed_in, (cast.orderer, cast.decider, cast.coordinator))
    case = write_all(cast, orderer)
    shown = orderer.get(at("submit_order", case)).content.decode()
    assert "Sign and send the order" in shown
    assert "This is missing" not in shown

    orderer.post(at("submit_order", case))
    refused = coordinator.get(at("accept", case))
    assert refused.status_code == 302  # not before the deciders have approved
    decider.post(at("profile", case), {"version": "1", "answer": "approve"})
    assert "Accept and lock the criteria" in coordinator.get(at("accept", case)).content.decode()
    coordinator.post(at("accept", case))

    case.refresh_from_db()
    assert case.state == CaseState.PROFILE_LOCKED
    assert selectors.why_of(case).signed_by == "Olle Orderer"
    assert case.candidacies.get().email == "kim@example.com"


def test_what_is_typed_is_saved_by_itself_and_what_cannot_stand_is_told(cast):
    orderer = signed_in(cast.orderer)
    case = factories.make_draft(cast)
    headers = {"HX-Request": "true"}

    saved = orderer.post(at("order_part", case, "why"), WHY, headers=headers)
    wrong = orderer.post(
        at("order_part", case, "terms"), TERMS | {"minutes_allowed": "5"}, headers=headers
    )
    onwards = orderer.post(at("order_part", case, "role"), ROLE | {"go_on": "1"}, headers=headers)

    assert re.search(r"Saved \d\d:\d\d", saved.content.decode())
    assert wrong.status_code == 422
    assert "Most minutes" in wrong.content.decode()
    assert onwards["HX-Redirect"] == at("order_part", case, "candidates")
    assert selectors.order_of(case).why == WHY["why"]


def test_the_pages_show_what_is_written_and_what_is_flagged(cast):
    orderer = signed_in(cast.orderer)
    case = factories.make_whole_draft(cast, open_questions=["Can Kim lead?"])
    orderer.post(at("order_criterion", case, 1), CRITERION | {"definition": "A young team."})

    questions = orderer.get(at("order_part", case, "questions")).content.decode()
    criteria = orderer.get(at("order_part", case, "profile")).content.decode()
    beliefs = orderer.get(at("order_part", case, "belief")).content.decode()
    parts = orderer.get(at("order", case)).content.decode()

    assert "answered by yes or no" in questions
    assert "“young”" in criteria
    assert "sum to 140" in criteria
    assert 'value="6"' in beliefs
    assert "The weights sum to 140" in parts


def test_a_colleague_sees_the_draft_and_no_belief_in_it(cast):
    colleague = factories.make_person(factories.Role.ORDERER, organisation=cast.client)
    case = factories.make_whole_draft(cast)

    shown = signed_in(colleague).get(at("order_part", case, "belief")).content.decode()

    assert "Only Olle Orderer answers here" in shown
    assert "sure_of_ten" not in shown


@pytest.mark.parametrize("who", ["coordinator", "decider", "assessor", "stranger"])
def test_nobody_else_finds_an_order_that_is_being_written(cast, who):
    case = factories.make_whole_draft(cast)

    answers = {
        signed_in(getattr(cast, who)).get(at(*path)).status_code
        for path in (
            ("order", case),
            ("order_part", case, "role"),
            ("order_beliefs", case),
            ("order_criteria", case),
            ("submit_order", case),
            ("case", case),
            ("profile", case),
        )
    }

    assert answers == {404}


def test_an_order_that_lacks_something_says_what_and_is_not_sent(cast):
    orderer = signed_in(cast.orderer)
    case = factories.make_draft(cast)

    answer = orderer.post(at("submit_order", case))

    assert answer.status_code == 422
    assert "The order is not whole yet" in answer.content.decode()
    assert Case.objects.get().state == CaseState.DRAFT


def test_a_question_asked_back_stands_first_when_the_orderer_returns(cast):
    case = factories.make_whole_draft(cast)
    factories.submit_order(cast, case)

    signed_in(cast.coordinator).post(at("ask_back", case), {"reason": "Which figures?"})

    assert "Which figures?" in signed_in(cast.orderer).get(at("order", case)).content.decode()


def test_an_order_begins_from_an_earlier_case(cast):
    orderer = signed_in(cast.orderer)
    earlier = factories.make_whole_draft(cast)
    factories.submit_order(cast, earlier)

    orderer.post(
        reverse("begin_order"),
        {
            "role": "Head of Sales",
            "provider": str(cast.provider.pseudonym),
            "earlier": str(earlier.pseudonym),
        },
    )

    begun = Case.objects.get(role="Head of Sales")
    assert selectors.criteria_of(begun).count() == 2


def test_the_orderer_signs_why_in_a_case_that_was_entered_for_them(cast):
    case = factories.make_case(cast, details={"why": "As told."})
    orderer = signed_in(cast.orderer)
    assert "Sign with my name" in orderer.get(at("case", case)).content.decode()

    orderer.post(at("sign_why", case), {"words": "In my own words."})

    assert selectors.why_of(case).words == "In my own words."


def test_a_decider_says_what_must_change_and_the_coordinator_changes_it(cast):
    case = factories.make_whole_draft(cast)
    factories.submit_order(cast, case)
    decider, coordinator = signed_in(cast.decider), signed_in(cast.coordinator)

    empty = decider.post(at("profile", case), {"version": "1", "answer": "object", "words": ""})
    decider.post(
        at("profile", case), {"version": "1", "answer": "object", "words": "Weigh it less."}
    )
    assert empty.status_code == 422
    assert "Weigh it less." in coordinator.get(at("profile", case)).content.decode()
    coordinator.post(at("order_criterion", case, 1), CRITERION | {"weight": "60"})
    stale = decider.post(at("profile", case), {"version": "1", "answer": "approve"})
    decider.post(at("profile", case), {"version": "2", "answer": "approve"})

    assert "have changed since you read them" in stale.content.decode()
    assert selectors.approvals_awaited([case]) == {}


@pytest.mark.parametrize(
    ("name", "state", "said"),
    [
        ("decline", CaseState.ORDERED, "The order is declined."),
        ("change_profile", CaseState.PROFILE_LOCKED, "A new version is begun."),
        ("waive_first_opinion", CaseState.PROFILE_LOCKED, "The case has no first opinion"),
    ],
)
def test_the_coordinator_is_asked_before_and_a_reason_is_needed(cast, name, state, said):
    case = factories.make_case(cast, state=state)
    coordinator = signed_in(cast.coordinator)

    asked = coordinator.get(at(name, case))
    empty = coordinator.post(at(name, case), {"reason": " "})
    done = coordinator.post(at(name, case), {"reason": "Because of this."}, follow=True)

    assert asked.status_code == 200
    assert empty.status_code == 422
    assert said in done.content.decode()
    assert "Because of this." in done.content.decode()


def test_an_amount_may_be_written_with_spaces_between_the_thousands(cast):
    orderer = signed_in(cast.orderer)
    case = factories.make_draft(cast)

    orderer.post(at("order_part", case, "terms"), TERMS | {"price": "25\u00a0000 "})

    case.refresh_from_db()
    assert case.price == 25_000


def test_half_an_answer_about_today_asks_for_the_other_half(cast):
    orderer = signed_in(cast.orderer)
    case = factories.make_whole_draft(cast)
    candidacy = case.candidacies.get()

    answer = orderer.post(
        at("believe", case, candidacy.pseudonym),
        {"would_hire": "yes"},
        headers={"HX-Request": "true"},
    )

    assert "Answer both questions, and it is saved." in answer.content.decode()


@pytest.mark.parametrize(("part", "following"), [("belief", "profile"), ("profile", "deciders")])
def test_a_part_of_several_forms_leads_on_to_the_next(part, following, cast):
    orderer = signed_in(cast.orderer)
    case = factories.make_whole_draft(cast)

    shown = orderer.get(at("order_part", case, part), follow=True).content.decode()

    assert f'class="button main" href="{at("order_part", case, following)}"' in shown
