"""Work criteria with anchors and questions, in Swedish and English: content that anybody can edit.

One file for each criterion, in `content/` and in a folder of a firm's own.
"""

from second_opinion.library.criteria.collection import (
    CONTENT,
    Collection,
    collection,
    folder_faults,
)
from second_opinion.library.criteria.entry import (
    LANGUAGES,
    Group,
    LibraryCriterion,
    Question,
    Seniority,
    Wording,
)
from second_opinion.library.criteria.faults import Fault

__all__ = [
    "CONTENT",
    "LANGUAGES",
    "Collection",
    "Fault",
    "Group",
    "LibraryCriterion",
    "Question",
    "Seniority",
    "Wording",
    "collection",
    "folder_faults",
]
