"""The conclusion rule in words: what the report prints, and the case page before anybody rates."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from second_opinion.reports.analysis import ConclusionRule, rule_of
from second_opinion.reports.writing import numbers


def limits_in_words(limits: Mapping[str, float]) -> tuple[str, ...]:
    """A rule as it is stored, in the active language; the first line that fits applies."""
    return rule_in_words(rule_of(limits))


def rule_in_words(rule: ConclusionRule) -> tuple[str, ...]:
    """One sentence for each line of the rule, in the order in which they are tried."""
    words = {
        "supported": numbers.percent(rule.supported_from),
        "conditions": numbers.percent(rule.conditions_from),
        "not_supported": numbers.percent(rule.not_supported_to),
        "missed": numbers.percent(rule.minimum_missed_from),
        "observed": numbers.percent(rule.least_weight_observed),
        "widest": numbers.percent(rule.widest_interval),
    }
    sentences = (
        _(
            "Evidence insufficient: less than %(observed)s of the weight was observed, or "
            "the interval of the whole spans more than %(widest)s of the scale."
        ),
        _("Not supported: the probability of standing above the bar is at most %(not_supported)s."),
        _(
            "Supported: that probability is at least %(supported)s, and no minimum level "
            "is missed with a probability of %(missed)s or more."
        ),
        _("Supported with conditions: that probability is at least %(conditions)s."),
        _(
            "Evidence insufficient: everything else. The evidence leans against hiring, "
            "but not clearly enough to say so."
        ),
    )
    return tuple(sentence % words for sentence in sentences)
