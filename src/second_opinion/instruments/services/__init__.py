"""What can be done with instruments."""

from second_opinion.instruments.services.guides import (
    LONGEST_QUESTION,
    PRACTICE_SCALE,
    SectionChange,
    freeze_guide,
    prepare_guide,
    rate_transcript,
    record_deviation,
    save_guide,
)
from second_opinion.instruments.services.masking import (
    FACTS,
    choose_masking,
    forget_maps,
    forget_taken_back,
    mask_more,
    note_look,
    prepare_document,
    release_document,
    show_after_all,
    write_facts,
    write_text,
)
from second_opinion.instruments.services.norms import (
    choose_to_be_counted,
    forget_counted,
    make_norm,
    set_norms,
    why_not_made,
)
from second_opinion.instruments.services.questionnaires import (
    answer_statement,
    give_questionnaire,
    send_answers,
    take_questionnaire_back,
)
from second_opinion.instruments.services.references import (
    decline_reference,
    give_reference,
    remind_of_reference,
    review_reference,
)
from second_opinion.instruments.services.reminding import (
    ANSWERS_REMINDER,
    remind_of_questionnaire,
)
from second_opinion.instruments.services.results import (
    correct_result,
    keep_result,
)
from second_opinion.instruments.services.work_samples import (
    answer_task,
    ask_rater,
    begin_task,
    count_one_rater,
    give_task,
    rate_task,
    seal_task_rating,
    write_task,
)

__all__ = [
    "ANSWERS_REMINDER",
    "FACTS",
    "LONGEST_QUESTION",
    "PRACTICE_SCALE",
    "SectionChange",
    "answer_statement",
    "answer_task",
    "ask_rater",
    "begin_task",
    "choose_masking",
    "choose_to_be_counted",
    "correct_result",
    "count_one_rater",
    "decline_reference",
    "forget_counted",
    "forget_maps",
    "forget_taken_back",
    "freeze_guide",
    "give_questionnaire",
    "give_reference",
    "give_task",
    "keep_result",
    "make_norm",
    "mask_more",
    "note_look",
    "prepare_document",
    "prepare_guide",
    "rate_task",
    "rate_transcript",
    "record_deviation",
    "release_document",
    "remind_of_questionnaire",
    "remind_of_reference",
    "review_reference",
    "save_guide",
    "seal_task_rating",
    "send_answers",
    "set_norms",
    "show_after_all",
    "take_questionnaire_back",
    "why_not_made",
    "write_facts",
    "write_task",
    "write_text",
]
