"""Every move there is, who may make it, and in which stages: the journey as one table.

The moves are taken from the services' modules, so that a new one without a row here fails.
"""

import importlib
import inspect
from datetime import timedelta

from django.apps import apps
from django.utils import timezone

from second_opinion.candidates import services as candidates
from second_opinion.candidates.states import FeedbackOutcome, HowAcknowledged, Purpose, ReplyKind
from second_opinion.cases import services as cases
from second_opinion.cases.states import (
    CANDIDATES_CAN_WITHDRAW,
    IS_OPENED,
    IS_OVER,
    CaseState,
    Method,
)
from second_opinion.ingest.case_file import STANDARD_LIMITS
from second_opinion.instruments import services as instruments
from second_opinion.instruments.states import DeviationKind
from second_opinion.library.criteria import Seniority
from second_opinion.opinions import services as opinions
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports import services as reports
from second_opinion.reports.selectors import to_candidates_at
from second_opinion.reports.states import Answer
from tests import factories
from tests.journey.move import CANDIDATE, CLIENTS, EVERY_STAGE, ORDERER, PROVIDER, Move
from tests.journey.moves_of_early_readings import MOVES_OF_EARLY_READINGS
from tests.journey.moves_of_instruments import MOVES_OF_INSTRUMENTS
from tests.journey.moves_of_masking import MOVES_OF_MASKING
from tests.journey.moves_of_panels import MOVES_OF_PANELS
from tests.journey.world import ALL_SEALED, ASSESSMENT, FIRST_AWAITED, PAST_DUE

# People and the log are no part of a case's journey, and have tests of their own.
OTHER_ROOMS = frozenset({"accounts", "audit", "web"})


def _order(world, actor):
    cast = world.cast
    cases.order_case(
        actor=actor,
        client=cast.client,
        provider=cast.provider,
        orderer=cast.orderer,
        coordinator=cast.coordinator,
        role="Head of Sales",
        due_on=factories.DUE,
        open_questions=["Can Kim sell?"],
        candidates=["Kim"],
        reference="another one",
    )


def _begin(world, actor):
    cast = world.cast
    cases.begin_order(actor=actor, client=cast.client, provider=cast.provider, role="Sales")


def _write(name, **arguments):
    """A service that writes in an order: both orderers of the client may, while it is written."""
    service = getattr(cases, name)
    return Move(
        do=lambda world, actor: service(actor=actor, case=world.case, **arguments),
        by=ORDERERS,
        stages=DRAFT,
    )


def _answer(world, actor):
    cases.answer_profile(actor=actor, profile=world.profile, is_approval=True)


ORDERERS = ORDERER | {"other orderer"}
DRAFT = frozenset({CaseState.DRAFT})
ORDERED = frozenset({CaseState.ORDERED})
BEFORE_THE_ASSESSMENT = ORDERED | {CaseState.PROFILE_LOCKED}

LIVE = EVERY_STAGE - IS_OVER
UNOPENED = LIVE - IS_OPENED
INFORMED = ASSESSMENT | {CaseState.PROFILE_LOCKED}  # and heard: what is asked stands in the world
AFTER_THE_OPENING = IS_OPENED - IS_OVER


def _by_candidate(name, *, stages, **arguments):
    """A service of the candidate's own page, where a personal link stands for them."""
    service = getattr(candidates, name)
    return Move(
        do=lambda world, _: service(candidacy=world.candidacy, **arguments),
        by=frozenset({CANDIDATE}),
        stages=stages,
    )


CANDIDATES_MOVES = {
    "candidates.ask": _by_candidate("ask", stages=LIVE, words="How long will it take?"),
    "candidates.ask_adjustment": _by_candidate(
        "ask_adjustment", stages=UNOPENED, wish="A pause.", why="I tire."
    ),
    "candidates.add_words": _by_candidate("add_words", stages=UNOPENED, words="I also sing."),
    "candidates.add_link": _by_candidate(
        "add_link", stages=UNOPENED, address="https://example.com/"
    ),
    "candidates.reply": _by_candidate(
        "reply",
        stages=LIVE,  # whenever they can read a report, which the page knows
        kind=ReplyKind.COMMENT,
        words="I disagree.",
        released_at=timezone.now(),
    ),
    "candidates.decline_feedback": _by_candidate("decline_feedback", stages=AFTER_THE_OPENING),
    "candidates.withdraw": _by_candidate("withdraw", stages=CANDIDATES_CAN_WITHDRAW | ASSESSMENT),
    "candidates.write_notice": Move(
        do=lambda world, actor: candidates.write_notice(
            actor=actor, candidacy=world.candidacy, sections=[], language="sv"
        ),
        by=PROVIDER,
        stages=INFORMED,
    ),
    "candidates.send_notice": Move(
        do=lambda world, actor: candidates.send_notice(actor=actor, candidacy=world.candidacy),
        by=PROVIDER,
        stages=INFORMED,
    ),
    "candidates.note_acknowledgement": Move(
        do=lambda world, actor: candidates.note_acknowledgement(
            actor=actor,
            candidacy=world.candidacy,
            how=HowAcknowledged.PAPER,
            reason="No computer.",
        ),
        by=PROVIDER,
        stages=INFORMED,
    ),
    "candidates.answer": Move(
        do=lambda world, actor: candidates.answer(
            actor=actor, question=world.question, words="Two hours."
        ),
        by=PROVIDER,
        stages=LIVE - {CaseState.DRAFT, CaseState.ORDERED},
    ),
    "candidates.answer_correction": Move(
        do=lambda world, actor: candidates.answer_correction(
            actor=actor, reply=world.correction, is_accepted=False, reason="It is right."
        ),
        by=PROVIDER,
        stages=frozenset({CaseState.DECIDED}),  # only there and when closed this world has one
    ),
    "candidates.arrange": Move(
        do=lambda world, actor: candidates.arrange(
            actor=actor, adjustment=world.adjustment, is_granted=True, how="A pause each hour."
        ),
        by=PROVIDER,
        stages=LIVE - {CaseState.DRAFT, CaseState.ORDERED},
    ),
    "candidates.offer_times": Move(
        do=lambda world, actor: candidates.offer_times(
            actor=actor,
            candidacy=world.candidacy,
            purpose=Purpose.INTERVIEW,
            times=candidates.Times(
                starts=[timezone.now() + timedelta(days=3)], minutes=60, place="Our office"
            ),
        ),
        by=PROVIDER,
        stages=LIVE - {CaseState.DRAFT, CaseState.ORDERED},
    ),
    "candidates.note_feedback": Move(
        do=lambda world, actor: candidates.note_feedback(
            actor=actor, candidacy=world.candidacy, outcome=FeedbackOutcome.HELD
        ),
        by=PROVIDER,
        stages=AFTER_THE_OPENING,
    ),
    "candidates.close_links": Move(
        do=lambda world, actor: candidates.close_links(actor=actor, candidacy=world.candidacy),
        by=PROVIDER,
    ),
}

MOVES = (
    CANDIDATES_MOVES
    | MOVES_OF_INSTRUMENTS
    | MOVES_OF_MASKING
    | MOVES_OF_PANELS
    | MOVES_OF_EARLY_READINGS
    | {
        "cases.begin_order": Move(do=_begin, by=ORDERERS),
        "cases.save_order": _write("save_order", fields={"role_preview": "Hard."}),
        "cases.save_questions": _write("save_questions", questions=["How?"]),
        "cases.save_candidates": _write(
            "save_candidates", entries=[cases.CandidateEntry(name="Kim Karlsson")]
        ),
        "cases.record_belief": Move(
            do=lambda world, actor: cases.record_belief(
                actor=actor, candidacy=world.candidacy, would_hire=True, sure_of_ten=6
            ),
            by=ORDERER,
            stages=DRAFT,
        ),
        "cases.submit_order": Move(
            do=lambda world, actor: cases.submit_order(actor=actor, case=world.case),
            by=ORDERER,
            stages=DRAFT,
        ),
        "cases.sign_why": Move(
            do=lambda world, actor: cases.sign_why(actor=actor, case=world.case, words="Because."),
            by=ORDERER,
            stages=BEFORE_THE_ASSESSMENT,
        ),
        "cases.ask_back": Move(
            do=lambda world, actor: cases.ask_back(actor=actor, case=world.case, question="Which?"),
            by=PROVIDER,
            stages=ORDERED,
        ),
        "cases.decline_order": Move(
            do=lambda world, actor: cases.decline_order(actor=actor, case=world.case, reason="No."),
            by=PROVIDER,
            stages=ORDERED,
        ),
        "cases.waive_first_opinion": Move(
            do=lambda world, actor: cases.waive_first_opinion(
                actor=actor, case=world.case, reason="No time."
            ),
            by=PROVIDER,
            stages=BEFORE_THE_ASSESSMENT,
        ),
        "cases.change_profile": Move(
            do=lambda world, actor: cases.change_profile(
                actor=actor, case=world.case, reason="The role has grown."
            ),
            by=PROVIDER,
            stages=frozenset({CaseState.PROFILE_LOCKED}),
        ),
        "cases.answer_profile": Move(do=_answer, by=frozenset({"decider"}), stages=ORDERED),
        "cases.order_case": Move(do=_order, by=PROVIDER | {"orderer", "other orderer"}),
        "cases.write_profile": Move(
            do=lambda world, actor: cases.write_profile(
                actor=actor, case=world.case, criteria=factories.CRITERIA
            ),
            by=PROVIDER,
            stages=ORDERED,
            by_in_draft=ORDERERS,
        ),
        "cases.save_criterion": Move(
            do=lambda world, actor: cases.save_criterion(
                actor=actor,
                case=world.case,
                position=1,
                entry=factories.WHOLE_CRITERIA[0],
                grounds=cases.Grounds(),
            ),
            by=PROVIDER,
            stages=ORDERED,
            by_in_draft=ORDERERS,
        ),
        "cases.choose_methods": Move(
            do=lambda world, actor: cases.choose_methods(
                actor=actor, case=world.case, methods={1: (Method.INTERVIEW,)}
            ),
            by=PROVIDER,
            stages=ORDERED,
            by_in_draft=ORDERERS,
        ),
        "cases.choose_criterion": Move(
            do=lambda world, actor: cases.choose_criterion(
                actor=actor, case=world.case, key="collaboration", seniority=Seniority.UNIT
            ),
            by=PROVIDER,
            stages=ORDERED,
            by_in_draft=ORDERERS,
        ),
        "cases.weigh_criteria": Move(
            do=lambda world, actor: cases.weigh_criteria(
                actor=actor,
                case=world.case,
                weights={
                    criterion.name: criterion.weight
                    for criterion in world.case.profiles.latest("version").criteria.all()
                },
            ),
            by=PROVIDER,
            stages=ORDERED,
            by_in_draft=ORDERERS,
        ),
        "cases.remove_criterion": Move(
            do=lambda world, actor: cases.remove_criterion(
                actor=actor, case=world.case, position=1
            ),
            by=PROVIDER,
            stages=ORDERED,
            by_in_draft=ORDERERS,
        ),
        "cases.name_deciders": Move(
            do=lambda world, actor: cases.name_deciders(actor=actor, case=world.case, people=[]),
            by=PROVIDER,
            stages=ORDERED,
            by_in_draft=ORDERERS,
        ),
        "cases.lock_profile": Move(
            do=lambda world, actor: cases.lock_profile(actor=actor, case=world.case),
            by=PROVIDER,
            stages=frozenset({CaseState.ORDERED}),
        ),
        "cases.set_case_rule": Move(
            do=lambda world, actor: cases.set_case_rule(
                actor=actor, case=world.case, limits=STANDARD_LIMITS
            ),
            by=PROVIDER,
            stages=frozenset({CaseState.ORDERED}),
        ),
        "cases.set_standard_rule": Move(
            do=lambda world, actor: cases.set_standard_rule(
                actor=actor, provider=world.cast.provider, limits=STANDARD_LIMITS
            ),
            by=PROVIDER,
        ),
        "cases.start_assessment": Move(
            do=lambda world, actor: cases.start_assessment(actor=actor, case=world.case),
            by=PROVIDER,
            stages=frozenset({CaseState.PROFILE_LOCKED}),
        ),
        "cases.withdraw_case": Move(
            do=lambda world, actor: cases.withdraw_case(
                actor=actor, case=world.case, reason="The role was cancelled."
            ),
            by=PROVIDER | ORDERER,
            by_in_draft=ORDERER,
            stages=ASSESSMENT | {CaseState.ORDERED, CaseState.PROFILE_LOCKED, CaseState.OPENED},
        ),
        "cases.mark_opened": Move(
            do=lambda world, actor: cases.mark_opened(actor=actor, case=world.case),
            by=PROVIDER,
            stages=frozenset(),  # the opening itself is written in the same transaction, or never
            is_for_other_rooms=True,
        ),
        "cases.mark_reported": Move(
            do=lambda world, actor: cases.mark_reported(actor=actor, case=world.case),
            by=PROVIDER,
            stages=frozenset({CaseState.OPENED}),
            is_for_other_rooms=True,
        ),
        "cases.mark_decided": Move(
            do=lambda world, actor: cases.mark_decided(actor=actor, case=world.case),
            by=CLIENTS,
            stages=frozenset(),  # the decision itself is written in the same transaction, or never
            is_for_other_rooms=True,
        ),
        "cases.mark_closed": Move(
            do=lambda world, actor: cases.mark_closed(actor=actor, case=world.case),
            by=PROVIDER,
            stages=frozenset({CaseState.DECIDED}),
            is_for_other_rooms=True,
        ),
        "cases.enter_contact": Move(
            do=lambda world, actor: cases.enter_contact(
                actor=actor, candidacy=world.candidacy, email="kim@example.com"
            ),
            by=PROVIDER | ORDERER,
        ),
        "cases.withdraw_candidacy": Move(
            do=lambda world, actor: cases.withdraw_candidacy(
                actor=actor, candidacy=world.candidacy
            ),
            by=PROVIDER | ORDERER | {CANDIDATE},
            stages=CANDIDATES_CAN_WITHDRAW | ASSESSMENT,
        ),
        "opinions.engage_assessor": Move(
            do=lambda world, actor: opinions.engage_assessor(
                actor=actor,
                candidacy=world.candidacy,
                assessor=world.free_assessor,
                kind=OpinionKind.SECOND,
            ),
            by=PROVIDER,
            stages=ASSESSMENT | {CaseState.PROFILE_LOCKED},
        ),
        "opinions.engage_for_case": Move(
            do=lambda world, actor: opinions.engage_for_case(
                actor=actor, case=world.case, assessor=world.free_assessor, kind=OpinionKind.SECOND
            ),
            by=PROVIDER,
            stages=ASSESSMENT | {CaseState.PROFILE_LOCKED},
        ),
        "opinions.engage_all": Move(
            do=lambda world, actor: opinions.engage_all(
                actor=actor, case=world.case, assessors=[(world.free_assessor, OpinionKind.SECOND)]
            ),
            by=PROVIDER,
            stages=ASSESSMENT | {CaseState.PROFILE_LOCKED},
        ),
        "opinions.offer_interview": Move(
            do=lambda world, actor: opinions.offer_interview(
                actor=actor,
                opinion=world.opinion,
                times=candidates.Times(
                    starts=[timezone.now() + timedelta(days=3)], minutes=60, place="Our office"
                ),
            ),
            by=frozenset({"second assessor"}),
            stages=frozenset({CaseState.IN_ASSESSMENT, FIRST_AWAITED}),
        ),
        "opinions.record_opinion": Move(
            do=lambda world, actor: opinions.record_opinion(
                actor=actor, opinion=world.opinion, conclusion="Another conclusion."
            ),
            by=frozenset({"second assessor"}),
            stages=frozenset({CaseState.IN_ASSESSMENT}),
        ),
        "opinions.take_up_guide": Move(
            do=lambda world, actor: opinions.take_up_guide(actor=actor, opinion=world.opinion),
            by=frozenset({"second assessor"}),
            stages=frozenset({CaseState.IN_ASSESSMENT}),
        ),
        "opinions.log_deviation": Move(
            do=lambda world, actor: opinions.log_deviation(
                actor=actor,
                opinion=world.opinion,
                question="1.1",
                kind=DeviationKind.LEFT_OUT,
                because="The time ran out.",
            ),
            by=frozenset({"second assessor"}),
            stages=frozenset({CaseState.IN_ASSESSMENT}),
        ),
        "instruments.prepare_guide": Move(
            do=lambda world, actor: instruments.prepare_guide(actor=actor, case=world.case),
            by=PROVIDER,
            stages=INFORMED | IS_OPENED,
        ),
        "instruments.save_guide": Move(
            do=lambda world, actor: instruments.save_guide(
                actor=actor,
                case=world.case,
                changes=[
                    instruments.SectionChange(
                        position=place,
                        place=place,
                        minutes=20,
                        core=frozenset({f"{place}.1"}),
                        texts={},
                    )
                    for place in (1, 2)
                ],
            ),
            by=PROVIDER,
            stages=INFORMED,
        ),
        "opinions.seal_opinion": Move(
            do=lambda world, actor: opinions.seal_opinion(actor=actor, opinion=world.opinion),
            by=frozenset({"second assessor"}),
            stages=frozenset({CaseState.IN_ASSESSMENT}),
        ),
        "opinions.record_opinion of the client": Move(
            do=lambda world, actor: opinions.record_opinion(
                actor=actor, opinion=world.first_opinion, conclusion="Another conclusion."
            ),
            by=frozenset({"first assessor"}),
            stages=frozenset({FIRST_AWAITED}),
        ),
        "opinions.seal_opinion of the client": Move(
            do=lambda world, actor: opinions.seal_opinion(actor=actor, opinion=world.first_opinion),
            by=frozenset({"first assessor"}),
            stages=frozenset({FIRST_AWAITED}),
        ),
        "opinions.open_case": Move(
            do=lambda world, actor: opinions.open_case(actor=actor, case=world.case),
            by=PROVIDER,
            stages=frozenset({ALL_SEALED}),
        ),
        "opinions.open_case at the deadline": Move(
            do=lambda world, actor: opinions.open_case(
                actor=actor, case=world.case, reason="The client decides tomorrow."
            ),
            by=PROVIDER,
            stages=frozenset({PAST_DUE, ALL_SEALED}),
        ),
        "opinions.add_remark": Move(
            do=lambda world, actor: opinions.add_remark(
                actor=actor,
                candidacy=world.candidacy,
                criterion=world.criterion,
                words="What did you see?",
            ),
            by=PROVIDER | {"first assessor", "second assessor"},
            stages=frozenset({CaseState.OPENED, CaseState.REPORTED}),
        ),
        "opinions.revise_rating": Move(
            do=lambda world, actor: opinions.revise_rating(
                actor=actor,
                opinion=world.opinion,
                rating=factories.rating(score=5.0),
                reason="The work sample.",
                report_given_at=to_candidates_at(world.case),
            ),
            by=frozenset({"second assessor"}),
            stages=frozenset(),  # in every stage of this world that is open, a report is given out
        ),
        "reports.sign_report": Move(
            do=lambda world, actor: reports.sign_report(actor=actor, case=world.case),
            by=PROVIDER,
            stages=frozenset({CaseState.OPENED, CaseState.REPORTED}),
        ),
        "reports.save_draft": Move(
            do=lambda world, actor: reports.save_draft(
                actor=actor, case=world.case, written=factories.some_written(world.candidacy)
            ),
            by=PROVIDER,
            stages=frozenset({CaseState.OPENED, CaseState.REPORTED}),
        ),
        "reports.name_author": Move(
            do=lambda world, actor: reports.name_author(
                actor=actor, case=world.case, author=world.opinion.assessor
            ),
            by=PROVIDER,
            stages=frozenset({CaseState.OPENED, CaseState.REPORTED}),
        ),
        "reports.release_advice": Move(
            do=lambda world, actor: reports.release_advice(actor=actor, version=world.version),
            by=PROVIDER,
            stages=frozenset({CaseState.REPORTED, CaseState.DECIDED, CaseState.CLOSED}),
        ),
        "reports.release_to_candidates": Move(
            do=lambda world, actor: reports.release_to_candidates(
                actor=actor, version=world.new_version
            ),
            by=PROVIDER,
            stages=frozenset({CaseState.OPENED, CaseState.REPORTED}),
        ),
        "reports.release_report": Move(
            do=lambda world, actor: reports.release_report(actor=actor, version=world.version),
            by=PROVIDER,
            stages=frozenset({CaseState.OPENED}),
        ),
        "reports.share_report": Move(
            do=lambda world, actor: reports.share_report(
                actor=actor, version=world.version, email="reader@example.com", days=7
            ),
            by=PROVIDER | ORDERER,
            stages=IS_OPENED - {CaseState.OPENED},
        ),
        "reports.end_share": Move(
            do=lambda world, actor: reports.end_share(actor=actor, share=world.share),
            by=PROVIDER | ORDERER,
            stages=IS_OPENED - {CaseState.OPENED},
        ),
        "reports.answer_quickly": Move(
            do=lambda world, actor: reports.answer_quickly(
                actor=actor, case=world.case, answers={world.candidacy: Answer.HIRE}
            ),
            by=frozenset({"decider"}),
            stages=frozenset({CaseState.REPORTED}),
        ),
        "reports.record_decision": Move(
            do=lambda world, actor: reports.record_decision(
                actor=actor,
                case=world.case,
                hired=None,
                reasons="Nobody fitted.",
                against="Doubts.",
            ),
            by=frozenset({"orderer"}),  # a decider says first what they would have done
            stages=frozenset({CaseState.REPORTED}),
        ),
        "reports.close_case": Move(
            do=lambda world, actor: reports.close_case(actor=actor, case=world.case),
            by=PROVIDER,
            stages=frozenset({CaseState.DECIDED}),
        ),
    }
)


def services_there_are():
    """room.function, for every public function of every room's services."""
    for room in apps.get_app_configs():
        name = room.name.removeprefix("second_opinion.")
        if name == room.name or name in OTHER_ROOMS:
            continue
        module = importlib.import_module(f"{room.name}.services")
        for function, what in vars(module).items():
            is_own = getattr(what, "__module__", "").startswith(module.__name__)
            if inspect.isfunction(what) and is_own and not function.startswith("_"):
                yield f"{name}.{function}"
