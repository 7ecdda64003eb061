"""What the database refuses of ties that were declared and of what was decided on them."""

from second_opinion.audit.triggers import append_only

_DECIDED = "A decision on a conflict of interest stays as it was made."

REFUSALS = (
    *append_only(
        "panels_tie", "What was declared stays as it was: a correction is a new declaration."
    ),
    *append_only("panels_ruling", _DECIDED),
    *append_only("panels_tierule", _DECIDED),
)
