"""Who may do what with opinions, and why not."""

from second_opinion.opinions.policies.assessing import (
    may_meet,
    may_read_answers,
    may_read_material,
    may_record,
    may_see_file,
    not_yet_sentence,
)
from second_opinion.opinions.policies.certificates import (
    certified_on,
    is_certified,
    may_use_guide,
)
from second_opinion.opinions.policies.discussing import (
    CAN_BE_DISCUSSED_IN,
    may_discuss,
    may_read_discussion,
    may_revise,
)
from second_opinion.opinions.policies.early import (
    may_ask_early,
    may_grant_alone,
    may_grant_early,
    may_look_early,
    may_refuse_early,
)
from second_opinion.opinions.policies.engaging import (
    CAN_BE_ENGAGED_IN,
    conflict_sentence,
    is_free_of_conflict,
    may_end_engagement,
    may_engage,
    may_give,
)
from second_opinion.opinions.policies.instruments import (
    may_correct_result,
    may_engage_rater,
    may_enter_test,
    may_rate_work_sample,
)
from second_opinion.opinions.policies.masking import (
    may_compare,
    may_have_masked,
    may_open_answer,
    may_open_original,
)
from second_opinion.opinions.policies.opening import ONE_MINUTE, is_ready_to_open, may_open

__all__ = [
    "CAN_BE_DISCUSSED_IN",
    "CAN_BE_ENGAGED_IN",
    "ONE_MINUTE",
    "certified_on",
    "conflict_sentence",
    "is_certified",
    "is_free_of_conflict",
    "is_ready_to_open",
    "may_ask_early",
    "may_compare",
    "may_correct_result",
    "may_discuss",
    "may_end_engagement",
    "may_engage",
    "may_engage_rater",
    "may_enter_test",
    "may_give",
    "may_grant_alone",
    "may_grant_early",
    "may_have_masked",
    "may_look_early",
    "may_meet",
    "may_open",
    "may_open_answer",
    "may_open_original",
    "may_rate_work_sample",
    "may_read_answers",
    "may_read_discussion",
    "may_read_material",
    "may_record",
    "may_refuse_early",
    "may_revise",
    "may_see_file",
    "may_use_guide",
    "not_yet_sentence",
]
