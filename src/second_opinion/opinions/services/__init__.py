"""What is done with opinions: until they are opened together, and after that."""

from second_opinion.opinions.services.declaring import declare_ties
from second_opinion.opinions.services.discussing import add_remark
from second_opinion.opinions.services.early import (
    ask_early_reading,
    grant_early_reading,
    read_early,
    refuse_early_reading,
)
from second_opinion.opinions.services.ending import (
    decide_challenge,
    decline_engagement,
    end_engagement,
)
from second_opinion.opinions.services.forgetting import forget_drafts
from second_opinion.opinions.services.guiding import log_deviation, take_up_guide
from second_opinion.opinions.services.interviews import call_off_interview, offer_interview
from second_opinion.opinions.services.masking import choose_masking, open_answer, open_original
from second_opinion.opinions.services.results import (
    correct_test,
    engage_rater,
    enter_test,
    take_test_back,
)
from second_opinion.opinions.services.revising import revise_rating
from second_opinion.opinions.services.until_opening import (
    engage_all,
    engage_assessor,
    engage_for_case,
    open_case,
    record_opinion,
    seal_opinion,
)

__all__ = [
    "add_remark",
    "ask_early_reading",
    "call_off_interview",
    "choose_masking",
    "correct_test",
    "decide_challenge",
    "declare_ties",
    "decline_engagement",
    "end_engagement",
    "engage_all",
    "engage_assessor",
    "engage_for_case",
    "engage_rater",
    "enter_test",
    "forget_drafts",
    "grant_early_reading",
    "log_deviation",
    "offer_interview",
    "open_answer",
    "open_case",
    "open_original",
    "read_early",
    "record_opinion",
    "refuse_early_reading",
    "revise_rating",
    "seal_opinion",
    "take_test_back",
    "take_up_guide",
]
