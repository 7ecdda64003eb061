"""What the database itself refuses, whoever asks: each room lists it in its `triggers.py`."""

from second_opinion.audit.triggers.refusal import OPERATIONS, Refusal, append_only
from second_opinion.audit.triggers.upkeep import (
    missing_triggers,
    protect,
    set_triggers_up,
    take_triggers_away,
)

__all__ = [
    "OPERATIONS",
    "Refusal",
    "append_only",
    "missing_triggers",
    "protect",
    "set_triggers_up",
    "take_triggers_away",
]
