"""The tables of this room."""

from second_opinion.instruments.models.guides import (
    Deviation,
    Guide,
    PracticeRating,
)
from second_opinion.instruments.models.masking import (
    MaskedDocument,
    MaskingChoice,
    OriginalLook,
)
from second_opinion.instruments.models.norms import (
    CountedScores,
    NormConsent,
    NormGroup,
    NormSetting,
    NormVersion,
)
from second_opinion.instruments.models.questionnaires import (
    GivenQuestionnaire,
    QuestionnaireForm,
    SentQuestionnaire,
    StatementAnswer,
)
from second_opinion.instruments.models.references import (
    Reference,
)
from second_opinion.instruments.models.results import (
    Result,
)
from second_opinion.instruments.models.work_samples import (
    WorkSample,
    WorkSampleAttempt,
    WorkSampleRating,
)

__all__ = [
    "CountedScores",
    "Deviation",
    "GivenQuestionnaire",
    "Guide",
    "MaskedDocument",
    "MaskingChoice",
    "NormConsent",
    "NormGroup",
    "NormSetting",
    "NormVersion",
    "OriginalLook",
    "PracticeRating",
    "QuestionnaireForm",
    "Reference",
    "Result",
    "SentQuestionnaire",
    "StatementAnswer",
    "WorkSample",
    "WorkSampleAttempt",
    "WorkSampleRating",
]
