"""An order: written, sealed, sent, handed back, declined."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.models import Event
from second_opinion.cases import selectors, services
from second_opinion.cases.analysis import commitment_to
from second_opinion.cases.errors import InvalidOrderError
from second_opinion.cases.models import Belief, Case, FirstOpinionWaiver, Order
from second_opinion.cases.selectors import BeliefContent, OrderPart
from second_opinion.cases.services import CandidateEntry
from second_opinion.cases.states import CaseState, NextAction, ReportOrder
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = factories.Cast()
    cast.colleague = factories.make_person(factories.Role.ORDERER, organisation=cast.client)
    return cast


def test_an_order_begins_with_all_that_is_missing(cast):
    case = factories.make_draft(cast)

    missing = selectors.missing_of(case)

    assert case.state == CaseState.DRAFT
    assert [part for part, lacks in missing.items() if not lacks] == [
        OrderPart.BELIEF,  # there is nobody yet to believe anything of
        OrderPart.TERMS,
    ]
    assert selectors.why_of(case) is None


def test_a_whole_order_lacks_nothing_and_is_sent_signed_and_sealed(cast):
    case = factories.make_whole_draft(cast)
    assert not any(selectors.missing_of(case).values())

    factories.submit_order(cast, case)

    why = selectors.why_of(case)
    belief = Belief.objects.get()
    assert Case.objects.get().state == CaseState.ORDERED
    assert (why.words, why.signed_by) == ("We know too little of how Kim leads.", "Olle Orderer")
    nonce = selectors.orders.belief_nonce(belief)
    assert belief.commitment == commitment_to(selectors.belief_text(belief), nonce=nonce)
    event = Event.objects.get(verb="belief.sealed")
    assert event.details["commitment"] == belief.commitment


@pytest.mark.parametrize("part", OrderPart)
def test_an_order_that_lacks_any_part_is_not_sent(cast, part):
    case = factories.make_whole_draft(cast)
    TAKE_OUT[part](cast, case)

    with pytest.raises(InvalidOrderError, match=str(part.label)):
        factories.submit_order(cast, case)

    assert Case.objects.get().state == CaseState.DRAFT
    assert not Belief.objects.filter(sealed_at__isnull=False).exists()
    assert selectors.why_of(case) is None


def saved(**fields):
    return lambda cast, case: services.save_order(actor=cast.orderer, case=case, fields=fields)


TAKE_OUT = {
    OrderPart.ROLE: saved(role_preview=""),
    OrderPart.CANDIDATES: saved(how_chosen=""),
    OrderPart.WHY: saved(why=" "),
    OrderPart.QUESTIONS: lambda cast, case: services.save_questions(
        actor=cast.orderer, case=case, questions=[" "]
    ),
    OrderPart.BELIEF: lambda _cast, _case: Belief.objects.all().delete(),
    OrderPart.PROFILE: lambda cast, case: services.remove_criterion(
        actor=cast.orderer, case=case, position=2
    ),
    OrderPart.DECIDERS: lambda cast, case: services.name_deciders(
        actor=cast.orderer, case=case, people=[]
    ),
    OrderPart.TERMS: saved(due_on=timezone.localdate()),
}


def test_colleagues_help_to_write_and_only_the_orderer_sends(cast):
    case = factories.make_whole_draft(cast)

    services.save_order(actor=cast.colleague, case=case, fields={"role_preview": "Two new ones."})
    with pytest.raises(NotAllowedError, match="Only Olle Orderer can sign"):
        services.submit_order(actor=cast.colleague, case=case)
    with pytest.raises(NotAllowedError, match="Only Olle Orderer can sign"):
        services.record_belief(
            actor=cast.colleague, candidacy=case.candidacies.get(), would_hire=True, sure_of_ten=5
        )

    assert selectors.role_preview_of(case) == "Two new ones."


def test_who_sees_an_order_that_is_written_sent_and_handed_back(cast):
    case = factories.make_whole_draft(cast)
    assert sees(cast, case) == {"orderer", "colleague"}

    factories.submit_order(cast, case)
    assert sees(cast, case) == {"orderer", "coordinator", "decider"}

    services.ask_back(actor=cast.coordinator, case=case, question="Which figures?")
    assert sees(cast, case) == {"orderer", "colleague", "coordinator"}


def sees(cast, case):
    people = ("orderer", "colleague", "decider", "coordinator", "assessor", "stranger")
    return {who for who in people if selectors.case_for(getattr(cast, who), case.pseudonym)}


def test_what_is_asked_back_can_be_written_on_and_sent_again(cast):
    case = factories.make_whole_draft(cast)
    factories.submit_order(cast, case)

    services.ask_back(actor=cast.coordinator, case=case, question="Which figures?")
    assert selectors.question_asked_back(case) == "Which figures?"
    saved(why="We cannot read the figures.")(cast, case)
    assert selectors.why_of(case) is None  # other words need a signature of their own
    factories.submit_order(cast, case)

    assert selectors.why_of(case).words == "We cannot read the figures."
    assert [step.state for step in selectors.timeline_of(case)] == [
        CaseState.DRAFT,
        CaseState.ORDERED,
        CaseState.DRAFT,
        CaseState.ORDERED,
    ]


def test_an_order_is_declined_with_a_reason_and_is_over(cast):
    case = factories.make_whole_draft(cast)
    factories.submit_order(cast, case)

    with pytest.raises(InvalidOrderError, match="Say why"):
        services.decline_order(actor=cast.coordinator, case=case, reason=" ")
    services.decline_order(actor=cast.coordinator, case=case, reason="We know a finalist.")

    assert selectors.timeline_of(case)[-1].reason == "We know a finalist."
    assert selectors.next_step(case) is None


def test_an_order_that_was_sent_is_written_no_further(cast):
    case = factories.make_whole_draft(cast)
    factories.submit_order(cast, case)

    with pytest.raises(NotAllowedError, match="has been sent"):
        saved(why="Other words.")(cast, case)


def test_a_belief_is_sealed_for_good_and_its_content_encrypted(cast):
    case = factories.make_whole_draft(cast)
    factories.submit_order(cast, case)
    services.ask_back(actor=cast.coordinator, case=case, question="?")

    with pytest.raises(InvalidOrderError, match="sealed when the order was sent"):
        services.record_belief(
            actor=cast.orderer, candidacy=case.candidacies.get(), would_hire=False, sure_of_ten=9
        )
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic():
        Belief.objects.update(content=b"other")
    assert b"would_hire" not in bytes(Belief.objects.get().content)


def test_a_belief_is_read_by_its_author_and_after_the_opening_by_the_coordinator(cast):
    case = factories.make_whole_draft(cast)
    factories.submit_order(cast, case)
    candidacy = case.candidacies.get()
    believed = BeliefContent(would_hire=True, sure_of_ten=6)

    assert readers(cast, candidacy) == {"orderer"}
    assert selectors.sealed_beliefs_of(case) == {}

    candidacy.opinions.create(assessor=cast.assessor, kind="second", **factories.sealed_by_hand())
    factories.put_in_state(case, CaseState.OPENED)
    candidacy.refresh_from_db()
    assert readers(cast, candidacy) == {"orderer", "coordinator"}
    assert selectors.sealed_beliefs_of(case) == {"Kim Karlsson": believed}


def readers(cast, candidacy):
    people = ("orderer", "colleague", "decider", "coordinator", "assessor", "stranger")
    return {who for who in people if selectors.belief_of(getattr(cast, who), candidacy)}


def test_the_database_lets_no_other_words_stand_under_a_signature(cast):
    case = factories.make_whole_draft(cast)
    factories.submit_order(cast, case)

    with pytest.raises(IntegrityError, match="signed"), transaction.atomic():
        Order.objects.update(why="Because I say so.")


def test_finalists_change_places_and_one_who_was_sent_stays(cast):
    case = factories.make_whole_draft(cast, candidates=["Kim Karlsson", "Åsa Öberg"])
    swapped = [CandidateEntry(name="Åsa Öberg"), CandidateEntry(name="Kim Karlsson")]
    services.save_candidates(actor=cast.orderer, case=case, entries=swapped)
    assert [each.name for each in case.candidacies.all()] == ["Åsa Öberg", "Kim Karlsson"]

    factories.submit_order(cast, case)
    services.ask_back(actor=cast.coordinator, case=case, question="?")

    with pytest.raises(InvalidOrderError, match="Kim Karlsson was in the order"):
        services.save_candidates(actor=cast.orderer, case=case, entries=swapped[:1])


@pytest.mark.parametrize(
    ("names", "sentence"),
    [(["A", "B", "C", "D"], "this one has 4"), (["A", "A"], "same name")],
)
def test_finalists_that_cannot_stand_are_refused_and_nothing_is_saved(cast, names, sentence):
    case = factories.make_draft(cast)

    with pytest.raises(InvalidOrderError, match=sentence):
        services.save_candidates(
            actor=cast.orderer, case=case, entries=[CandidateEntry(name=name) for name in names]
        )

    assert not case.candidacies.exists()


@pytest.mark.parametrize(
    "fields", [{"minutes_allowed": 5}, {"minutes_allowed": 9999}, {"report_order": "never"}]
)
def test_fields_that_cannot_stand_are_refused(cast, fields):
    case = factories.make_draft(cast)

    with pytest.raises(ValidationError):
        services.save_order(actor=cast.orderer, case=case, fields=fields)


def test_an_order_from_an_earlier_case_takes_all_but_its_people_and_its_why(cast):
    earlier = factories.make_whole_draft(cast)
    factories.submit_order(cast, earlier)

    case = factories.make_draft(cast, earlier=earlier)

    lacking = {part for part, missing in selectors.missing_of(case).items() if missing}
    assert lacking == {OrderPart.CANDIDATES, OrderPart.WHY}
    assert not case.candidacies.exists()
    assert [each.name for each in selectors.criteria_of(case)] == ["Leadership", "Judgement"]


def test_nobody_begins_from_a_case_they_cannot_see(cast):
    earlier = factories.make_case(cast)

    with pytest.raises(InvalidOrderError, match="no such earlier case"):
        factories.make_draft(cast, actor=cast.colleague, earlier=earlier)


def test_what_other_rooms_ask_of_an_order(cast):
    case = factories.make_whole_draft(cast)
    saved(further_readers="The board\n", minutes_allowed=120, report_order="same_time")(cast, case)

    assert selectors.minutes_allowed_of(case) == 120
    assert selectors.report_order_of(case) == ReportOrder.SAME_TIME
    assert selectors.how_chosen_of(case).startswith("Found by advertisement")
    assert [(each.who, each.is_candidate) for each in selectors.report_readers_of(case)] == [
        ("Olle Orderer", False),
        ("Disa Decider", False),
        ("The board", False),
        ("Kim Karlsson", True),
    ]


def test_a_case_entered_by_the_coordinator_gets_its_why_signed_by_the_orderer(cast):
    case = factories.make_case(cast, details={"why": "As told on the telephone."})
    assert selectors.why_of(case) is None

    with pytest.raises(NotAllowedError, match="Only Olle Orderer"):
        services.sign_why(actor=cast.coordinator, case=case, words="As told.")
    services.sign_why(actor=cast.orderer, case=case, words="In my own words.")

    assert selectors.why_of(case).words == "In my own words."


def test_words_that_the_orderer_enters_are_signed_at_once(cast):
    case = factories.make_case(cast, actor=cast.orderer, details={"why": "In my own words."})

    assert selectors.why_of(case).signed_by == "Olle Orderer"


def test_a_first_opinion_is_waived_once_with_a_reason(cast):
    case = factories.make_case(cast)

    with pytest.raises(InvalidOrderError, match="Say why"):
        services.waive_first_opinion(actor=cast.coordinator, case=case, reason="")
    services.waive_first_opinion(actor=cast.coordinator, case=case, reason="No time.")
    services.waive_first_opinion(actor=cast.coordinator, case=case, reason="Again.")

    assert selectors.first_opinion_waiver_of(case).reason == "No time."
    with pytest.raises(IntegrityError, match="said once"), transaction.atomic():
        FirstOpinionWaiver.objects.update(reason="Other.")


def test_the_next_step_of_a_draft_is_to_finish_it(cast):
    step = selectors.next_step(factories.make_draft(cast))

    assert (step.action, step.waiting_for) == (NextAction.SUBMIT_ORDER, ("Olle Orderer",))


def test_the_log_holds_none_of_the_words(cast):
    case = factories.make_whole_draft(cast)
    factories.submit_order(cast, case)
    services.ask_back(actor=cast.coordinator, case=case, question="Which figures?")

    log = str(list(Event.objects.values("verb", "details")))
    assert not any(word in log for word in ("Kim", "buyers", "figures", "Leadership"))


def test_a_due_date_that_has_passed_is_missing(cast):
    case = factories.make_whole_draft(cast)
    case = saved(due_on=timezone.localdate() - timedelta(days=1))(cast, case)

    assert selectors.missing_of(case)[OrderPart.TERMS] == ["Choose a due date that lies ahead."]
