"""An assessment plan in words and tables, in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from second_opinion.reports.analysis.plan import PlanAnalysis
from second_opinion.reports.writing import numbers
from second_opinion.reports.writing.worth import WorthTable
from second_opinion.reports.writing.worth.money import about, grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanText:
    """The plan in a sentence, then what it rests on, then its tables."""

    advice: str
    reasons: tuple[str, ...]
    tables: tuple[WorthTable, ...]


def write_plan(analysis: PlanAnalysis, *, language: str) -> PlanText:
    """The plan for a reader."""
    with override(language):
        return PlanText(
            advice=_advice(analysis),
            reasons=(
                _risk(analysis),
                _certainty(analysis),
                _bound(analysis),
                _sources(analysis),
                _next_minute(analysis),
            ),
            tables=(_steps(analysis), _by_criterion(analysis)),
        )


def compare_plans(chosen: PlanAnalysis, best: PlanAnalysis, *, language: str) -> PlanText:
    """What somebody has chosen beside the best plan within the limits, from the same file."""
    with override(language):
        return PlanText(
            advice=_chosen(chosen),
            reasons=(*_beyond(chosen), _certainty(chosen), _sources(chosen), _best(best)),
            tables=(_side_by_side(chosen, best), _each(chosen), _steps(best)),
        )


def _chosen(analysis: PlanAnalysis) -> str:
    plan = analysis.plan
    if not plan.measures:
        return _("Nothing is ticked, so nothing would be measured.")
    return _(
        "What is ticked takes %(minutes)s of the candidate's %(most)s minutes and costs "
        "%(price)s for each candidate. Four times in five the whole is then known to within "
        "%(reach)s points."
    ) % {
        "minutes": numbers.score(plan.minutes),
        "most": numbers.score(analysis.file.minutes),
        "price": about(plan.price, analysis.file.currency),
        "reach": numbers.points(analysis.reach),
    }


def _beyond(analysis: PlanAnalysis) -> Iterator[str]:
    plan, file = analysis.plan, analysis.file
    if plan.minutes > file.minutes:
        yield _("That is %(more)s minutes more than may be asked of a candidate.") % {
            "more": numbers.score(plan.minutes - file.minutes)
        }
    if file.price is not None and plan.price > file.price:
        yield _("That is %(more)s more than the limit.") % {
            "more": about(plan.price - file.price, file.currency)
        }


def _best(analysis: PlanAnalysis) -> str:
    plan = analysis.plan
    if not plan.measures:
        return _("Within the limits nothing can be measured.")
    return _(
        "The best choice within the limits takes %(minutes)s minutes, costs %(price)s and takes "
        "away %(share)s."
    ) % {
        "minutes": numbers.score(plan.minutes),
        "price": about(plan.price, analysis.file.currency),
        "share": numbers.whole_percent(analysis.taken_away),
    }


def _side_by_side(chosen: PlanAnalysis, best: PlanAnalysis) -> WorthTable:
    def row(words: str, of: Callable[[PlanAnalysis], str]) -> tuple[str, str, str]:
        return words, of(chosen), of(best)

    return WorthTable(
        caption=_("What is ticked, beside the best choice"),
        columns=(_("Figure"), _("Ticked"), _("Best")),
        numeric=frozenset({1, 2}),
        rows=(
            row(_("Minutes of the candidate"), lambda one: numbers.score(one.plan.minutes)),
            row(_("Price for each candidate"), lambda one: grouped(one.plan.price)),
            row(_("Of what is uncertain, taken away"), _taken_away),
            row(_("Known to within, points"), lambda one: numbers.points(one.reach, decimals=2)),
            row(_("Expected loss left"), lambda one: _loss(one, one.plan.risk)),
            row(_("Criteria short of sources"), lambda one: str(len(one.plan.short_of_sources))),
        ),
    )


def _taken_away(analysis: PlanAnalysis) -> str:
    return numbers.whole_percent(analysis.taken_away)


def _each(analysis: PlanAnalysis) -> WorthTable:
    """What every measure changes: taken out where it is ticked, added where it is not."""
    plan = analysis.plan
    rows = []
    for place, one in enumerate(analysis.offered):
        change = abs(plan.risk - plan.toggled[place])
        rows.append(
            (
                change / one.minutes if one.minutes else math.inf,
                (
                    one.method,
                    one.criterion,
                    _("ticked") if place in plan.measures else _("not ticked"),
                    numbers.score(one.minutes),
                    _bare(analysis, change),
                    _bare(analysis, change / one.minutes) if one.minutes else "\N{EN DASH}",
                ),
            )
        )
    rows.sort(key=lambda row: -row[0])
    return WorthTable(
        caption=_("What each method does, the most for its minutes first (%(unit)s)")
        % {"unit": analysis.file.currency if analysis.is_money else _("points")},
        columns=(
            _("Method"),
            _("Criterion"),
            _("Now"),
            _("Minutes"),
            _("Loss it takes away"),
            _("Per minute"),
        ),
        numeric=frozenset({3, 4, 5}),
        rows=tuple(row for _worth, row in rows),
    )


def _advice(analysis: PlanAnalysis) -> str:
    plan, file = analysis.plan, analysis.file
    if not plan.measures:
        return _(
            "Nothing that was offered fits the limits, so there is no plan: allow more minutes or "
            "a higher price."
        )
    return ngettext(
        "One measure, %(minutes)s of the candidate's %(most)s minutes, and %(price)s.",
        "%(number)d measures, %(minutes)s of the candidate's %(most)s minutes, and %(price)s.",
        len(plan.measures),
    ) % {
        "number": len(plan.measures),
        "minutes": numbers.score(plan.minutes),
        "most": numbers.score(file.minutes),
        "price": about(plan.price, file.currency),
    }


def _risk(analysis: PlanAnalysis) -> str:
    return _("Expected loss from a wrong decision: %(before)s now, %(after)s with the plan.") % {
        "before": _loss(analysis, analysis.plan.risk_before),
        "after": _loss(analysis, analysis.plan.risk),
    }


def _certainty(analysis: PlanAnalysis) -> str:
    return _("The plan takes away %(share)s of what is uncertain of the whole.") % {
        "share": numbers.whole_percent(analysis.taken_away)
    }


def _bound(analysis: PlanAnalysis) -> str:
    plan = analysis.plan
    if plan.is_exact:
        return _("Every choice was looked at: within the limits and the sources none is better.")
    least = 1 - plan.least_variance / plan.variance_before if plan.variance_before > 0 else 0.0
    return _(
        "Too many choices to look at each: the plan was built step by step. No plan within the "
        "limits takes away more than %(share)s."
    ) % {"share": numbers.whole_percent(least)}


def _sources(analysis: PlanAnalysis) -> str:
    file = analysis.file
    if file.sources == 0:
        return _("The rule of several sources is switched off.")
    short = tuple(file.criteria[place].name for place in analysis.plan.short_of_sources)
    if not short:
        return ngettext(
            "Every criterion has %(number)d source.",
            "Every criterion has %(number)d different sources or more.",
            file.sources,
        ) % {"number": file.sources}
    return ngettext(
        "With fewer than %(number)d source: %(criteria)s.",
        "With fewer than %(number)d different sources: %(criteria)s.",
        file.sources,
    ) % {"number": file.sources, "criteria": numbers.listed(short)}


def _next_minute(analysis: PlanAnalysis) -> str:
    fall = analysis.plan.next_minute
    if fall == 0:
        return _("Nothing that was left out would make the decision any safer.")
    if math.isinf(fall):
        return _("Something that takes none of the candidate's time was left out for its price.")
    return _("One minute more would take away about %(loss)s.") % {"loss": _loss(analysis, fall)}


def _steps(analysis: PlanAnalysis) -> WorthTable:
    rows = []
    for step in analysis.plan.steps:
        chosen = analysis.offered[step.measure]
        rows.append(
            (
                chosen.method,
                chosen.criterion,
                numbers.score(chosen.minutes),
                grouped(chosen.price),
                _loss(analysis, step.risk),
                "\N{EN DASH}"
                if math.isinf(step.risk_fall_per_minute)
                else _loss(analysis, step.risk_fall_per_minute),
            )
        )
    return WorthTable(
        caption=_("The plan, what is most worth its minutes first"),
        columns=(
            _("Method"),
            _("Criterion"),
            _("Minutes"),
            _("Price"),
            _("Expected loss after it"),
            _("Takes away per minute"),
        ),
        numeric=frozenset(range(2, 6)),
        rows=tuple(rows),
    )


def _by_criterion(analysis: PlanAnalysis) -> WorthTable:
    chosen = [analysis.offered[place] for place in analysis.plan.measures]
    return WorthTable(
        caption=_("What each criterion rests on"),
        columns=(_("Criterion"), _("Weight"), _("Methods")),
        numeric=frozenset({1}),
        rows=tuple(
            (
                criterion.name,
                numbers.weight(criterion.weight),
                numbers.listed(
                    tuple(one.method for one in chosen if one.criterion == criterion.name)
                )
                or _("nothing"),
            )
            for criterion in analysis.file.criteria
        ),
    )


def _bare(analysis: PlanAnalysis, loss: float) -> str:
    """A loss in a column whose heading names the unit."""
    return grouped(loss) if analysis.is_money else numbers.points(loss, decimals=4)


def _loss(analysis: PlanAnalysis, loss: float) -> str:
    if analysis.is_money:
        return about(loss, analysis.file.currency)
    return _("%(number)s points") % {"number": numbers.points(loss, decimals=4)}
