"""What a conclusion rests on, in sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from second_opinion.reports.analysis import CriterionAnalysis, Reason
from second_opinion.reports.writing import judged, names, numbers
from second_opinion.reports.writing.blocks import Fact
from second_opinion.reports.writing.subject import Subject

_THIN_EVIDENCE = {Reason.TOO_LITTLE_OBSERVED, Reason.INTERVAL_TOO_WIDE}
_MOST_NAMED = 3


def answer(subject: Subject) -> str:
    """Where the candidate stands against the bar; words alone where the evidence is too thin."""
    if not subject.figures.has_number:
        return _(
            "Too little is known of %(candidate)s for a figure on the whole, so none is given. "
            "What was observed stands criterion by criterion further on."
        ) % {"candidate": names.person(subject.name)}
    whole = subject.figures.whole
    case = subject.case
    return _(
        "All criteria weighed together, %(candidate)s most likely stands at %(mean)s on the scale "
        "%(low)s to %(high)s; %(often)s the truth lies in the interval %(between)s. The bar is "
        "%(bar)s. The probability of standing above it is %(chances)s."
    ) % {
        "candidate": names.person(subject.name),
        "mean": numbers.points(min(max(whole.estimate.mean, case.scale_low), case.scale_high)),
        "low": numbers.score(case.scale_low),
        "high": numbers.score(case.scale_high),
        "often": numbers.level(subject.rule.interval_level),
        "between": numbers.between(whole.estimate, low=case.scale_low, high=case.scale_high),
        "bar": numbers.score(case.bar),
        "chances": numbers.chances(whole.probability_above_bar),
    }


def why(subject: Subject) -> str:
    """The reasons that the rule had for its conclusion."""
    reasons = subject.figures.reasons
    if not subject.figures.has_number:
        reasons = tuple(reason for reason in reasons if reason in _THIN_EVIDENCE)
    return " ".join(_sentence(reason, subject) for reason in reasons)


def facts(subject: Subject) -> tuple[Fact, ...]:
    """What the answer rests on; what does not apply is left out."""
    above, below = _strongest_and_weakest(subject)
    found = (
        Fact(label=_("Why"), text=why(subject)),
        Fact(label=_("Works out in the role"), text=judged.outlook(subject)),
        Fact(label=_("Rests on"), text=rests_on(subject)),
        Fact(label=_("Strongest against the bar"), text=_lines(subject, above)),
        Fact(label=_("Weakest against the bar"), text=_lines(subject, below)),
        Fact(label=_("Minimum levels"), text=_minimum_levels(subject)),
        Fact(label=_("Not observed by anyone"), text=_not_observed(subject)),
    )
    return tuple(fact for fact in found if fact.text)


def missed_minimums(subject: Subject) -> tuple[CriterionAnalysis, ...]:
    """The criteria on which a minimum level is likely missed, by the rule."""
    return tuple(
        figures
        for figures in subject.figures.criteria
        if figures.probability_below_minimum is not None
        and figures.probability_below_minimum >= subject.rule.minimum_missed_from
    )


def _sentence(reason: Reason, subject: Subject) -> str:
    rule = subject.rule
    sentences = {
        Reason.TOO_LITTLE_OBSERVED: _(
            "Criteria with %(observed)s of the weight were observed; the rule asks for at least "
            "%(least)s."
        ),
        Reason.INTERVAL_TOO_WIDE: _(
            "The interval spans more of the scale than the rule allows, which is %(widest)s."
        ),
        Reason.LIKELY_ABOVE_BAR: _(
            "The probability of standing above the bar is at least %(supported)s, as the rule asks."
        ),
        Reason.LIKELY_BELOW_BAR: _(
            "The probability of standing above the bar is at most %(not_supported)s, the rule's "
            "limit."
        ),
        Reason.LEANS_ABOVE_BAR: _(
            "It is more likely than not that the whole lies above the bar, at least "
            "%(conditions)s, but less than %(supported)s: what is uncertain must be a condition."
        ),
        Reason.LEANS_BELOW_BAR: _(
            "The probability of standing above the bar lies between %(not_supported)s and "
            "%(conditions)s: too low to support hiring, and not low enough to speak against it. "
            "More evidence could settle it."
        ),
        Reason.MINIMUM_LIKELY_MISSED: _("A minimum level is likely missed: %(missed)s."),
    }
    return sentences[reason] % {
        "observed": _share(subject.figures.weight_observed),
        "least": numbers.percent(rule.least_weight_observed),
        "widest": numbers.percent(rule.widest_interval),
        "supported": numbers.percent(rule.supported_from),
        "conditions": numbers.percent(rule.conditions_from),
        "not_supported": numbers.percent(rule.not_supported_to),
        "missed": numbers.listed(tuple(figures.name for figures in missed_minimums(subject))),
    }


def rests_on(subject: Subject) -> str:
    """Which opinions and instruments, and how much of the weight they saw."""
    opinions = subject.opinions
    if not opinions and subject.case.instruments:
        return _("No assessor was asked: instruments alone measure here.")
    if not opinions:
        return _("No opinion has been given.")
    count = ngettext("%(number)d opinion", "%(number)d opinions", len(opinions)) % {
        "number": len(opinions)
    }
    instruments = [one.name for one in subject.case.instruments if one.candidate == subject.name]
    sentences = [
        _(
            "%(count)s: %(who)s. Criteria with %(share)s of the weight were observed by at least "
            "one assessor or instrument."
        )
        % {
            "count": count,
            "who": "; ".join(names.with_opinion(opinion) for opinion in opinions),
            "share": _share(subject.figures.weight_observed),
        }
    ]
    if instruments:
        sentences.append(
            _("Beside them: %(instruments)s.") % {"instruments": numbers.listed(tuple(instruments))}
        )
    return " ".join(sentences)


def _share(weight_observed: float) -> str:
    # all and nothing are counts here, not claims about a person
    if round(weight_observed, 6) in (0, 1):
        return numbers.whole_percent(weight_observed)
    return numbers.percent(weight_observed)


def _strongest_and_weakest(
    subject: Subject,
) -> tuple[tuple[CriterionAnalysis, ...], tuple[CriterionAnalysis, ...]]:
    observed = sorted(
        (figures for figures in subject.figures.criteria if figures.is_observed),
        key=lambda figures: figures.probability_above_bar,
        reverse=True,
    )
    # a criterion is never both, so a profile of three names one of each
    named = min(_MOST_NAMED, len(observed) // 2, 2 if len(observed) < 9 else _MOST_NAMED)
    if named == 0:
        return tuple(observed), ()
    return tuple(observed[:named]), tuple(reversed(observed[-named:]))


def _lines(subject: Subject, criteria: tuple[CriterionAnalysis, ...]) -> str:
    case = subject.case
    return "\n".join(
        _("%(criterion)s: %(between)s; above the bar %(chances)s")
        % {
            "criterion": figures.name,
            "between": numbers.between(figures.estimate, low=case.scale_low, high=case.scale_high),
            "chances": numbers.chances(figures.probability_above_bar),
        }
        for figures in criteria
    )


def _minimum_levels(subject: Subject) -> str:
    held = [
        figures
        for figures in subject.figures.criteria
        if figures.probability_below_minimum is not None
    ]
    if not held:
        return _("None are set.")
    missed = missed_minimums(subject)
    if missed:
        return "\n".join(
            _("%(criterion)s: below the minimum level %(chances)s") % _below_minimum(figures)
            for figures in missed
        )
    nearest = max(held, key=lambda figures: figures.probability_below_minimum or 0.0)
    return _(
        "None is likely missed. Nearest to it is %(criterion)s: below the minimum level "
        "%(chances)s."
    ) % _below_minimum(nearest)


def _below_minimum(figures: CriterionAnalysis) -> dict[str, str]:
    return {
        "criterion": figures.name,
        "chances": numbers.chances(figures.probability_below_minimum or 0.0),
    }


def _not_observed(subject: Subject) -> str:
    return numbers.listed(
        tuple(figures.name for figures in subject.figures.criteria if not figures.is_observed)
    )


def differences(subject: Subject) -> str:
    """Each later opinion against the first, a line each."""
    sentences = []
    for difference in subject.figures.differences:
        surprising = [
            criterion.name
            for criterion, flag in zip(subject.case.criteria, difference.is_surprising, strict=True)
            if flag
        ]
        people = {
            "other": names.person(difference.other),
            "reference": names.person(difference.reference),
        }
        if surprising:
            people["criteria"] = numbers.listed(tuple(surprising))
            sentences.append(
                _(
                    "%(other)s and %(reference)s differ by more than chance can explain: "
                    "%(criteria)s."
                )
                % people
            )
        elif difference.whole is not None:
            sentences.append(
                _("Chance can explain the differences between %(other)s and %(reference)s.")
                % people
            )
        else:
            sentences.append(_("%(other)s and %(reference)s rated nothing in common.") % people)
    return "\n".join(sentences)
