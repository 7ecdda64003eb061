"""Adaptive questionnaires: what to ask next, and when it is enough."""

from second_opinion.engine.personality.adaptive.form import AdaptiveForm
from second_opinion.engine.personality.adaptive.post_hoc import PostHoc, tried_post_hoc
from second_opinion.engine.personality.adaptive.rules import AdaptiveRules, Criterion, StopReason
from second_opinion.engine.personality.adaptive.session import (
    AdaptiveState,
    AdaptiveStep,
    AdaptiveTest,
)

__all__ = [
    "AdaptiveForm",
    "AdaptiveRules",
    "AdaptiveState",
    "AdaptiveStep",
    "AdaptiveTest",
    "Criterion",
    "PostHoc",
    "StopReason",
    "tried_post_hoc",
]
