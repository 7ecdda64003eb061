"""What can be done with a case, by somebody who may."""

from second_opinion.cases.services.approval import answer_profile, name_deciders
from second_opinion.cases.services.beliefs import record_belief
from second_opinion.cases.services.candidacy import enter_contact, withdraw_candidacy
from second_opinion.cases.services.choosing import choose_criterion, weigh_criteria
from second_opinion.cases.services.drafts import (
    OF_CASE,
    CandidateEntry,
    begin_order,
    save_candidates,
    save_order,
    save_questions,
    sign_why,
    submit_order,
)
from second_opinion.cases.services.forgetting import forget_order
from second_opinion.cases.services.handling import ask_back, decline_order, waive_first_opinion
from second_opinion.cases.services.journey import (
    mark_closed,
    mark_decided,
    mark_opened,
    mark_reported,
    start_assessment,
    withdraw_case,
)
from second_opinion.cases.services.letters import (
    CASE_WITHDRAWN,
    LETTER,
    ask_deciders,
    drop_letter,
    mark_letter_refused,
    mark_letter_returned,
    mark_letter_sent,
    write_letter,
    write_letters,
)
from second_opinion.cases.services.order import order_case
from second_opinion.cases.services.profile import (
    Grounds,
    change_profile,
    choose_methods,
    lock_profile,
    remove_criterion,
    save_criterion,
    write_profile,
)
from second_opinion.cases.services.rule import set_case_rule, set_standard_rule

__all__ = [
    "CASE_WITHDRAWN",
    "LETTER",
    "OF_CASE",
    "CandidateEntry",
    "Grounds",
    "answer_profile",
    "ask_back",
    "ask_deciders",
    "begin_order",
    "change_profile",
    "choose_criterion",
    "choose_methods",
    "decline_order",
    "drop_letter",
    "enter_contact",
    "forget_order",
    "lock_profile",
    "mark_closed",
    "mark_decided",
    "mark_letter_refused",
    "mark_letter_returned",
    "mark_letter_sent",
    "mark_opened",
    "mark_reported",
    "name_deciders",
    "order_case",
    "record_belief",
    "remove_criterion",
    "save_candidates",
    "save_criterion",
    "save_order",
    "save_questions",
    "set_case_rule",
    "set_standard_rule",
    "sign_why",
    "start_assessment",
    "submit_order",
    "waive_first_opinion",
    "weigh_criteria",
    "withdraw_candidacy",
    "withdraw_case",
    "write_letter",
    "write_letters",
    "write_profile",
]
