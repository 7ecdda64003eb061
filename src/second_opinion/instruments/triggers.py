"""What the database refuses of guides that were used and of ratings in practice."""

from second_opinion.audit.triggers import Refusal, append_only

_FROZEN = "This interview guide has been used: it stays as it was asked by."

REFUSALS = (
    Refusal("instruments_guide", "UPDATE", _FROZEN, when="OLD.frozen_at IS NOT NULL"),
    Refusal("instruments_guide", "DELETE", _FROZEN, when="OLD.frozen_at IS NOT NULL"),
    *append_only("instruments_deviation", "A deviation stays as it was noted."),
    Refusal(
        "instruments_practicerating",
        "UPDATE",
        "A practised score stays as it was given, before its key was seen.",
    ),
)
