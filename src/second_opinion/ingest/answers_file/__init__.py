"""Files of answers to a questionnaire, and of the parameters of its items."""

from second_opinion.ingest.answers_file.columns import AnswersColumns
from second_opinion.ingest.answers_file.parameters import ItemParameters, read_item_parameters
from second_opinion.ingest.answers_file.reader import AnswersFile, AnswersPart

__all__ = [
    "AnswersColumns",
    "AnswersFile",
    "AnswersPart",
    "ItemParameters",
    "read_item_parameters",
]
