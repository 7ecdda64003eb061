"""What the database refuses of what candidates were told and have said."""

from second_opinion.audit.triggers import append_only

_SAID = "What was said between a candidate and us stays as it was said."
_SAYINGS = (
    "question",
    "answer",
    "adjustment",
    "arrangement",
    "meetingtime",
    "meetingchoice",
    "reply",
    "feedbacknote",
    "experience",
    "refereereview",
)

REFUSALS = (
    *append_only(
        "candidates_notice", "What a candidate was told stays as it was: write a new version."
    ),
    *append_only("candidates_acknowledgement", "An acknowledgement stays as it was given."),
    *append_only("candidates_correction", "The answer to a correction stays as it was given."),
    *(refusal for one in _SAYINGS for refusal in append_only(f"candidates_{one}", _SAID)),
)
