"""What can be done with a case, by somebody who may."""

from second_opinion.cases.services.candidacy import enter_contact, withdraw_candidacy
from second_opinion.cases.services.journey import (
    mark_closed,
    mark_decided,
    mark_opened,
    mark_reported,
    start_assessment,
    withdraw_case,
)
from second_opinion.cases.services.order import order_case
from second_opinion.cases.services.profile import lock_profile, write_profile
from second_opinion.cases.services.rule import set_case_rule, set_standard_rule

__all__ = [
    "enter_contact",
    "lock_profile",
    "mark_closed",
    "mark_decided",
    "mark_opened",
    "mark_reported",
    "order_case",
    "set_case_rule",
    "set_standard_rule",
    "start_assessment",
    "withdraw_candidacy",
    "withdraw_case",
    "write_profile",
]
