"""Questionnaires as data: a form of our own, and the reader of all others.

One file for each, in `content/` and in a folder that `second-opinion questionnaire install` fills.
"""

from second_opinion.library.questionnaires.collection import (
    CONTENT,
    QuestionnaireCollection,
    questionnaires,
)
from second_opinion.library.questionnaires.entry import (
    FEWEST_FOR_PARAMETERS,
    LANGUAGES,
    Item,
    Questionnaire,
    Scale,
    Use,
)
from second_opinion.library.questionnaires.reading import checked, read_questionnaire
from second_opinion.library.questionnaires.type_tools import TYPE_TOOLS, type_tool_in, why_refused

__all__ = [
    "CONTENT",
    "FEWEST_FOR_PARAMETERS",
    "LANGUAGES",
    "TYPE_TOOLS",
    "Item",
    "Questionnaire",
    "QuestionnaireCollection",
    "Scale",
    "Use",
    "checked",
    "questionnaires",
    "read_questionnaire",
    "type_tool_in",
    "why_refused",
]
