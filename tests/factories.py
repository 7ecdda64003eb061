"""Plain makers of stored things, one call each, every name and date given or fixed."""

import itertools
from datetime import date, timedelta

from django.utils import timezone

from second_opinion.accounts import services as accounts
from second_opinion.accounts.models import Person
from second_opinion.accounts.states import Role
from second_opinion.candidates import services as candidates
from second_opinion.candidates.selectors import Section
from second_opinion.candidates.states import FeedbackOutcome, HowAcknowledged, Relation
from second_opinion.candidates.writing.notice import KEYS
from second_opinion.cases import selectors as case_selectors
from second_opinion.cases import services as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import CaseState, Method
from second_opinion.cli.demo.past import as_of
from second_opinion.ingest.case_file import (
    AnswerEntry,
    CriterionEntry,
    RatingEntry,
    ReadingEntry,
    SentenceEntry,
    WrittenEntry,
)
from second_opinion.instruments import services as instruments
from second_opinion.instruments.selectors import OutsideTest, ReferenceAnswer, ResultEntry
from second_opinion.instruments.states import DocumentKind, Measured, ResultKind
from second_opinion.opinions import services as opinions
from second_opinion.opinions.models import Opening
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels.models import Declaration
from second_opinion.reports import services as reports
from second_opinion.reports.models import ClientDecision
from second_opinion.reports.states import Answer

DUE = date(2099, 12, 10)  # ahead, however late these tests are run
CRITERIA = (
    CriterionEntry(name="Leadership", weight=60, minimum=2, anchors={1: "Orders", 5: "Leads"}),
    CriterionEntry(name="Judgement", weight=40),
)
ANCHORS = {1: "Orders", 3: "Explains", 5: "Leads"}
WHOLE_CRITERIA = (
    CriterionEntry(name="Leadership", weight=60, minimum=2, anchors=ANCHORS),
    CriterionEntry(name="Judgement", weight=40, anchors=ANCHORS),
)
GROUNDS = {
    entry.name: cases.Grounds(
        reason="The role leads through others.", methods=(Method.INTERVIEW, Method.REFERENCE)
    )
    for entry in WHOLE_CRITERIA
}
_numbers = itertools.count(1)


def make_organisation(name="Firm"):
    return accounts.found_organisation(actor=None, name=name)


def make_person(*roles, organisation, name="", language="en"):
    number = next(_numbers)
    return accounts.invite_person(
        actor=None,
        name=name or f"Person {number}",
        email=f"person{number}@example.com",
        organisation=organisation,
        roles=set(roles),
        language=language,
    )


class Cast:
    """The people around one case: a client's and a provider's."""

    def __init__(self):
        self.client = make_organisation("Client")
        self.provider = make_organisation("Provider")
        self.orderer = make_person(Role.ORDERER, organisation=self.client, name="Olle Orderer")
        self.decider = make_person(Role.DECIDER, organisation=self.client, name="Disa Decider")
        self.coordinator = make_person(
            Role.COORDINATOR, organisation=self.provider, name="Cilla Coordinator"
        )
        self.assessor = make_person(Role.ASSESSOR, organisation=self.provider, name="Anna Assessor")
        self.stranger = make_person(
            Role.COORDINATOR, organisation=make_organisation("Elsewhere"), name="Sten Stranger"
        )


def make_case(cast, *, state=CaseState.ORDERED, candidates=("Kim Karlsson",), **order):
    """A case brought into a state by the services themselves, as far as they are built."""
    defaults = {
        "actor": cast.coordinator,
        "client": cast.client,
        "provider": cast.provider,
        "orderer": cast.orderer,
        "coordinator": cast.coordinator,
        "role": "Head of Purchasing",
        "due_on": DUE,
        "open_questions": ["Can Kim lead through others?"],
        "candidates": candidates,
        "language": "en",
    }
    case = cases.order_case(**(defaults | order))
    for step in _steps_to(state):
        step(cast, case)
    case.refresh_from_db()
    return case


def make_draft(cast, **order):
    """An order that its orderer has only begun."""
    defaults = {
        "actor": cast.orderer,
        "client": cast.client,
        "provider": cast.provider,
        "role": "Head of Purchasing",
    }
    return cases.begin_order(**(defaults | order))


def make_whole_draft(
    cast,
    *,
    role="Head of Purchasing",
    candidates=("Kim Karlsson",),
    open_questions=("How does Kim lead through others?",),
    why="We know too little of how Kim leads.",
    **stakes,
):
    """An order that lacks nothing and is not sent yet."""
    case, actor = make_draft(cast, role=role), cast.orderer
    cases.save_order(
        actor=actor,
        case=case,
        fields={
            "role_preview": "Twelve buyers, two of them new.",
            "why": why,
            "how_chosen": "Found by advertisement, chosen after two interviews.",
            "competence_lacking": "Category management.",
            "due_on": timezone.localdate() + timedelta(days=14),
            **stakes,
        },
    )
    cases.save_questions(actor=actor, case=case, questions=open_questions)
    cases.save_candidates(
        actor=actor,
        case=case,
        entries=[cases.CandidateEntry(name=name, language="en") for name in candidates],
    )
    for candidacy in case.candidacies.all():
        cases.record_belief(actor=actor, candidacy=candidacy, would_hire=True, sure_of_ten=6)
    cases.write_profile(actor=actor, case=case, criteria=WHOLE_CRITERIA, grounds=GROUNDS)
    cases.name_deciders(actor=actor, case=case, people=[cast.decider])
    return case


def submit_order(cast, case):
    return cases.submit_order(actor=cast.orderer, case=case)


def approve(cast, case):
    cases.answer_profile(
        actor=cast.decider, profile=case_selectors.current_profile(case), is_approval=True
    )


def write_profile(cast, case):
    cases.write_profile(actor=cast.coordinator, case=case, criteria=CRITERIA)


def lock_profile(cast, case):
    write_profile(cast, case)
    if case_selectors.is_decider(cast.decider, case):
        approve(cast, case)
    cases.lock_profile(actor=cast.coordinator, case=case)


def start_assessment(cast, case):
    """With every candidate told beforehand, as nothing may be recorded otherwise."""
    inform(cast, case)
    cases.start_assessment(actor=cast.coordinator, case=case)


def inform(cast, case):
    """Every candidate has read the notice, and said so by telephone."""
    for candidacy in case.candidacies.all():
        write_notice(cast, candidacy)
        candidates.note_acknowledgement(
            actor=cast.coordinator,
            candidacy=candidacy,
            how=HowAcknowledged.PHONE,
            reason="No computer at hand.",
        )


def tell_by_hand(candidacy):
    """In a case of any state: a notice with nothing in it, and the word that it was read."""
    notice = candidacy.notices.create(
        version=1,
        language="en",
        content=b"content",
        content_hash="00" * 32,
        author=candidacy.case.coordinator,
    )
    return candidacy.acknowledgements.create(notice=notice, how=HowAcknowledged.PAGE)


def write_notice(cast, candidacy, *, words="We know too little about how Kim leads.", **texts):
    """A notice that says something under every heading."""
    written = {key: f"Something about {key}." for key in KEYS} | {"words": words} | texts
    return candidates.write_notice(
        actor=cast.coordinator,
        candidacy=candidacy,
        sections=[Section(key=key, heading=key.title(), text=written[key]) for key in KEYS],
        language=candidacy.language,
    )


def open_case(cast, case):
    for candidacy in case.candidacies.all():
        for assessor, kind in (
            (cast.decider, OpinionKind.FIRST),
            (cast.assessor, OpinionKind.SECOND),
        ):
            engage(cast, candidacy, assessor, kind)
    for kind in OpinionKind:
        for candidacy in case.candidacies.all():
            for opinion in candidacy.opinions.filter(kind=kind):
                seal(opinion)
    opinions.open_case(actor=cast.coordinator, case=case)


def some_written(candidacy, *, words="Led the change well.", **changes):
    """A whole of what an author writes of one candidate, in the case's language."""
    sentence = SentenceEntry(text=words)
    risk = SentenceEntry(text=words, condition="the team is new.")
    questions = range(1, candidacy.case.open_questions.count() + 1)
    parts = {
        "reasons": (sentence,),
        "risks": (risk,),
        "answers": tuple(AnswerEntry(question=n, sentences=(sentence,)) for n in questions),
        "starting": (sentence,),
        "to_ask_references": (sentence,),
    }
    return WrittenEntry(
        candidate=candidacy.name, language=candidacy.case.language, **(parts | changes)
    )


def write_draft(cast, case, *, words="Led the change well."):
    """Something is written of every candidate."""
    for candidacy in case.candidacies.filter(withdrawn_at=None):
        reports.save_draft(
            actor=cast.coordinator, case=case, written=some_written(candidacy, words=words)
        )


def sign_report(cast, case):
    return reports.sign_report(actor=cast.coordinator, case=case)


def release_to_candidates(cast, version):
    """A week ago, so that their time for a reply has passed."""
    with as_of(timezone.now() - timedelta(days=7)):
        return reports.release_to_candidates(actor=cast.coordinator, version=version)


def release_report(cast, case):
    version = sign_report(cast, case)
    release_to_candidates(cast, version)
    reports.release_report(actor=cast.coordinator, version=version)


def answer_quickly(cast, case, *, decider=None, answer=Answer.HIRE):
    return reports.answer_quickly(
        actor=decider or cast.decider,
        case=case,
        answers=dict.fromkeys(case.candidacies.all(), answer),
    )


def decide(cast, case, *, hired=None, reasons="We were impressed.", against="The reference."):
    decision = reports.record_decision(
        actor=cast.orderer, case=case, hired=hired, reasons=reasons, against=against
    )
    settle_feedback(cast.coordinator, case)
    return decision


def settle_feedback(coordinator, case):
    """Nobody wants a talk about the result; without a word on it no case closes."""
    for candidacy in case.candidacies.filter(withdrawn_at=None):
        candidates.note_feedback(
            actor=coordinator, candidacy=candidacy, outcome=FeedbackOutcome.DECLINED
        )


def close_case(cast, case):
    reports.close_case(actor=cast.coordinator, case=case)


def withdraw_case(cast, case):
    cases.withdraw_case(actor=cast.coordinator, case=case, reason="The role was cancelled.")


def decline_order(cast, case):
    cases.decline_order(actor=cast.coordinator, case=case, reason="We know a finalist.")


def ask_back(cast, case):
    cases.ask_back(actor=cast.coordinator, case=case, question="Which figures do you mean?")


def engage(cast, candidacy, assessor, kind):
    """Engaged without being asked first, and their ties declared."""
    opinion = opinions.engage_assessor(
        actor=cast.coordinator, candidacy=candidacy, assessor=assessor, kind=kind
    )
    return declare(opinion)


def declare(opinion):
    """The client's own assessor is asked for nothing."""
    if opinion.kind != OpinionKind.FIRST:
        opinions.declare_ties(actor=opinion.assessor, opinion=opinion, declares_no_more=True)
    return opinion


def sealed_by_hand():
    """The fields of an opinion that was sealed behind the services' back.

    The database takes none before the candidate has been told and the assessor has declared their
    ties, so all there are are told now, and everybody has declared in every case.
    """
    for candidacy in Candidacy.objects.filter(acknowledgements=None):
        tell_by_hand(candidacy)
    Declaration.objects.bulk_create(
        [
            Declaration(case=case, person=one)
            for case in Case.objects.all()
            for one in Person.objects.all()
        ],
        ignore_conflicts=True,
    )
    return {
        "sealed_at": timezone.now(),
        "content": b"content",
        "nonce": b"nonce",
        "commitment": "00" * 32,
    }


def rate(opinion, *, score=3.0, evidence=("Said so.",), conclusion="Fits."):
    return opinions.record_opinion(
        actor=opinion.assessor,
        opinion=opinion,
        ratings=[
            RatingEntry(criterion=entry.name, score=score, evidence=evidence) for entry in CRITERIA
        ],
        conclusion=conclusion,
    )


def rating(*, score=3.0, evidence=("Said so.",), criterion=CRITERIA[0]):
    return RatingEntry(criterion=criterion.name, score=score, evidence=evidence)


def not_observed(criterion, reason):
    return RatingEntry(criterion=criterion, score=None, reason_not_observed=reason)


def revise(opinion, *, reason="I had not seen the work sample.", **changes):
    return opinions.revise_rating(
        actor=opinion.assessor,
        opinion=opinion,
        rating=rating(**({"score": 4.0} | changes)),
        reason=reason,
        report_given_at=None,
    )


def remark(actor, candidacy, *, words="What did you see?"):
    criterion = case_selectors.criteria_of(candidacy.case)[0]
    return opinions.add_remark(actor=actor, candidacy=candidacy, criterion=criterion, words=words)


def outside_test(**what):
    """A T score of 60 with a reliability of .84: 4 on a scale of 1 to 5, give or take .4."""
    known = {
        "instrument": "Matrix test, version 2",
        "measures": Measured.ABILITY,
        "criterion": CRITERIA[1].name,
        "score": 60.0,
        "norm_group": "Applicants in Sweden",
        "norm_mean": 50.0,
        "norm_deviation": 10.0,
        "reliability": 0.84,
        "taken_on": date(2026, 5, 4),
        "tester": "Tea Tester",
    }
    return OutsideTest(**(known | what))


def name_referee(candidacy, **what):
    known = {
        "name": "Rut Referee",
        "email": "rut@firm.example",
        "language": "en",
        "relation": Relation.MANAGER,
        "employer": "The Firm",
        "began": date(2018, 1, 1),
        "ended": date(2021, 6, 1),
        "is_at_present_employer": False,
    }
    entry = candidates.RefereeEntry(**(known | what))
    return candidates.name_referee(candidacy=candidacy, entry=entry)


def release_referee(candidacy, **what):
    return candidates.release_referee(candidacy=candidacy, referee=name_referee(candidacy, **what))


def reference(
    *,
    score=4.0,
    evidence=("Zqsaw it in 2019.",),
    began=date(2018, 1, 1),
    ended=date(2021, 6, 1),
    words="",
    may_be_shown=True,
):
    """A referee's answer on the first criterion; the second they have not seen."""
    return ReferenceAnswer(
        ratings=(
            RatingEntry(criterion=CRITERIA[0].name, score=score, evidence=evidence),
            RatingEntry(
                criterion=CRITERIA[1].name, score=None, reason_not_observed="has not seen it"
            ),
        ),
        began=began,
        ended=ended,
        words=words,
        may_be_shown=may_be_shown,
    )


def give_task(cast, case, *, task="Choose between three suppliers."):
    """One work sample on both criteria, in the hands of every finalist."""
    instruments.write_task(
        actor=cast.coordinator,
        case=case,
        task=task,
        minutes=45,
        criteria=[entry.name for entry in CRITERIA],
    )
    return instruments.give_task(actor=cast.coordinator, case=case)


def open_masked(cast, candidacy, *, kind=DocumentKind.ANSWER, material=None):
    """A document masked by rule, and opened by the coordinator to be compared."""
    document = instruments.prepare_document(
        actor=cast.coordinator, candidacy=candidacy, kind=kind, material=material
    )
    opinions.open_original(actor=cast.coordinator, document=document)
    return document


def release_masked(cast, candidacy, **of):
    return instruments.release_document(
        actor=cast.coordinator, document=open_masked(cast, candidacy, **of), has_compared=True
    )


def enter_result(actor, candidacy, name="A test", *, kind=ResultKind.TEST, value=4.0):
    """What an instrument says of one criterion."""
    reading = ReadingEntry(criterion=CRITERIA[1].name, value=value, standard_error=0.5)
    entry = ResultEntry(kind=kind, name=name, readings=(reading,), source="By hand.")
    return instruments.keep_result(actor=actor, candidacy=candidacy, entry=entry)


def seal(opinion, **rating):
    rate(opinion, **rating)
    return opinions.seal_opinion(actor=opinion.assessor, opinion=opinion)


def put_in_state(case, state):
    """Where no service leads yet, or a test is about what services refuse."""
    rows = type(case).objects.filter(pk=case.pk)
    if state == CaseState.OPENED and not Opening.objects.filter(case=case).exists():
        rows.update(state=CaseState.IN_ASSESSMENT)
        Opening.objects.create(case=case, actor=case.coordinator)
    if state == CaseState.DECIDED and not ClientDecision.objects.filter(case=case).exists():
        rows.update(state=CaseState.REPORTED)
        ClientDecision.objects.create(case=case, decided_by=case.orderer, words=b"words")
    rows.update(state=state)
    case.refresh_from_db()
    return case


def _steps_to(state):
    way = [lock_profile, start_assessment, open_case, release_report, decide, close_case]
    order = [
        CaseState.ORDERED,
        CaseState.PROFILE_LOCKED,
        CaseState.IN_ASSESSMENT,
        CaseState.OPENED,
        CaseState.REPORTED,
        CaseState.DECIDED,
        CaseState.CLOSED,
    ]
    if state == CaseState.WITHDRAWN:
        return [withdraw_case]
    if state == CaseState.DECLINED:
        return [decline_order]
    if state == CaseState.DRAFT:
        return [ask_back]
    return way[: order.index(state)]
