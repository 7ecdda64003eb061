"""The report's drawings as numbers and words; how they look is decided where they are drawn."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import CaseFile, CriterionEntry, OpinionEntry
from second_opinion.reports.analysis import CandidateAnalysis, CriterionAnalysis, Estimate
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.drawn import Dot, Drawing, Mark, Span

_MOST_STEPS = 10


def whole(case: CaseFile, candidate: CandidateAnalysis) -> Drawing:
    """The weighted whole against the bar; with the first opinion alone where more was added."""
    spans = [_span(case, _("All opinions"), candidate.whole.estimate)]
    if candidate.first_alone:
        spans.insert(
            0, _span(case, _("First alone"), candidate.first_alone.estimate, is_faint=True)
        )
    elif _only_one(case, candidate):
        spans = [_span(case, _("One opinion"), candidate.whole.estimate)]
    return _drawing(
        case,
        title=_(
            "%(candidate)s: the whole lies most likely at %(mean)s, interval %(between)s, "
            "the bar at %(bar)s"
        )
        % {
            "candidate": names.person(candidate.name),
            "mean": _mean(case, candidate.whole.estimate),
            "between": _between(case, candidate.whole.estimate),
            "bar": numbers.score(case.bar),
        },
        spans=tuple(spans),
        marks=(Mark(value=case.bar, label=_bar_label(case)),),
    )


def criterion(
    case: CaseFile,
    profile: CriterionEntry,
    figures: CriterionAnalysis,
    scores: tuple[tuple[OpinionEntry, float | None], ...],
) -> Drawing:
    """One criterion: a dot for each opinion, the combination below."""
    short = names.short_of_opinions(tuple(opinion for opinion, _score in scores))
    dots = tuple(
        Dot(
            value=score,
            label=short[place],
            value_label=numbers.score(score),
            place=place,
        )
        for place, (_opinion, score) in enumerate(scores)
        if score is not None
    )
    return _drawing(
        case,
        title=_("%(criterion)s: most likely %(mean)s, interval %(between)s")
        % {
            "criterion": profile.name,
            "mean": _mean(case, figures.estimate),
            "between": _between(case, figures.estimate),
        },
        dots=dots,
        spans=(_span(case, _("Combination"), figures.estimate),),
        marks=_marks(case, profile.minimum),
    )


def _drawing(
    case: CaseFile,
    *,
    title: str,
    dots: tuple[Dot, ...] = (),
    spans: tuple[Span, ...],
    marks: tuple[Mark, ...],
) -> Drawing:
    sentences = [
        _("A ruler from %(low)s to %(high)s.")
        % {"low": numbers.score(case.scale_low), "high": numbers.score(case.scale_high)}
    ]
    if dots:
        opinions = numbers.listed(
            tuple(
                _("%(opinion)s %(score)s") % {"opinion": dot.label, "score": dot.value_label}
                for dot in dots
            )
        )
        sentences.append(_("Opinions: %(opinions)s.") % {"opinions": opinions})
    sentences += [
        _("%(label)s: most likely %(mean)s, interval %(low)s to %(high)s.")
        % {
            "label": span.label,
            "mean": span.mean_label,
            "low": numbers.points(span.low),
            "high": numbers.points(span.high),
        }
        for span in spans
    ]
    sentences.append(_("Marked: %(marks)s.") % {"marks": ", ".join(mark.label for mark in marks)})
    return Drawing(
        title=title,
        description=" ".join(sentences),
        scale_low=case.scale_low,
        scale_high=case.scale_high,
        dots_label=_("Opinions") if dots else "",
        dots=dots,
        spans=spans,
        marks=marks,
        ticks=ticks(case.scale_low, case.scale_high),
    )


def _span(case: CaseFile, label: str, estimate: Estimate, *, is_faint: bool = False) -> Span:
    return Span(
        label=label,
        low=_on_scale(case, estimate.low),
        mean=_on_scale(case, estimate.mean),
        high=_on_scale(case, estimate.high),
        mean_label=_mean(case, estimate),
        is_faint=is_faint,
    )


def _on_scale(case: CaseFile, value: float) -> float:
    return min(max(value, case.scale_low), case.scale_high)


def _mean(case: CaseFile, estimate: Estimate) -> str:
    return numbers.points(_on_scale(case, estimate.mean))


def _between(case: CaseFile, estimate: Estimate) -> str:
    return numbers.between(estimate, low=case.scale_low, high=case.scale_high)


def _bar_label(case: CaseFile) -> str:
    return _("bar %(level)s") % {"level": numbers.score(case.bar)}


def _marks(case: CaseFile, minimum: float | None) -> tuple[Mark, ...]:
    if minimum is None:
        return (Mark(value=case.bar, label=_bar_label(case)),)
    level = numbers.score(minimum)
    if minimum == case.bar:
        return (Mark(value=case.bar, label=_("bar and minimum %(level)s") % {"level": level}),)
    return (
        Mark(value=case.bar, label=_bar_label(case)),
        Mark(value=minimum, label=_("minimum %(level)s") % {"level": level}, is_minimum=True),
    )


def ticks(low: float, high: float) -> tuple[tuple[float, str], ...]:
    """Round numbers along the scale, about ten at most, and both ends."""
    magnitude = 10.0 ** math.floor(math.log10((high - low) / _MOST_STEPS))
    step = next(
        magnitude * factor
        for factor in (1, 2, 5, 10)
        if high - low <= magnitude * factor * _MOST_STEPS * (1 + 1e-9)
    )
    if step < 1 <= high - low:
        step = 1.0  # people rate in whole points; a finer ruler would only be busier
    inner = (number * step for number in range(math.ceil(low / step), math.floor(high / step) + 1))
    values = dict.fromkeys([low, *inner, high])
    return tuple((value, numbers.score(round(value, 6))) for value in values)


def _only_one(case: CaseFile, candidate: CandidateAnalysis) -> bool:
    return sum(opinion.candidate == candidate.name for opinion in case.opinions) == 1
