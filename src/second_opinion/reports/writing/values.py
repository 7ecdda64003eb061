"""Where the model's values come from, and what is known of the assessors' severity."""

from __future__ import annotations

import math
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from second_opinion.ingest.case_file import CaseFile, OpinionEntry, RatingEntry
from second_opinion.reports.analysis import (
    LEAST_CANDIDATES,
    LEAST_LINKED_CASES,
    CaseAnalysis,
    History,
    Population,
    Source,
)
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.blocks import Block, Heading, Paragraph, Table


def source_of_values(case: CaseFile, analysis: CaseAnalysis) -> Iterator[Block]:
    """Planning defaults and why, or the provider's own cases; then each assessor's severity."""
    source = analysis.population.source
    if source is Source.PLANNING_DEFAULTS:
        yield Paragraph(text=f"{_why_planned(analysis.history)} {_planned()} {_expected(analysis)}")
    elif source is Source.POOLED and analysis.history is not None:
        yield Paragraph(text=f"{_own(analysis.history)} {_expected(analysis)}")
    else:
        yield Paragraph(
            text=f"{_('These values were estimated from earlier ratings.')} {_expected(analysis)}"
        )
    yield from _severities(case, analysis)


def _why_planned(history: History | None) -> str:
    if history is None:
        return _(
            "These values are planning defaults, because the case stands alone; they were not "
            "estimated from it."
        )
    if history.cases == 0:
        return _(
            "These values are planning defaults, because the provider has no other opened case on "
            "this scale."
        )
    return ngettext(
        "These values are planning defaults, because the provider's own opened cases on this "
        "scale are too few: %(number)d candidate in them was rated by two assessors, and "
        "%(least)d are needed.",
        "These values are planning defaults, because the provider's own opened cases on this "
        "scale are too few: %(number)d candidates in them were rated by two assessors, and "
        "%(least)d are needed.",
        history.rated_by_two,
    ) % {"number": history.rated_by_two, "least": LEAST_CANDIDATES}


def _planned() -> str:
    return _(
        "They are set so that two assessors who meet the candidate separately agree as in "
        "published studies: their wholes correlate .44 (Huffcutt, Culbertson and Weyhrauch 2013). "
        "The share of severity follows Lawrence (2014). How the remainder is split is our own "
        "assumption."
    )


def _own(history: History) -> str:
    return _(
        "These values rest on the provider's own %(cases)d opened cases on this scale, with "
        "%(number)d candidates whom two assessors or more have rated. They are pooled with the "
        "planning defaults, which count the less the more cases there are. Criteria differ from "
        "case to case and are taken as alike. This case is not among them, and nothing that was "
        "unopened is."
    ) % {"cases": history.cases, "number": history.rated_by_two}


def _expected(analysis: CaseAnalysis) -> str:
    population = analysis.population
    components = population.components
    spread = population.mean_variance
    if population.source is not Source.PLANNING_DEFAULTS:
        # estimated over all cases, candidates' own spread holds that from case to case
        spread += components.candidate
    return _(
        "With the weights of this case the model expects the wholes of two separate assessors to "
        "correlate %(agreement)s, and, before any rating is read, finalists at about %(level)s, "
        "give or take %(spread)s."
    ) % {
        "agreement": numbers.points(analysis.agreement, decimals=2),
        "level": numbers.points(float(population.mean.mean())),
        "spread": numbers.points(math.sqrt(spread)),
    }


def _severities(case: CaseFile, analysis: CaseAnalysis) -> Iterator[Block]:
    """What each assessor gave, raw and with what is known of the severity taken off."""
    rows = [
        row
        for opinion in case.opinions
        if (row := _severity_row(case, opinion, analysis.population)) is not None
    ]
    if not rows:
        return
    yield Heading(level=3, text=_("Assessors' severity"))
    yield Table(
        caption=_("Each opinion as it was given, and with the assessor's severity taken off"),
        columns=(
            _("Assessor"),
            _("Candidate"),
            _("As given"),
            _("Rates high by"),
            _("Without it"),
            _("Linked cases"),
        ),
        rows=tuple(rows),
        numeric=(2, 3, 4, 5),
    )
    yield Paragraph(
        text=_(
            "A linked case is an earlier one in which others rated the same candidate too. From "
            "%(least)d of them on, the severity is taken off, shrunk towards none; below that it "
            "is by assumption and moves nothing, because the assessor may have met better or "
            "weaker candidates."
        )
        % {"least": LEAST_LINKED_CASES},
        tone="small",
    )


def _severity_row(
    case: CaseFile, opinion: OpinionEntry, population: Population
) -> tuple[str, ...] | None:
    """None where nothing is known of the assessor, or the opinion has no score."""
    name = opinion.assessor
    known = population.severities.get(name) or population.shown_severities.get(name)
    raw = _mean_of_scores(case, opinion.ratings)
    if known is None or raw is None:
        return None
    is_applied = name in population.severities
    return (
        names.person(name),
        names.person(opinion.candidate),
        numbers.points(raw),
        numbers.signed(known.level),
        numbers.points(raw - known.level) if is_applied else "\N{EN DASH}",
        str(population.linked_cases.get(name, 0)),
    )


def _mean_of_scores(case: CaseFile, ratings: tuple[RatingEntry, ...]) -> float | None:
    """By the weights of what was rated."""
    weights = {criterion.name: criterion.weight for criterion in case.criteria}
    rated = [(weights[one.criterion], one.score) for one in ratings if one.score is not None]
    total = sum(weight for weight, _score in rated)
    return sum(weight * score for weight, score in rated) / total if total else None
